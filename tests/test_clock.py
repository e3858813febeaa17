"""Time: wall clocks across daylight saving, ISO weeks, half-open periods."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")


@pytest.mark.parametrize("day", [date(2026, 3, 27), date(2026, 4, 3), date(2026, 10, 23), date(2026, 10, 30)])
def test_half_past_two_stays_half_past_two(day: date) -> None:
    assert f"{clock.wall(day, 14 * 60 + 30, AMSTERDAM).astimezone(AMSTERDAM):%H:%M}" == "14:30"


def test_a_time_that_does_not_exist_is_shifted_forward() -> None:
    assert clock.wall(date(2026, 3, 29), 150, AMSTERDAM) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_occurs_twice_is_the_first() -> None:
    assert clock.wall(date(2026, 10, 25), 150, AMSTERDAM) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_days_have_23_24_or_25_hours(day: date, hours: int) -> None:
    start, end = clock.Period(day, day + clock.DAY).moments(AMSTERDAM)
    assert (end - start).total_seconds() == hours * 3600


def test_2026_has_a_week_53() -> None:
    assert clock.week_name(date(2026, 12, 31)) == "2026-W53"
    assert clock.week_name(date(2027, 1, 3)) == "2026-W53"
    assert clock.week_of(date(2027, 1, 1)) == clock.Period(date(2026, 12, 28), date(2027, 1, 4))


def test_a_month_ends_where_the_next_begins() -> None:
    assert clock.month_of(date(2026, 12, 31)) == clock.Period(date(2026, 12, 1), date(2027, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from([AMSTERDAM, LORD_HOWE, ZoneInfo("UTC")]))
def test_every_moment_of_a_day_is_in_its_period(day: date, zone: ZoneInfo) -> None:
    start, end = clock.Period(day, day + clock.DAY).moments(zone)
    assert clock.local_day(start, zone) == day
    assert clock.local_day(end, zone) == day + clock.DAY
    assert day in clock.week_of(day)
    assert day in clock.month_of(day)


def test_a_moment_without_a_zone_is_utc() -> None:
    assert clock.parse("2026-11-20T14:30:00") == datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    assert clock.parse("2026-11-20T14:30:00+01:00") == datetime(2026, 11, 20, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "gisteren"])
def test_what_no_calendar_has_in_utc_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"year|isoformat|:"):
        clock.parse(text)
