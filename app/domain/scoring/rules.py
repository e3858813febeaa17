"""The scoring model: an immutable, numbered ruleset with the points of each touchpoint kind."""

from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Double, ForeignKey, String, Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, SessionTransaction, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.scoring.score import PRESET, KindRule, Ruleset


class RulesetRow(Base):
    """The version that became live last is live; the others were, will be, or were given up.

    `since` None: the version holds for the whole history. Else it holds from that local day on, and the days before
    are counted by the points and caps of `before_id`; half-life and s50 are always the newest version's. While the
    history is counted anew, `done_through` is the last candidate that is ready, of those up to `last_candidate`.
    """

    __tablename__ = "ruleset"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    version: Mapped[int] = mapped_column(unique=True)
    half_life_days: Mapped[float] = mapped_column(Double, default=21.0)
    s50: Mapped[float] = mapped_column(Double, default=25.0)
    unknown_points: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    note: Mapped[str] = mapped_column(String(300), default="")
    since: Mapped[date | None] = mapped_column(default=None)
    before_id: Mapped[int | None] = mapped_column(ForeignKey("ruleset.id"), default=None)
    live_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    done_through: Mapped[int] = mapped_column(default=0)
    last_candidate: Mapped[int] = mapped_column(default=0)
    fan_from: Mapped[float] = mapped_column(Double, default=70.0)
    fan_until: Mapped[float] = mapped_column(Double, default=45.0)


class RulePoints(Base):
    """`week_days` is the most days a week on which the kind counts; None = every day."""

    __tablename__ = "rule_points"

    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80), primary_key=True)
    points: Mapped[float] = mapped_column(Double)
    week_days: Mapped[int | None] = mapped_column(default=3)
    strong: Mapped[bool] = mapped_column(default=False)


RULESETS, POINTS = cast("Table", RulesetRow.__table__), cast("Table", RulePoints.__table__)


class Rules(NamedTuple):
    """A published version; `id` 0 is the preset before anybody published it."""

    id: int
    version: int
    ruleset: Ruleset

    @property
    def half_life(self) -> float:
        """In seconds."""
        return self.ruleset.half_life


UNPUBLISHED = Rules(0, 1, PRESET)
IN_TRANSACTION: WeakKeyDictionary[SessionTransaction, Rules] = WeakKeyDictionary()


def install_preset(by_id: int | None, at: datetime) -> None:
    """Publish the preset as version 1, unless a version was published already."""
    row = {
        "version": 1,
        "half_life_days": PRESET.half_life_days,
        "s50": PRESET.s50,
        "unknown_points": int(PRESET.unknown_points),
        "published_at": at,
        "published_by_id": by_id,
    }
    ruleset_id = db.session.scalar(insert(RULESETS).values(row).on_conflict_do_nothing().returning(RULESETS.c.id))
    if ruleset_id is not None:
        db.session.execute(insert(POINTS), _points(ruleset_id, PRESET))
    IN_TRANSACTION.clear()


def _points(ruleset_id: int, ruleset: Ruleset) -> list[dict[str, object]]:
    return [
        {"ruleset_id": ruleset_id, "kind": k, "points": r.points, "week_days": r.week_days, "strong": r.strong}
        for k, r in ruleset.kinds.items()
    ]


def live() -> Rules:
    """The newest version; looked up once in a transaction."""
    session = db.session()
    transaction = session.get_transaction() or session.begin()
    found = IN_TRANSACTION.get(transaction)
    if found is None:
        found = IN_TRANSACTION[transaction] = _newest()
    return found


def live_for_writing(at: datetime) -> Rules:
    """The newest version as a row that others can refer to: the preset is published when nothing was."""
    if live().id == UNPUBLISHED.id:
        install_preset(None, at)
    return live()


def _newest() -> Rules:
    row = db.session.scalar(select(RulesetRow).order_by(RulesetRow.version.desc()).limit(1))
    if row is None:
        return UNPUBLISHED
    points = db.session.scalars(select(RulePoints).where(RulePoints.ruleset_id == row.id))
    kinds = {p.kind: KindRule(p.points, p.week_days, p.strong) for p in points}
    fans = row.fan_from, row.fan_until
    ruleset = Ruleset(row.half_life_days, row.s50, MappingProxyType(kinds), row.unknown_points, *fans)
    return Rules(row.id, row.version, ruleset)
