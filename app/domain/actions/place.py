"""Caps as rows: the pointed places of a candidate in a week, and how often a person logged a kind on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import cast

from sqlalchemy import ForeignKey, Index, String, Table, bindparam, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.prepared import Prepared


class AwardPlace(Base):
    """A pointed place of a candidate in an ISO week, over all recruiters; a reversal frees it."""

    __tablename__ = "award_place"
    __table_args__ = (
        Index(
            "uq_award_place_taken",
            "candidate_id",
            "week",
            "place_class",
            "place",
            unique=True,
            sqlite_where=text("freed_at IS NULL"),
            postgresql_where=text("freed_at IS NULL"),
        ),
    )

    action_id: Mapped[int] = mapped_column(ForeignKey("engagement_action.id"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    week: Mapped[date]
    place_class: Mapped[str] = mapped_column(String(12))
    place: Mapped[int]
    freed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class AwardDay(Base):
    """How many actions of a kind a person has logged on a local day; its row lock orders concurrent writers."""

    __tablename__ = "award_day"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("action_kind.id"), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    actions: Mapped[int] = mapped_column(default=0)


Day = tuple[int, int, date]
Week = tuple[int, date, str]
PLACE = cast("Table", AwardPlace.__table__)
DAY = cast("Table", AwardDay.__table__)
TAKEN_BY = select(PLACE.c.candidate_id, PLACE.c.week, PLACE.c.place_class, PLACE.c.place).where(
    PLACE.c.candidate_id.in_(bindparam("candidates", expanding=True)),
    PLACE.c.week.between(bindparam("first"), bindparam("last")),
    PLACE.c.freed_at.is_(None),
)
TAKE = insert(PLACE)
TAKE_ONE = Prepared(TAKE)
FREE = update(PLACE).where(PLACE.c.action_id == bindparam("action"))
_COUNTED = upsert(DAY).values(actions=1)
COUNTS = (
    upsert(DAY)
    .values(actions=0)
    .on_conflict_do_update(
        index_elements=[DAY.c.person_id, DAY.c.kind_id, DAY.c.local_date], set_={"actions": DAY.c.actions}
    )
    .returning(DAY.c.person_id, DAY.c.kind_id, DAY.c.local_date, DAY.c.actions)
)
COUNT = Prepared(
    _COUNTED.on_conflict_do_update(
        index_elements=[DAY.c.person_id, DAY.c.kind_id, DAY.c.local_date], set_={"actions": DAY.c.actions + 1}
    ).returning(DAY.c.actions)
)
_MOVED = upsert(DAY)
MOVE = _MOVED.on_conflict_do_update(
    index_elements=[DAY.c.person_id, DAY.c.kind_id, DAY.c.local_date],
    set_={"actions": DAY.c.actions + _MOVED.excluded.actions},
).returning(DAY.c.kind_id, DAY.c.actions)
UNCOUNT = (
    update(DAY)
    .where(
        DAY.c.person_id == bindparam("person"),
        DAY.c.kind_id == bindparam("kind"),
        DAY.c.local_date == bindparam("day"),
    )
    .values(actions=DAY.c.actions - 1)
)


def count(person_id: int, kind_id: int, day: date) -> int:
    """Count one more of a kind on a person's day, and hold that row; returns how many there were before."""
    facts = {"person_id": person_id, "kind_id": kind_id, "local_date": day}
    logged: int = COUNT.run(facts)[0][0]
    return logged - 1


def move(person_id: int, kind_id: int, to_kind_id: int, day: date) -> int:
    """What was counted was of another kind after all: as `uncount` of the one and `count` of the other."""
    rows = [
        {"person_id": person_id, "kind_id": each, "local_date": day, "actions": more}
        for each, more in ((kind_id, -1), (to_kind_id, 1))
    ]
    logged: dict[int, int] = dict(db.session.connection().execute(MOVE, rows).all())
    return logged[to_kind_id] - 1


def counts(days: Collection[Day]) -> dict[Day, int]:
    """How many of a kind each person logged on a day; the rows are made when they are not there, and held."""
    rows = [dict(zip(("person_id", "kind_id", "local_date"), day, strict=True)) for day in sorted(days)]
    if not rows:
        return {}
    found = db.session.connection().execute(COUNTS, rows)
    return {(person_id, kind_id, day): actions for person_id, kind_id, day, actions in found}


def set_counts(logged: Mapping[Day, int]) -> None:
    """Write back what `counts` gave, counted on; the rows are still held."""
    facts = [{"person": day[0], "kind": day[1], "day": day[2], "logged": actions} for day, actions in logged.items()]
    if facts:
        db.session.connection().execute(UNCOUNT.values(actions=bindparam("logged")), facts)


def taken_by(candidate_ids: Collection[int], first: date, last: date) -> defaultdict[Week, set[int]]:
    """The places that the weeks of some days have given away, per candidate, week and class."""
    weeks = {"first": clock.week_of(first).start, "last": clock.week_of(last).start}
    found: defaultdict[Week, set[int]] = defaultdict(set)
    rows = db.session.connection().execute(TAKEN_BY, {"candidates": sorted(candidate_ids)} | weeks)
    for candidate_id, week, place_class, place in rows:
        found[candidate_id, week, place_class].add(place)
    return found


def take_many(given: Iterable[tuple[int, int, str, date, int]]) -> None:
    """Give places to many actions: each with its candidate, class, day and place."""
    rows = [_row(*one) for one in given]
    if rows:
        db.session.connection().execute(TAKE, rows)


def hold(person_id: int, day: date) -> None:
    """Hold a person's day, whatever its kinds; in the order in which those who log hold them."""
    query = select(DAY.c.actions).where(DAY.c.person_id == person_id, DAY.c.local_date == day)
    db.session.connection().execute(query.order_by(DAY.c.kind_id).with_for_update())


def uncount(person_id: int, kind_id: int, day: date) -> None:
    """Count one less, because the action was undone or never came to be."""
    db.session.connection().execute(UNCOUNT, {"person": person_id, "kind": kind_id, "day": day})


def take(action_id: int, candidate_id: int, place_class: str, day: date, place: int) -> None:
    """Give a place to an action."""
    TAKE_ONE.run(_row(action_id, candidate_id, place_class, day, place))


def _row(action_id: int, candidate_id: int, place_class: str, day: date, place: int) -> dict[str, object]:
    facts = {"action_id": action_id, "candidate_id": candidate_id, "place_class": place_class, "place": place}
    return facts | {"week": clock.week_of(day).start, "freed_at": None}


def free(action_id: int, at: datetime) -> None:
    """Give the place of an undone action back, for those that are recorded later."""
    db.session.connection().execute(FREE.values(freed_at=at), {"action": action_id})
