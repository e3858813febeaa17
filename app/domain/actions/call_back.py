"""Call me back: a day and a part of it that a candidate asks for, as a promise of ours."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app import clock
from app.db import db
from app.domain.actions import promise
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates import hot_trigger
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate

TRIGGER = "call_back"
DAYS_AHEAD = 14


class Part(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


BEGINS = MappingProxyType({Part.MORNING: 9 * 60, Part.AFTERNOON: 13 * 60, Part.EVENING: 18 * 60})
ENDS = MappingProxyType({Part.MORNING: 12 * 60, Part.AFTERNOON: 17 * 60, Part.EVENING: 20 * 60})


class TooLate(ValueError):  # noqa: N818 - it names what is the case
    """That part of the day is over, or so far away that nobody can promise it."""


def agree(them: Candidate, day: date, part: Part, now: datetime) -> datetime:
    """Promise a call by their owner in the place of one asked for before; without an owner all see that it is wanted.

    Raises:
        TooLate: that part of the day is over, or too far away.
    """
    zone = the_zone()
    if not is_possible(day, part, now, zone):
        raise TooLate
    due = max(clock.wall(day, BEGINS[part], zone), now)
    owner = db.session.get(Person, them.owner_id) if them.owner_id else None
    if owner is None or not owner.is_active:
        hot_trigger.triggered(them.id, TRIGGER, now)
    else:
        promise.replace(them.id, promise.asked_by_them(them.id), now)
        promise.make(them.id, owner.id, due, channel=Channel.PHONE, action_id=None, now=now)
    return due


def is_possible(day: date, part: Part, now: datetime, zone: ZoneInfo) -> bool:
    """Whether there is an hour left of that part of the day, and the day is near enough to be promised."""
    last = clock.local_day(now, zone) + DAYS_AHEAD * clock.DAY
    return day <= last and now + timedelta(hours=1) <= clock.wall(day, ENDS[part], zone)


def possible_days(now: datetime, zone: ZoneInfo) -> list[date]:
    """The working days of the next two weeks on which something is left."""
    today = clock.local_day(now, zone)
    days = (today + number * clock.DAY for number in range(DAYS_AHEAD + 1))
    return [day for day in days if day.isoweekday() <= 5 and is_possible(day, Part.EVENING, now, zone)]  # noqa: PLR2004 - Friday
