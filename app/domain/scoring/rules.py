"""The scoring model: an immutable, numbered ruleset with the points of each touchpoint kind."""

from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Double, ForeignKey, String, Table, and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, SessionTransaction, mapped_column

from app.db import Base, UtcDateTime, db, is_sqlite
from app.domain.scoring.ruleset import PRESET, KindRule, Ruleset
from app.prepared import Prepared


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
    given_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
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


class InForce(NamedTuple):
    """The live version, and one that is being built beside it.

    The history is counted anew of candidates up to `last_candidate`, who are ready up to `done_through`; whoever came
    later begins under both versions.
    """

    live: Rules
    building: Rules | None = None
    done_through: int = 0
    last_candidate: int = 0

    def is_ready(self, candidate_id: int) -> bool:
        """Whether something new of a candidate is also counted under the version that is being built."""
        return self.building is not None and not self.done_through < candidate_id <= self.last_candidate

    def of(self, candidate_id: int) -> tuple[Rules, ...]:
        """The versions under which something new of a candidate is counted; the live one first."""
        return (self.live, self.building) if self.building and self.is_ready(candidate_id) else (self.live,)


UNPUBLISHED = Rules(0, 1, PRESET)
NOTHING = InForce(UNPUBLISHED)
IN_TRANSACTION: WeakKeyDictionary[SessionTransaction, InForce] = WeakKeyDictionary()
PUBLISHED: WeakKeyDictionary[object, dict[tuple[object, ...], Ruleset]] = WeakKeyDictionary()
"""Versions never change, so each database's are read once; by all their values, because numbers are given out again."""

VALUES = (
    RULESETS.c.id,
    RULESETS.c.version,
    RULESETS.c.half_life_days,
    RULESETS.c.s50,
    RULESETS.c.unknown_points,
    RULESETS.c.published_at,
    RULESETS.c.since,
    RULESETS.c.before_id,
    RULESETS.c.fan_from,
    RULESETS.c.fan_until,
)
NEWEST = select(func.max(RULESETS.c.live_at)).scalar_subquery()
IS_BUILDING = and_(RULESETS.c.live_at.is_(None), RULESETS.c.given_up_at.is_(None))
IN_FORCE = Prepared(
    select(RULESETS.c.live_at, RULESETS.c.done_through, RULESETS.c.last_candidate, *VALUES)
    .where(or_(RULESETS.c.live_at == NEWEST, IS_BUILDING))
    .order_by(RULESETS.c.version.desc())
)


def install_preset(by_id: int | None, at: datetime) -> None:
    """Publish the preset as version 1, unless a version was published already."""
    row = _row(PRESET) | {"version": 1, "published_at": at, "live_at": at, "published_by_id": by_id}
    ruleset_id = db.session.scalar(insert(RULESETS).values(row).on_conflict_do_nothing().returning(RULESETS.c.id))
    if ruleset_id is not None:
        db.session.execute(insert(POINTS), _points(ruleset_id, PRESET))
    forget()


def add(ruleset: Ruleset, **facts: object) -> int:
    """Write a version that counts for nothing yet; answers its id."""
    row = _row(ruleset) | {"since": ruleset.since} | facts
    ruleset_id: int = db.session.execute(insert(RULESETS).values(row).returning(RULESETS.c.id)).scalar_one()
    db.session.execute(insert(POINTS), _points(ruleset_id, ruleset))
    forget()
    return ruleset_id


def _row(ruleset: Ruleset) -> dict[str, object]:
    return {
        "half_life_days": ruleset.half_life_days,
        "s50": ruleset.s50,
        "unknown_points": int(ruleset.unknown_points),
        "fan_from": ruleset.fan_from,
        "fan_until": ruleset.fan_until,
        "note": "",
        "done_through": 0,
        "last_candidate": 0,
    }


def _points(ruleset_id: int, ruleset: Ruleset) -> list[dict[str, object]]:
    return [
        {"ruleset_id": ruleset_id, "kind": k, "points": r.points, "week_days": r.week_days, "strong": r.strong}
        for k, r in ruleset.kinds.items()
    ]


def forget() -> None:
    """Look anew: what is live, or being built, changed."""
    IN_TRANSACTION.clear()
    PUBLISHED.clear()


def live() -> Rules:
    """The version that became live last; looked up once in a transaction."""
    return in_force().live


def in_force() -> InForce:
    """The live version and the one that is being built; looked up once in a transaction."""
    session = db.session()
    transaction = session.get_transaction() or session.begin()
    found = IN_TRANSACTION.get(transaction)
    if found is None:
        found = IN_TRANSACTION[transaction] = _found()
    return found


def in_force_for_writing(at: datetime) -> InForce:
    """The same as it is now that the candidates are held, as rows that others can refer to.

    On PostgreSQL another version may have gone live while this transaction waited for them.
    """
    if not is_sqlite():
        IN_TRANSACTION.pop(db.session().get_transaction(), None)  # type: ignore[arg-type] # None is not in it
    if in_force().live.id == UNPUBLISHED.id:
        install_preset(None, at)
    return in_force()


def live_for_writing(at: datetime) -> Rules:
    """The live version as a row that others can refer to: the preset is published when nothing was."""
    if live().id == UNPUBLISHED.id:
        install_preset(None, at)
    return live()


def _found() -> InForce:
    now = NOTHING
    for live_at, done_through, last_candidate, *values in IN_FORCE.run({}):
        rules = Rules(values[0], values[1], _ruleset(tuple(values)))
        if live_at is None:
            now = InForce(now.live, rules, done_through, last_candidate)
        elif now.live.id == UNPUBLISHED.id:
            now = now._replace(live=rules)
    return now


def of(ruleset_id: int) -> Rules:
    """A version by its id, live or not."""
    values = db.session.execute(select(*VALUES).where(RULESETS.c.id == ruleset_id)).one()
    return Rules(values.id, values.version, _ruleset(tuple(values)))


def _ruleset(values: tuple[object, ...]) -> Ruleset:
    known = PUBLISHED.setdefault(db.engine, {})
    found = known.get(values)
    return found or known.setdefault(values, _read(*values))


def _read(*values: Any) -> Ruleset:  # noqa: ANN401 - a row of the columns of VALUES
    row_id, _, half_life_days, s50, unknown_points, _, since, before_id, *fans = values
    points = db.session.execute(select(*POINTS.c).where(POINTS.c.ruleset_id == row_id))
    kinds = {kind: KindRule(worth, week_days, strong) for _, kind, worth, week_days, strong in points}
    before = of(before_id).ruleset if since is not None and before_id is not None else None
    return Ruleset(
        half_life_days=half_life_days,
        s50=s50,
        kinds=MappingProxyType(kinds),
        unknown_points=unknown_points,
        fan_from=fans[0],
        fan_until=fans[1],
        since=since if before else None,
        before=before,
    )
