"""The block keeps to the wall clock: on both sides of a clock change, in every zone, and in week 53."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.domain.program import block as blocks
from app.domain.program.block import Block, inside, next_start, start_in_week

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ZONES = (
    "Europe/Amsterdam",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "America/Havana",
    "Atlantic/Azores",
    "Pacific/Apia",
)
FRIDAY = Block(program_id=1)
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is added


@st.composite
def some_block(draw: st.DrawFn) -> Block:
    starts = draw(st.integers(0, 24 * 60 - 15))
    minutes = draw(st.integers(15, min(240, 24 * 60 - starts)))
    return Block(program_id=1, weekday=draw(st.integers(0, 6)), starts=starts, minutes=minutes)


@given(some_block(), zones, moments)
def test_the_next_block_is_running_or_less_than_nine_days_away(block: Block, zone: ZoneInfo, now: datetime) -> None:
    start = next_start(block, zone, now)
    assert start + block.length > now
    assert start - now < timedelta(days=9)


@given(some_block(), zones, moments)
def test_nothing_comes_before_the_next_block(block: Block, zone: ZoneInfo, now: datetime) -> None:
    start = next_start(block, zone, now)
    earlier = start_in_week(block, clock.local_day(start, zone) - clock.WEEK, zone)
    assert earlier + block.length <= now


@given(some_block(), zones, moments)
def test_inside_begins_and_ends_with_the_block(block: Block, zone: ZoneInfo, now: datetime) -> None:
    start = next_start(block, zone, now)
    assert inside(block, zone, start)
    assert not inside(block, zone, start - timedelta(microseconds=1))
    assert inside(block, zone, start + block.length - timedelta(microseconds=1))
    assert not inside(block, zone, start + block.length)


@given(st.dates(date(2020, 1, 6), date(2034, 12, 1)))
def test_half_past_two_stays_half_past_two(day: date) -> None:
    local = start_in_week(FRIDAY, day, AMSTERDAM).astimezone(AMSTERDAM)
    assert (local.weekday(), local.hour, local.minute) == (4, 14, 30)
    assert local.date() in clock.week_of(day)


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 3, 27), datetime(2026, 3, 27, 13, 30, tzinfo=UTC)),
        (date(2026, 4, 3), datetime(2026, 4, 3, 12, 30, tzinfo=UTC)),
        (date(2026, 10, 23), datetime(2026, 10, 23, 12, 30, tzinfo=UTC)),
        (date(2026, 10, 30), datetime(2026, 10, 30, 13, 30, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2027, 1, 1, 13, 30, tzinfo=UTC)),
    ],
    ids=["before summer", "summer", "last of summer", "winter", "week 53"],
)
def test_around_the_changes_of_2026(day: date, utc: datetime) -> None:
    assert start_in_week(FRIDAY, day, AMSTERDAM) == utc


def test_a_time_that_the_clock_skips_is_shifted_forward() -> None:
    night = Block(program_id=1, weekday=6, starts=2 * 60 + 30, minutes=30)
    start = start_in_week(night, date(2026, 3, 29), AMSTERDAM)
    assert start == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first() -> None:
    night = Block(program_id=1, weekday=6, starts=2 * 60 + 30, minutes=30)
    start = start_in_week(night, date(2026, 10, 25), AMSTERDAM)
    assert start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert not inside(night, AMSTERDAM, datetime(2026, 10, 25, 1, 45, tzinfo=UTC))


def test_after_the_block_comes_that_of_next_week() -> None:
    friday = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert next_start(FRIDAY, AMSTERDAM, friday) == datetime(2026, 11, 27, 13, 30, tzinfo=UTC)


def test_during_the_block_it_is_the_running_one() -> None:
    friday = datetime(2026, 11, 20, 13, 45, tzinfo=UTC)
    assert next_start(FRIDAY, AMSTERDAM, friday) == datetime(2026, 11, 20, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("weekday", "starts", "minutes"), [(7, 0, 30), (-1, 0, 30), (0, -1, 30), (0, 0, 0), (0, 1430, 30)]
)
def test_a_block_outside_one_day_is_refused(weekday: int, starts: int, minutes: int) -> None:
    with pytest.raises(ValueError, match="within one day"):
        blocks.move(Block(program_id=1), weekday, starts, minutes)


def test_a_block_may_end_at_midnight() -> None:
    block = Block(program_id=1)
    blocks.move(block, 0, 23 * 60, 60)
    assert (block.weekday, block.starts, block.minutes) == (0, 23 * 60, 60)
