"""Check-ins: placed is not the end, so the days on which we ask how it goes become promises at once."""

from datetime import date, datetime
from typing import NamedTuple

from app import clock
from app.domain.actions import promise
from app.domain.actions.promise import PromiseKind
from app.domain.agency.agency import the_zone
from app.domain.journey.application import Application
from app.domain.program.holiday import closed_days
from app.domain.scoring.working_time import WEEKDAYS

FIRST = (0, 7, 28)
EVERY = 42
BEFORE_THE_END = (30, 14)
AHEAD = 365
AT = 9 * 60


class Planned(NamedTuple):
    """A day on which we are in touch, and what about."""

    day: date
    kind: PromiseKind


def days_of(starts_on: date, ends_on: date | None, closed: frozenset[date] = frozenset()) -> list[Planned]:
    """The first day, after a week, after four, then every six weeks; and 30 and 14 days before the end.

    A day on which nobody works moves to the next one that is worked. Without an end it is planned for a year.
    """
    last = ends_on or starts_on + AHEAD * clock.DAY
    length = (last - starts_on).days
    numbers = [*FIRST, *range(FIRST[-1] + EVERY, length, EVERY)]
    ends = [last - before * clock.DAY for before in BEFORE_THE_END if ends_on and before < length]
    talks = {_worked(day, closed) for day in ends}
    checks = {_worked(starts_on + number * clock.DAY, closed) for number in numbers if number < max(length, 1)}
    found = [Planned(day, PromiseKind.CHECK_IN) for day in checks - talks]
    return sorted([*found, *(Planned(day, PromiseKind.REDEPLOY) for day in talks)])


def _worked(day: date, closed: frozenset[date]) -> date:
    while day.weekday() not in WEEKDAYS or day in closed:
        day += clock.DAY
    return day


def plan(row: Application, person_id: int, now: datetime) -> None:
    """Promise the check-ins of a placement that are still to come, in the place of those promised before."""
    promise.withdraw_of(row.id, row.candidate_id, now)
    if row.starts_on is None:
        return
    zone = the_zone()
    today = clock.local_day(now, zone)
    last = row.ends_on or row.starts_on + AHEAD * clock.DAY
    closed = closed_days(row.starts_on, max(last, row.starts_on) + clock.WEEK)
    for day, kind in days_of(row.starts_on, row.ends_on, closed):
        if day >= today:
            due = clock.wall(day, AT, zone)
            promise.make(
                row.candidate_id,
                person_id,
                due,
                channel=None,
                action_id=None,
                now=now,
                kind=kind,
                application_id=row.id,
            )
