"""Action kinds, and the versioned rule that says what each is worth."""

import re
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.program.preset import PRESET, PRESET_CODES
from app.domain.program.program import Program

ALWAYS = date(1970, 1, 1)
MOST_POINTS = 1000


class ActionKind(Base):
    """`known` is False for a kind that came in from elsewhere: kept, listed and worth nothing until it gets points.

    `for_members`: it is what team members do (back office, reception), and only they log it.
    """

    __tablename__ = "action_kind"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    code: Mapped[str] = mapped_column(String(80), unique=True)
    label_nl: Mapped[str] = mapped_column(String(80))
    label_en: Mapped[str] = mapped_column(String(80))
    place_class: Mapped[str | None] = mapped_column(String(12), default=None)
    two_way: Mapped[bool] = mapped_column(default=False)
    known: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    for_members: Mapped[bool] = mapped_column(default=False)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class ActionRule(Base):
    """What a kind is worth from a day on; a later version never changes what was earned before."""

    __tablename__ = "action_rule"
    __table_args__ = (UniqueConstraint("kind_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind_id: Mapped[int] = mapped_column(ForeignKey("action_kind.id"))
    version: Mapped[int]
    points: Mapped[int]
    valid_from: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


def install_preset(program_id: int, by_id: int | None, at: datetime) -> None:
    """Give a new program the preset's kinds, each worth its points from the beginning."""
    kinds = [
        ActionKind(
            program_id=program_id,
            code=preset.code,
            label_nl=preset.label_nl,
            label_en=preset.label_en,
            place_class=preset.place_class,
            two_way=preset.two_way,
            position=position,
        )
        for position, preset in enumerate(PRESET)
    ]
    db.session.add_all(kinds)
    db.session.flush()
    db.session.add_all(_first_rule(kind, preset.points, by_id, at) for kind, preset in zip(kinds, PRESET, strict=True))
    _changed(program_id)


def add_kind(
    program_id: int,
    *,
    label_nl: str,
    label_en: str,
    points: int,
    by_id: int | None,
    at: datetime,
    for_members: bool = False,
) -> ActionKind:
    """Add a kind of the agency's own; it takes no place of a candidate's week, and counts at once."""
    code = _free_code(re.sub(r"[^a-z0-9]+", "_", label_en.casefold()).strip("_")[:60] or "own")
    kind = ActionKind(
        program_id=program_id,
        code=code,
        label_nl=label_nl,
        label_en=label_en,
        position=_next_position(program_id),
        for_members=for_members,
    )
    return _added(kind, points, by_id, at)


def unknown_kind(program_id: int, code: str, at: datetime) -> ActionKind:
    """The kind of a code that came in from elsewhere; a code never seen is kept, listed and worth nothing."""
    code = code[:80]
    kind = db.session.scalar(select(ActionKind).where(ActionKind.code == code))
    if kind:
        return kind
    kind = ActionKind(
        program_id=program_id,
        code=code,
        label_nl=code,
        label_en=code,
        known=False,
        position=_next_position(program_id),
    )
    return _added(kind, 0, None, at)


def change_points(kind: ActionKind, points: int, by_id: int | None, at: datetime, zone: ZoneInfo) -> ActionRule:
    """Make a version that counts from next Monday; unchanged points make none."""
    monday = clock.week_of(clock.local_day(at, zone)).end
    return _new_version(kind, points, monday, by_id, at)


def choose_points(kind: ActionKind, points: int, by_id: int | None, at: datetime) -> ActionRule:
    """Before the program starts, choose what a kind is worth from the beginning; what was earned stays as it is."""
    return _new_version(kind, points, ALWAYS, by_id, at)


def retire(kind: ActionKind, at: datetime) -> None:
    """From now on a kind of the agency's own is not logged any more; what it earned stays.

    Raises:
        ValueError: it is a kind of the preset, which the outcomes log; 0 points is the way to stop paying it.
    """
    if kind.code in PRESET_CODES:
        raise ValueError(f"the outcomes log {kind.code}")
    kind.retired_at = kind.retired_at or at
    _changed(kind.program_id)


def bring_back(kind: ActionKind) -> None:
    """A retired kind can be logged again."""
    kind.retired_at = None
    _changed(kind.program_id)


def _changed(program_id: int) -> None:
    """Whoever holds the rules of this program asks for them anew."""
    db.session.flush()
    program = db.session.get_one(Program, program_id)
    program.kinds = secrets.token_hex(16)
    db.session.flush()


def _new_version(kind: ActionKind, points: int, valid_from: date, by_id: int | None, at: datetime) -> ActionRule:
    db.session.execute(select(ActionKind.id).where(ActionKind.id == kind.id).with_for_update())
    newest = newest_rule(kind.id)
    kind.known = kind.known or points > 0
    if newest.points == points:
        return newest
    rule = ActionRule(
        kind_id=kind.id,
        version=newest.version + 1,
        points=points,
        valid_from=max(valid_from, newest.valid_from),
        made_by_id=by_id,
        made_at=at,
    )
    db.session.add(rule)
    _changed(kind.program_id)
    return rule


def _added(kind: ActionKind, points: int, by_id: int | None, at: datetime) -> ActionKind:
    db.session.add(kind)
    db.session.flush()
    db.session.add(_first_rule(kind, points, by_id, at))
    _changed(kind.program_id)
    return kind


def _first_rule(kind: ActionKind, points: int, by_id: int | None, at: datetime) -> ActionRule:
    return ActionRule(kind_id=kind.id, version=1, points=points, valid_from=ALWAYS, made_by_id=by_id, made_at=at)


def _free_code(stem: str) -> str:
    taken = set(db.session.scalars(select(ActionKind.code).where(ActionKind.code.startswith(stem, autoescape=True))))
    return next(code for code in (stem, *(f"{stem}_{n}" for n in range(2, len(taken) + 3))) if code not in taken)


def _next_position(program_id: int) -> int:
    last = db.session.scalar(select(func.max(ActionKind.position)).where(ActionKind.program_id == program_id))
    return 0 if last is None else last + 1


def newest_rule(kind_id: int) -> ActionRule:
    """The last version that was made, which may count only from next Monday."""
    query = select(ActionRule).where(ActionRule.kind_id == kind_id).order_by(ActionRule.version.desc()).limit(1)
    return db.session.scalars(query).one()


def newest_rules(program_id: int) -> Mapping[int, ActionRule]:
    """The last version of every kind, by the kind's id."""
    query = (
        select(ActionRule)
        .join(ActionKind, ActionKind.id == ActionRule.kind_id)
        .where(ActionKind.program_id == program_id)
        .order_by(ActionRule.version)
    )
    return {rule.kind_id: rule for rule in db.session.scalars(query)}


def kinds_of(program_id: int) -> list[ActionKind]:
    """Every kind of a program, in order; retired and unknown ones too."""
    query = select(ActionKind).where(ActionKind.program_id == program_id).order_by(ActionKind.position)
    return list(db.session.scalars(query))


def own(program_id: int, kind_id: int) -> ActionKind | None:
    """A kind of this program that is not of the preset."""
    kind = db.session.get(ActionKind, kind_id)
    return kind if kind and kind.program_id == program_id and kind.code not in PRESET_CODES else None
