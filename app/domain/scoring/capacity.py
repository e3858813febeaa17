"""Capacity in the open: how many conversations a pool asks for this week, and how many a block offers."""

from datetime import datetime
from typing import NamedTuple

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.scoring import ranked_pool
from app.domain.scoring.agency_calendar import calendar_at

MINUTES_EACH = 4.5


class Capacity(NamedTuple):
    """`asks`: for whom something is due until the week ends; `until` is the first moment of the next one."""

    asks: int
    offers: int
    until: datetime


def of(person: Person, now: datetime, minutes: int) -> Capacity:
    """What a person's own pool asks until the end of the ISO week, beside a block of so many minutes."""
    zone = the_zone()
    _, until = clock.week_of(clock.local_day(now, zone)).moments(zone)
    asked = ranked_pool.asks(person.id, person.id, until, calendar_at(now))
    return Capacity(asked, offers(minutes), until)


def offers(minutes: int) -> int:
    """How many conversations fit in so many minutes."""
    return int(minutes / MINUTES_EACH)
