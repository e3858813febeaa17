"""Working hours and days, weekends, closures and clock changes left out."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scoring.working_time import WorkingCalendar

ZONE = ZoneInfo("Europe/Amsterdam")
KINGS_DAY = date(2026, 4, 27)
CALENDAR = WorkingCalendar(ZONE, [KINGS_DAY])

moments = st.floats(min_value=0, max_value=4e9)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()


def by_the_day(start: float, end: float) -> float:
    """Walks over every day: slow and obvious."""
    total, day = 0.0, CALENDAR.local_date(start)
    while day <= CALENDAR.local_date(end):
        if day.weekday() < 5 and day != KINGS_DAY:
            opened, shut = (datetime.combine(day, hour, ZONE).timestamp() for hour in (time(9), time(20)))
            total += max(0.0, min(shut, end) - max(opened, start))
        day += timedelta(1)
    return total / 3600


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-18T10:00", "2026-03-18T15:30", 5.5),
        ("2026-03-18T19:00", "2026-03-19T10:00", 2),
        ("2026-03-20T19:00", "2026-03-23T10:00", 2),
        ("2026-04-24T20:00", "2026-04-28T09:00", 0),
        ("2026-03-27T09:00", "2026-03-30T20:00", 22),
        ("2026-10-23T09:00", "2026-10-26T20:00", 22),
        ("2026-12-31T19:00", "2027-01-01T10:00", 2),
        ("2026-03-18T15:00", "2026-03-18T10:00", 0),
    ],
)
def test_hours(start: str, end: str, hours: float) -> None:
    assert CALENDAR.working_hours(at(start), at(end)) == pytest.approx(hours)


@given(start=moments, length=st.floats(min_value=0, max_value=90 * 86_400))
def test_hours_are_those_of_a_walk_over_the_days(start: float, length: float) -> None:
    assert CALENDAR.working_hours(start, start + length) == pytest.approx(by_the_day(start, start + length), abs=1e-6)


@given(a=moments, b=moments, c=moments)
def test_hours_add_up_even_when_the_table_grows(a: float, b: float, c: float) -> None:
    calendar, (a, b, c) = WorkingCalendar(ZONE), sorted((a, b, c))
    whole = calendar.working_hours(b, c) + calendar.working_hours(a, b)
    assert whole == pytest.approx(calendar.working_hours(a, c), abs=1e-6)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 3, 18), date(2026, 3, 20), 2),
        (date(2026, 3, 20), date(2026, 3, 23), 1),
        (date(2026, 4, 24), date(2026, 4, 28), 1),
        (date(2026, 3, 20), date(2026, 3, 20), 0),
        (date(2026, 3, 20), date(2026, 3, 1), 0),
    ],
)
def test_days(start: date, end: date, count: int) -> None:
    assert CALENDAR.working_days(start, end) == count


@given(start=days, length=st.integers(0, 200))
def test_days_are_counted(start: date, length: int) -> None:
    between = [start + timedelta(n) for n in range(1, length + 1)]
    assert CALENDAR.working_days(start, start + timedelta(length)) == sum(map(CALENDAR.is_working_day, between))


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-18T10:00", "2026-03-18T10:00"),
        ("2026-03-18T08:00", "2026-03-18T09:00"),
        ("2026-03-20T20:00", "2026-03-23T09:00"),
        ("2026-04-25T12:00", "2026-04-28T09:00"),
        ("2026-12-31T21:00", "2027-01-01T09:00"),
    ],
)
def test_next_opening(moment: str, opening: str) -> None:
    assert CALENDAR.next_opening(at(moment)) == at(opening)


def test_nobody_works_on_no_weekday() -> None:
    never = WorkingCalendar(ZONE, weekdays=())
    assert never.next_opening(at("2026-03-18T10:00")) is None
    assert never.working_hours(at("2026-03-18T10:00"), at("2026-03-25T10:00")) == 0


def test_a_day_closes_after_it_opens() -> None:
    with pytest.raises(ValueError, match="closes after"):
        WorkingCalendar(ZONE, opens=time(20), closes=time(9))


def test_half_hours_make_a_day() -> None:
    assert WorkingCalendar(ZONE, opens=time(8, 30), closes=time(17)).hours_a_day == 8.5


@pytest.mark.parametrize(
    ("moment", "days", "later"),
    [
        ("2026-03-18T10:00", 1, "2026-03-19T10:00"),
        ("2026-03-20T10:00", 2, "2026-03-24T10:00"),
        ("2026-03-21T10:00", 1, "2026-03-24T09:00"),
        ("2026-04-24T21:00", 1, "2026-04-29T09:00"),
        ("2026-03-27T19:59", 1, "2026-03-30T19:59"),
    ],
)
def test_some_working_days_later(moment: str, days: int, later: str) -> None:
    assert CALENDAR.days_later(at(moment), days) == at(later)
