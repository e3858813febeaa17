"""Capacity in the open: how many conversations a pool asks for this week, and how many a block offers."""

from datetime import datetime
from typing import NamedTuple

from app import clock
from app.domain.agency.person import Person
from app.domain.scoring import contact_next

MINUTES_EACH = 4.5


class Capacity(NamedTuple):
    """`asks`: for whom something is due until the week ends; `until` is the first moment of the next one."""

    asks: int
    offers: int
    until: datetime


def of(person: Person, now: datetime, minutes: int) -> Capacity:
    """What a person's own pool asks until the end of the ISO week, beside a block of so many minutes."""
    upcoming = contact_next.for_person(person, now, 0)
    zone = upcoming.zone
    until = clock.week_of(clock.local_day(now, zone)).moments(zone)[1]
    return Capacity(upcoming.waiting, int(minutes / MINUTES_EACH), until)
