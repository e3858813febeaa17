"""The working calendar: how many working hours and days lie between two moments, weekends and closures left out."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

WEEKDAYS = frozenset(range(5))
DAY = timedelta(days=1)


class _Table(NamedTuple):
    """Every opening of the years from first to last, and the working seconds before each."""

    first: int
    last: int
    start: float
    end: float
    days: list[int]
    openings: list[float]
    closings: list[float]
    before: list[float]

    def worked(self, moment: float) -> float:
        place = bisect_left(self.openings, moment) - 1
        if place < 0:
            return 0.0
        return self.before[place] + min(moment, self.closings[place]) - self.openings[place]


class WorkingCalendar:
    """Opening hours in the wall time of one zone; moments are epoch seconds.

    The openings are tabulated once per span of years, so that a question is a binary search and not a walk
    over days: one ranking asks thousands. A wider table takes the place of the old one whole, so threads may share it.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        closures: Collection[date] = (),
        opens: time = time(9),
        closes: time = time(20),
        weekdays: Collection[int] = WEEKDAYS,
    ) -> None:
        if opens >= closes:
            raise ValueError("a working day closes after it opens")
        self.zone, self.closures = zone, frozenset(closures)
        self.opens, self.closes, self.weekdays = opens, closes, frozenset(weekdays)
        self.hours_a_day = (closes.hour - opens.hour) + (closes.minute - opens.minute) / 60
        self._table: _Table | None = None

    def local_date(self, moment: float) -> date:
        return datetime.fromtimestamp(moment, self.zone).date()

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in self.closures

    def working_hours(self, start: float, end: float) -> float:
        """Working hours in [start, end); none when end is not after start."""
        if end <= start:
            return 0.0
        table = self._table
        if table is None or start < table.start or end >= table.end:
            table = self._covering(self.local_date(start).year, self.local_date(end).year)
        return (table.worked(end) - table.worked(start)) / 3600

    def working_days(self, start: date, end: date) -> int:
        """Working days after start, up to and including end: from a Wednesday to the Friday are two."""
        if end <= start:
            return 0
        days = self._covering(start.year, end.year).days
        return bisect_right(days, end.toordinal()) - bisect_right(days, start.toordinal())

    def days_later(self, moment: float, days: int) -> float:
        """The same hour so many working days later; what begins outside working hours begins at the next opening."""
        start = datetime.fromtimestamp(self.next_opening(moment) or moment, self.zone)
        day = start.date()
        for _number in range(days):
            day += DAY
            while not self.is_working_day(day):
                day += DAY
        return self._moment(day, start.time())

    def next_opening(self, moment: float) -> float | None:
        """The moment itself during working hours, else the next opening; None when this year and the next have none."""
        year = self.local_date(moment).year
        table = self._covering(year, year + 1)
        place = bisect_right(table.closings, moment)
        return max(moment, table.openings[place]) if place < len(table.openings) else None

    def _covering(self, first: int, last: int) -> _Table:
        table = self._table
        if table is None or first < table.first or last > table.last:
            if table is not None:
                first, last = min(first, table.first), max(last, table.last)
            table = self._table = self._tabulated(first, last)
        return table

    def _tabulated(self, first: int, last: int) -> _Table:
        ordinals = range(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1)
        days = [day for day in map(date.fromordinal, ordinals) if self.is_working_day(day)]
        openings = [self._moment(day, self.opens) for day in days]
        closings = [self._moment(day, self.closes) for day in days]
        return _Table(
            first=first,
            last=last,
            start=self._moment(date(first, 1, 1), time.min),
            end=self._moment(date(last, 12, 31), time.max),
            days=[day.toordinal() for day in days],
            openings=openings,
            closings=closings,
            before=list(
                accumulate((shut - opened for opened, shut in zip(openings, closings, strict=True)), initial=0.0)
            ),
        )

    def _moment(self, day: date, at: time) -> float:
        return datetime.combine(day, at, self.zone).timestamp()
