"""The next step after a contact: what each outcome brings by itself, and the moment of one that is chosen in days."""

from datetime import datetime, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app import clock
from app.domain.actions.outcome import Outcome
from app.domain.scoring.agency_calendar import calendar_at

MORNING = time(9)
USUAL_DAYS = MappingProxyType({Outcome.LATER: 7})
"""After these a follow-up is agreed, unless another is chosen; after the others the candidate's rhythm counts."""


def after_days(days: int, at: time | None, now: datetime, zone: ZoneInfo) -> datetime:
    """So many days from now at a time of the wall clock, in the morning without one; never on a day nobody works."""
    day = clock.local_day(now, zone) + clock.DAY * days
    calendar = calendar_at(clock.midnight(day, zone))
    while not calendar.is_working_day(day):
        day += clock.DAY
    at = at or MORNING
    return clock.wall(day, at.hour * 60 + at.minute, zone)


def usual(outcome: Outcome, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The follow-up that an outcome brings by itself; None: the candidate comes back by their rhythm."""
    days = USUAL_DAYS.get(outcome)
    return None if days is None else after_days(days, None, now, zone)
