"""The improvement log: an idea, who takes it up, and what came of it; its days are markers on the charts."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, ForeignKey, String, and_, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Page, UtcDateTime, db, page_of
from app.domain.agency.person import Person, Role

LEADERS = frozenset({Role.LEAD, Role.SPONSOR, Role.ADMIN})
PAGE = 20
MOST_MARKED = 50


class Improvement(Base):
    """`started_on`: someone took it up; `ended_on` with a `result`, or with `dropped` when nothing came of it."""

    __tablename__ = "improvement"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    idea: Mapped[str] = mapped_column(String(200))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    measure: Mapped[str | None] = mapped_column(String(24), default=None)
    started_on: Mapped[date | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    dropped: Mapped[bool] = mapped_column(default=False)
    result: Mapped[str] = mapped_column(String(400), default="")


class State(StrEnum):
    """How far an idea is."""

    RAISED = "raised"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


class Entry(NamedTuple):
    """An improvement with the names of who raised it and who takes care of it."""

    row: Improvement
    raised_by: str | None
    owner: str | None

    @property
    def state(self) -> State:
        return state_of(self.row)


class Marker(NamedTuple):
    """A day on a chart: an improvement began, or was carried out."""

    day: date
    idea: str
    done: bool


class NotNow(ValueError):  # noqa: N818 - it says which rule stands in the way
    """It is too far for this: begun already, not begun yet, or over."""


def state_of(row: Improvement) -> State:
    """How far it is."""
    if row.ended_on:
        return State.DROPPED if row.dropped else State.DONE
    return State.RUNNING if row.started_on else State.RAISED


def raise_idea(program_id: int, idea: str, *, by_id: int, now: datetime) -> Improvement:
    """Anybody may have one."""
    row = Improvement(program_id=program_id, idea=idea, raised_at=now, raised_by_id=by_id)
    db.session.add(row)
    db.session.flush()
    return row


def take_up(row: Improvement, owner: Person, measure: str | None, today: date) -> None:
    """Somebody takes care of it from today on; a measure says by which figure one will see it.

    Raises:
        NotNow: it is over.
    """
    if row.ended_on:
        raise NotNow
    row.owner_id, row.measure = owner.id, measure
    row.started_on = row.started_on or today


def finish(row: Improvement, result: str, today: date, *, dropped: bool) -> None:
    """It was carried out, or is not going to be, and what came of it.

    Raises:
        NotNow: it is over, or was carried out before anybody began.
    """
    if row.ended_on or not (row.started_on or dropped):
        raise NotNow
    row.result, row.dropped, row.ended_on = result, dropped, today


def reopen(row: Improvement) -> None:
    """It was not over after all."""
    row.result, row.dropped, row.ended_on = "", False, None


def of_program(program_id: int, state: State | None, number: int = 1) -> Page[Improvement]:
    """Those of a state, or all, the newest first."""
    rows = select(Improvement).where(Improvement.program_id == program_id, *_is(state))
    return page_of(rows.order_by(Improvement.raised_at.desc(), Improvement.id.desc()), number, PAGE)


def latest(program_id: int, states: Collection[State], most: int) -> Sequence[Improvement]:
    """The newest of some states."""
    any_of = or_(false(), *(and_(*_is(state)) for state in states))
    rows = select(Improvement).where(Improvement.program_id == program_id, any_of)
    return db.session.scalars(rows.order_by(Improvement.started_on.desc(), Improvement.id.desc()).limit(most)).all()


def _is(state: State | None) -> list[ColumnElement[bool]]:
    row, over = Improvement, Improvement.ended_on.is_not(None)
    return {
        None: [],
        State.RAISED: [and_(row.started_on.is_(None), ~over)],
        State.RUNNING: [and_(row.started_on.is_not(None), ~over)],
        State.DONE: [and_(over, ~row.dropped)],
        State.DROPPED: [and_(over, row.dropped)],
    }[state]


def named(rows: Sequence[Improvement]) -> list[Entry]:
    """With the names of the people."""
    ids = {each for row in rows for each in (row.raised_by_id, row.owner_id) if each}
    people = select(Person.id, Person.name).where(Person.id.in_(ids))
    names: dict[int | None, str] = dict(db.session.execute(people).all()) if ids else {}
    return [Entry(row, names.get(row.raised_by_id), names.get(row.owner_id)) for row in rows]


def find(program_id: int, improvement_id: int) -> Improvement | None:
    """One of the program's."""
    return db.session.scalar(
        select(Improvement).where(Improvement.id == improvement_id, Improvement.program_id == program_id)
    )


def held(program_id: int, improvement_id: int) -> Improvement | None:
    """The same for changing it: nobody else does until that is done."""
    mine = select(Improvement).where(Improvement.id == improvement_id, Improvement.program_id == program_id)
    return db.session.scalar(mine.with_for_update().execution_options(populate_existing=True))


def markers(program_id: int, first: date, last: date) -> list[Marker]:
    """The days from `first` to `last` on which an improvement began or was carried out, earliest first."""
    row = Improvement
    during = row.started_on <= last, or_(row.ended_on.is_(None), row.ended_on >= first)
    rows = select(row).where(row.program_id == program_id, *during).order_by(row.started_on.desc())
    found = [each for one in db.session.scalars(rows.limit(MOST_MARKED)) for each in _marks(one)]
    return sorted(each for each in found if first <= each.day <= last)


def _marks(row: Improvement) -> list[Marker]:
    days = [(row.started_on, False), (row.ended_on, True)]
    return [Marker(day, row.idea, done) for day, done in days if day and not (done and row.dropped)]
