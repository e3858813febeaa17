"""Quiet hours: when a candidate may be reached, by the days and hours that they gave us."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app import clock

FROM, UNTIL = 9 * 60, 20 * 60
LAST_MINUTE = 24 * 60 - 1
WORKING_DAYS = "12345"
DAYS_AHEAD = 14


class Hours(NamedTuple):
    """`days` are ISO weekdays, as in "12345"; minutes count from midnight. What is not said is as usual."""

    days: str = ""
    start: int | None = None
    end: int | None = None

    @property
    def minutes(self) -> tuple[int, int]:
        """From and until; who gave only one of them has the rest of that day."""
        start = FROM if self.start is None else self.start
        end = max(UNTIL, start + 60) if self.end is None else self.end
        return min(start, LAST_MINUTE), min(max(end, start + 1), LAST_MINUTE)


def first_opening(hours: Hours, start: datetime, zone: ZoneInfo, closed: Collection[date]) -> datetime | None:
    """The first moment from `start` on within the hours and not on a closed day; None when not within two weeks."""
    today, days = clock.local_day(start, zone), hours.days or WORKING_DAYS
    for day in (today + number * clock.DAY for number in range(DAYS_AHEAD + 1)):
        if str(day.isoweekday()) in days and day not in closed:
            opening, closing = (clock.wall(day, minute, zone) for minute in hours.minutes)
            if start < closing:
                return max(start, opening)
    return None
