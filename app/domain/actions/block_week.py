"""Block weeks: what became of each person's follow-up block in each ISO week, once the week is settled."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, cast

from sqlalchemy import ForeignKey, Index, Integer, String, Table, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions.streak import WeekState


class BlockWeek(Base):
    """`week` is the Monday, `actions` how many qualifying ones were in the block that began at `block_at`."""

    __tablename__ = "block_week"
    __table_args__ = (Index(None, "week"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[WeekState] = mapped_column(String(8))
    actions: Mapped[int] = mapped_column(default=0)
    block_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    settled_at: Mapped[datetime] = mapped_column(UtcDateTime)


TABLE = cast("Table", BlockWeek.__table__)


class Week(NamedTuple):
    """What became of a week; the same from the rows and from the actions."""

    week: date
    state: WeekState
    actions: int
    block_at: datetime | None


ME = bindparam("me", type_=Integer())
WEEKS = select(TABLE.c.week, TABLE.c.state, TABLE.c.actions, TABLE.c.block_at).where(TABLE.c.person_id == ME)
"""A row for each settled week of somebody (`me`)."""
LAST = select(func.max(TABLE.c.week)).where(TABLE.c.person_id == ME).scalar_subquery()


def of_person(person_id: int) -> Sequence[Week]:
    """A person's settled weeks, earliest first."""
    rows = db.session.connection().execute(WEEKS.order_by(TABLE.c.week), {"me": person_id})
    return [Week(row.week, WeekState(row.state), row.actions, row.block_at) for row in rows]


def of_people(ids: Collection[int]) -> Mapping[int, Sequence[Week]]:
    """The settled weeks of each of these, earliest first."""
    found: dict[int, list[Week]] = {each: [] for each in ids}
    rows = select(TABLE.c.person_id, TABLE.c.week, TABLE.c.state, TABLE.c.actions, TABLE.c.block_at)
    theirs = rows.where(TABLE.c.person_id.in_(ids)).order_by(TABLE.c.week)
    for person_id, week, state, actions, block_at in db.session.connection().execute(theirs):
        found[person_id].append(Week(week, WeekState(state), actions, block_at))
    return found


def keep(person_id: int, weeks: Iterable[Week], now: datetime) -> None:
    """Settle these weeks, or settle them anew."""
    connection = db.session.connection()
    for week in weeks:
        facts = {**week._asdict(), "settled_at": now}
        row = insert(TABLE).values(person_id=person_id, **facts)
        connection.execute(row.on_conflict_do_update(index_elements=[TABLE.c.person_id, TABLE.c.week], set_=facts))


def forget(person_id: int, weeks: Iterable[date]) -> None:
    """Weeks that were settled for somebody and are none of theirs."""
    these = TABLE.c.week.in_(list(weeks))
    db.session.connection().execute(delete(TABLE).where(TABLE.c.person_id == person_id, these))
