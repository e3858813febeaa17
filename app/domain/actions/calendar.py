"""What stands in a person's calendar, as facts: follow-up blocks as weekly series, and times agreed with candidates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from app import clock
from app.db import db
from app.domain.actions import proposing
from app.domain.actions.promise import Promise, PromiseKind
from app.domain.actions.time_offer import TimeOffer
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.program import occurrence
from app.domain.program.absence import Absence
from app.domain.program.occurrence import Occurrence, Timetable
from app.domain.program.program import the_program

WEEKS_AHEAD = 53
PAST = timedelta(days=30)
MOST = 500


class Departure(NamedTuple):
    """A week in which the block is not at its usual moment: it is at another one, or there is none."""

    usual: datetime
    instead: Occurrence | None


@dataclass(frozen=True, slots=True)
class Series:
    """A block at one time of the week, from its first usual moment to its last; the newest series has no last one.

    The newest keeps its name whatever happens to it, so that a calendar moves the block and does not double it.
    """

    name: str
    first: datetime
    last: datetime | None
    minutes: int
    departures: list[Departure]


class Appointment(NamedTuple):
    """A time agreed with a candidate; `chosen` by them from what was proposed, so that nothing else fits in it."""

    promise_id: int
    made_at: datetime
    starts: datetime
    minutes: int
    channel: str | None
    chosen: bool
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Diary:
    """A person's calendar; `changed_at` is when somebody last changed anything about its blocks."""

    person: Person
    zone: ZoneInfo
    series: list[Series]
    changed_at: datetime
    appointments: list[Appointment]


def diary_of(person: Person, now: datetime) -> Diary:
    """The blocks since the beginning of last year and without end, and the agreed times of the last month and later."""
    zone = the_zone()
    today = clock.local_day(now, zone)
    table = occurrence.timetable([person], _first_week(person, today), today + clock.WEEK * WEEKS_AHEAD)
    return Diary(
        person,
        zone,
        series_of(person, table, today) if table else [],
        _changed_at(person, table),
        appointments_of(person, now),
    )


def _first_week(person: Person, today: date) -> date:
    """The Monday from which a person's blocks are told: it moves once a year, and a calendar hardly ever notices."""
    program = the_program()
    began = max(person.joined_on, program.started_on if program else today, date(today.year - 1, 1, 1))
    return clock.week_of(min(began, today)).start


def series_of(person: Person, table: Timetable, today: date) -> list[Series]:
    """The runs of weeks with the same time reserved, the newest last."""
    weeks = occurrence.weeks(_first_week(person, today), today + clock.WEEK * WEEKS_AHEAD)
    times = [(week, row.weekday, row.starts, row.minutes) for week in weeks if (row := table.reserved(person, week))]
    runs = [list(run) for _, run in groupby(times, key=itemgetter(1, 2, 3))]
    return [_series(person, table, run, newest=run is runs[-1]) for run in runs]


def _series(person: Person, table: Timetable, run: list[tuple[date, int, int, int]], *, newest: bool) -> Series:
    usual = [clock.wall(week + clock.DAY * weekday, starts, table.zone) for week, weekday, starts, _ in run]
    first, minutes = run[0][0], run[0][3]
    return Series(
        name=f"block-{person.id}" if newest else f"block-{person.id}-{first:%Y%m%d}",
        first=usual[0],
        last=None if newest else usual[-1],
        minutes=minutes,
        departures=list(_departures(person, table, usual, minutes)),
    )


def _departures(person: Person, table: Timetable, usual: list[datetime], minutes: int) -> Iterator[Departure]:
    for moment in usual:
        found = table.in_week(person, clock.local_day(moment, table.zone))
        if found is None or (found.starts, found.minutes) != (moment, minutes):
            yield Departure(moment, found)


def _changed_at(person: Person, table: Timetable | None) -> datetime:
    theirs = or_(Absence.person_id == person.id, Absence.person_id.is_(None))
    days_off = db.session.execute(
        select(func.max(Absence.recorded_at), func.max(Absence.withdrawn_at)).where(theirs)
    ).one()
    blocks = [row.set_at for row in table.blocks] if table else []
    moves = [row.moved_at for row in table.moves.values()] if table else []
    return max(at for at in (person.created_at, *days_off, *blocks, *moves) if at is not None)


def appointments_of(person: Person, now: datetime) -> list[Appointment]:
    """What a person agreed with candidates, earliest first; nothing of who was forgotten."""
    query = (
        select(Promise, TimeOffer.minutes, Candidate)
        .join(Candidate, Candidate.id == Promise.candidate_id)
        .outerjoin(TimeOffer, TimeOffer.promise_id == Promise.id)
        .where(Promise.person_id == person.id, Promise.kind == PromiseKind.AGREED, Promise.due_at > now - PAST)
        .where(Promise.withdrawn_at.is_(None), Candidate.anonymised_at.is_(None))
        .order_by(Promise.due_at, Promise.id)
        .limit(MOST)
    )
    return [_appointment(*row) for row in db.session.execute(query)]


def _appointment(row: Promise, minutes: int | None, candidate: Candidate) -> Appointment:
    length = minutes or proposing.CALL
    return Appointment(row.id, row.made_at, row.due_at, length, row.channel, minutes is not None, candidate)
