"""Free moments of working days, to be proposed to a candidate: arithmetic on the wall clock, without any table."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app import clock

LIKED = (10 * 60, 14 * 60, 16 * 60 + 30)
"""About when the first, the second and the third moment are best: there is one for every rhythm of a day."""
STEP = 30


class Taken(NamedTuple):
    """A time in which somebody has something else to do."""

    starts: datetime
    minutes: int

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


class Hours(NamedTuple):
    """Within which minutes past midnight a conversation begins and ends."""

    opens: int
    closes: int


def is_free(start: datetime, minutes: int, taken: Iterable[Taken]) -> bool:
    """Whether nothing else is going on in that time."""
    end = start + timedelta(minutes=minutes)
    return all(each.ends <= start or end <= each.starts for each in taken)


def suggest(days: Iterable[date], hours: Hours, taken: Sequence[Taken], minutes: int, zone: ZoneInfo) -> list[datetime]:
    """At most one moment on each day, three in all, each as near as can be to the time of day that is liked."""
    found: list[datetime] = []
    for day in days:
        moments = [clock.wall(day, begin, zone) for begin in _begins(hours, minutes, LIKED[len(found)])]
        found += [moment for moment in moments if is_free(moment, minutes, taken)][:1]
        if len(found) == len(LIKED):
            break
    return found


def _begins(hours: Hours, minutes: int, liked: int) -> list[int]:
    """When a conversation can begin, in minutes past midnight; what comes nearest to the time that is liked first."""
    begins = range(-(-hours.opens // STEP) * STEP, hours.closes - minutes + 1, STEP)
    return sorted(begins, key=lambda begin: (abs(begin - liked), begin))
