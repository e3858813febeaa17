"""Absence: days on which somebody, or the whole agency, does not work; why is nobody's business."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import BindParameter, ColumnElement, ForeignKey, Index, String, and_, select, true
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.agency import presence
from app.domain.agency.person import Person, Role
from app.domain.program import holiday
from app.domain.program.program import rhythm_changed, the_program

LONGEST = 366
MOST = 500
EVERYBODY = None
Day = date | BindParameter[date]


class Absence(Base):
    """From `first` to `last`, both included. Without a person it is a closure of the agency, and `label` names it."""

    __tablename__ = "absence"
    __table_args__ = (Index(None, "person_id", "last"), Index(None, "last"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    first: Mapped[date]
    last: Mapped[date]
    label: Mapped[str] = mapped_column(String(80), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class NotAPeriod(ValueError):  # noqa: N818 - it says what the days are
    """The last day is before the first, or more than a year after it."""


def record(
    person_id: int | None, first: date, last: date, *, by_id: int | None, now: datetime, label: str = ""
) -> Absence:
    """Days off of a person, or without one of everybody; said twice they are recorded once.

    Raises:
        NotAPeriod: the last day is before the first, or more than a year after it.
    """
    if not 0 <= (last - first).days < LONGEST:
        raise NotAPeriod
    same = select(Absence).where(
        _stands(first, last),
        Absence.person_id.is_not_distinct_from(person_id),
        Absence.first == first,
        Absence.last == last,
    )
    row = db.session.scalar(same.limit(1))
    if row is None:
        row = Absence(person_id=person_id, first=first, last=last, label=label, recorded_by_id=by_id, recorded_at=now)
        db.session.add(row)
        _changed(row)
    return row


def withdraw(row: Absence, now: datetime) -> None:
    """The days are worked after all."""
    row.withdrawn_at = row.withdrawn_at or now
    _changed(row)


def restore(row: Absence) -> None:
    """Undo a withdrawal."""
    row.withdrawn_at = None
    _changed(row)


def _changed(row: Absence) -> None:
    db.session.flush()
    if row.person_id is EVERYBODY:
        rhythm_changed()
    presence.changed(row.person_id, row.first, row.last)


def may_record(actor: Person, person: Person | None) -> bool:
    """One's own days; a lead those of the team; an administrator everybody's, and the closures."""
    if actor.role == Role.ADMIN or (person and person.id == actor.id):
        return True
    return bool(person and actor.role == Role.LEAD and actor.team_id and person.team_id == actor.team_id)


def may_date(actor: Person, person_id: int | None, first: date, today: date) -> bool:
    """Whether days off may begin then: those of weeks that are over raise a score, so they are not one's own to say."""
    return actor.id != person_id or actor.role == Role.ADMIN or first >= clock.week_of(today).start


def may_restore(actor: Person, row: Absence, now: datetime, today: date) -> bool:
    """The same of days that were withdrawn; who did so by mistake has a day to undo it."""
    undone = row.withdrawn_at is not None and now - row.withdrawn_at < clock.DAY
    return undone or may_date(actor, row.person_id, row.first, today)


def changeable_by(actor: Person, absence_id: int) -> Absence | None:
    """Days off as their owner and who runs the team may change them; None to others."""
    row = db.session.get(Absence, absence_id)
    owner = db.session.get(Person, row.person_id) if row and row.person_id else None
    return row if row and may_record(actor, owner) else None


def standing_of(person_id: int | None, today: date) -> Sequence[Absence]:
    """The days off of a person, or of everybody, that are not over, soonest first."""
    rows = select(Absence).where(Absence.withdrawn_at.is_(None), Absence.last >= today)
    mine = rows.where(Absence.person_id.is_not_distinct_from(person_id))
    return db.session.scalars(mine.order_by(Absence.first, Absence.id).limit(MOST)).all()


def closures(first: date, last: date) -> frozenset[date]:
    """Days on which the agency is closed, from the first to the last day; public holidays are not among them.

    They are asked for once after every change, because a list of candidates needs those of years.
    """
    program = the_program()
    if program is None:
        return days_off((), first, last)[EVERYBODY]
    return _closures(program.rhythm, first, last) if program.rhythm else frozenset()


@lru_cache(maxsize=32)
def _closures(_mark: str, first: date, last: date) -> frozenset[date]:
    return days_off((), first, last)[EVERYBODY]


def closed_days(first: date, last: date) -> frozenset[date]:
    """Public holidays and closures of the agency."""
    return holiday.closed_days(first, last) | closures(first, last)


def away_on(person_id: int, first: date, last: date) -> frozenset[date]:
    """Days of leave of a person, from the first to the last day."""
    return days_off((person_id,), first, last)[person_id]


def days_off(people: Collection[int] | None, first: date, last: date) -> Mapping[int | None, frozenset[date]]:
    """The days off of these people (None: of all) in a period, each by their id; under EVERYBODY the closures."""
    wanted = select(Absence).where(touching(people, first, last))
    return days_of(db.session.scalars(wanted), first, last)


def days_of(rows: Iterable[Absence], first: date, last: date) -> Mapping[int | None, frozenset[date]]:
    """The days of a period that lie in absences, each by whose they are."""
    found: dict[int | None, frozenset[date]] = defaultdict(frozenset)
    for row in rows:
        start, end = max(first, row.first), min(last, row.last)
        found[row.person_id] |= {start + clock.DAY * number for number in range((end - start).days + 1)}
    return found


def touching(people: Collection[int] | BindParameter[int] | None, first: Day, last: Day) -> ColumnElement[bool]:
    """The closures, and the days off of these people (None: of all), in a period."""
    whose = Absence.person_id.is_(None) | Absence.person_id.in_(people) if people is not None else true()
    return and_(_stands(first, last), whose)


def _stands(first: Day, last: Day) -> ColumnElement[bool]:
    """What was not withdrawn and touches a period."""
    return and_(Absence.withdrawn_at.is_(None), Absence.first <= last, Absence.last >= first)
