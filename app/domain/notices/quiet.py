"""Quiet hours: from one minute of the day until another one, often over midnight, as the wall clock shows them."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app import clock

NIGHTS = 3
"""Where the clock is moved, one quiet night may run into the next one; no third one into that."""


class Quiet(NamedTuple):
    """Minutes after local midnight; the same twice would be always, and is never."""

    starts: int
    ends: int


def next_allowed(quiet: Quiet | None, now: datetime, zone: ZoneInfo) -> datetime:
    """The first moment from now on that is not in quiet hours."""
    moment = now
    for _night in range(NIGHTS):
        end = _end_of(quiet, moment, zone) if quiet else None
        if end is None:
            break
        moment = end
    return moment


def _end_of(quiet: Quiet, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """When the quiet hours end in which a moment lies; None when it lies in none."""
    today = clock.local_day(moment, zone)
    for day in (today - clock.DAY, today):
        last = day + clock.DAY if quiet.ends < quiet.starts else day
        starts, ends = clock.wall(day, quiet.starts, zone), clock.wall(last, quiet.ends, zone)
        if starts <= moment < ends:
            return ends
    return None
