"""The days of the week on which somebody is employed to work: what their score is weighed by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ForeignKey, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.agency import presence
from app.domain.agency.person import Person, Role
from app.domain.program import absence

MONDAY_TO_FRIDAY = 0b0011111
WEEK = range(7)
MANY = 500


class Contract(Base):
    """`weekdays` holds a bit for each day, Monday the lowest; it counts from `valid_from` until a later one does."""

    __tablename__ = "contract"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    weekdays: Mapped[int]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


def set_days(person: Person, weekdays: Collection[int], valid_from: date, *, by_id: int | None, now: datetime) -> None:
    """From a day on somebody works on these days of the week (Monday = 0); said of the same day again, it is replaced.

    Raises:
        ValueError: a week has no such day.
    """
    if not set(weekdays) <= set(WEEK):
        raise ValueError("a week has no such day")
    facts = {"weekdays": sum(1 << day for day in set(weekdays)), "recorded_by_id": by_id, "recorded_at": now}
    put = insert(Contract).values(person_id=person.id, valid_from=valid_from, **facts)
    key = [Contract.person_id, Contract.valid_from]
    db.session.execute(put.on_conflict_do_update(index_elements=key, set_=facts))
    presence.changed(person.id, valid_from)


def may_set(actor: Person, person: Person) -> bool:
    """An administrator; a lead for the people of the team, not for themselves: their place depends on it."""
    return actor.role == Role.ADMIN or (actor.id != person.id and absence.may_record(actor, person))


def history(person_id: int) -> Sequence[Contract]:
    """What was ever agreed with somebody, newest first."""
    rows = select(Contract).where(Contract.person_id == person_id).order_by(Contract.valid_from.desc())
    return db.session.scalars(rows.limit(MANY), execution_options={"populate_existing": True}).all()


def weekdays_on(person_id: int, day: date) -> frozenset[int]:
    """The days of the week (Monday = 0) on which somebody is employed as of a day."""
    bits = next((row.weekdays for row in history(person_id) if row.valid_from <= day), MONDAY_TO_FRIDAY)
    return frozenset(number for number in WEEK if bits >> number & 1)


def days_of(people: Collection[int], first: date, last: date) -> Mapping[int, frozenset[date]]:
    """The days on which these people are employed to work, from the first to the last, whatever they have off."""
    agreed: dict[int, list[tuple[date, int]]] = defaultdict(list)
    rows = select(Contract.person_id, Contract.valid_from, Contract.weekdays).where(Contract.valid_from <= last)
    if len(people) <= MANY:
        rows = rows.where(Contract.person_id.in_(people))
    for person_id, valid_from, weekdays in db.session.execute(rows.order_by(Contract.valid_from)):
        agreed[person_id].append((max(valid_from, first), weekdays))
    return {each: worked(tuple(agreed.get(each, ())), first, last) for each in people}


@lru_cache(maxsize=1024)
def worked(agreed: tuple[tuple[date, int], ...], first: date, last: date) -> frozenset[date]:
    """The days of agreements that each hold until the next one begins; before the first it is Monday to Friday."""
    starts = [(date.min, MONDAY_TO_FRIDAY), *agreed]
    return frozenset(
        day
        for number, (_, weekdays) in enumerate(starts)
        for day in _days(max(starts[number][0], first), _until(starts, number, last))
        if weekdays >> day.weekday() & 1
    )


def _until(starts: Sequence[tuple[date, int]], number: int, last: date) -> date:
    return min(last, starts[number + 1][0] - clock.DAY) if number + 1 < len(starts) else last


def _days(first: date, last: date) -> Iterable[date]:
    return (first + clock.DAY * number for number in range((last - first).days + 1))
