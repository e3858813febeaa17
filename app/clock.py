"""The only place that knows what time it is: moments, local days, ISO weeks and half-open periods."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one clock


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open period of local days [start, end)."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The period's first moment and the first moment after it, in UTC."""
        return midnight(self.start, zone), midnight(self.end, zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day, in UTC."""
    return wall(day, 0, zone)


def wall(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The moment at which a local clock shows `minutes` past midnight, in UTC.

    A time that occurs twice is the first one; a time that does not exist is shifted forward.
    """
    hour, minute = divmod(minutes, 60)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day that a local calendar shows at a moment."""
    return moment.astimezone(zone).date()


def week_of(day: date) -> Period:
    """The ISO week (Monday to Sunday) that a day is in."""
    monday = day - DAY * day.weekday()
    return Period(monday, monday + WEEK)


def month_of(day: date) -> Period:
    """The calendar month that a day is in."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1))


def week_name(day: date) -> str:
    """The ISO week of a day, as 2026-W47."""
    return day.strftime("%G-W%V")


def parse(text: str, zone: tzinfo = UTC) -> datetime:
    """A moment from ISO 8601; where it names no zone it is this one's.

    Raises:
        ValueError: the text is no ISO 8601 moment.
    """
    moment = datetime.fromisoformat(text)
    try:
        return (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment).astimezone(UTC)
    except OverflowError:  # the first or the last hours that a calendar has, in a zone where they are another year
        raise ValueError(text) from None
