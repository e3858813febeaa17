"""Quiet hours: over midnight, through the nights in which the clock is moved, and never for good."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import clock
from app.domain.notices.quiet import Quiet, next_allowed

HOME = ZoneInfo("Europe/Amsterdam")
ZONES = [HOME, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/St_Johns"), ZoneInfo("Africa/Casablanca")]
MINUTES = st.integers(0, 24 * 60 - 1)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants bounds without a zone
NIGHT = Quiet(22 * 60, 7 * 60)


def is_quiet(quiet: Quiet, moment: datetime, zone: ZoneInfo) -> bool:
    """The same, said once more: in the stretch that began on some day around it."""
    today = clock.local_day(moment, zone)
    spans = []
    for day in (today - 2 * clock.DAY, today - clock.DAY, today, today + clock.DAY):
        last = day + clock.DAY * (quiet.ends < quiet.starts)
        spans.append((clock.wall(day, quiet.starts, zone), clock.wall(last, quiet.ends, zone)))
    return any(starts <= moment < ends for starts, ends in spans)


@settings(max_examples=300)
@given(quiet=st.builds(Quiet, MINUTES, MINUTES), now=MOMENTS, zone=st.sampled_from(ZONES), part=st.floats(0, 1))
def test_it_is_the_first_moment_that_is_not_quiet(quiet: Quiet, now: datetime, zone: ZoneInfo, part: float) -> None:
    found = next_allowed(quiet, now, zone)
    assert found >= now
    assert not is_quiet(quiet, found, zone)
    between = now + (found - now) * part
    assert between >= found or is_quiet(quiet, between, zone)


@given(quiet=st.builds(Quiet, MINUTES, MINUTES), now=MOMENTS, zone=st.sampled_from(ZONES))
def test_nobody_waits_for_more_than_two_days(quiet: Quiet, now: datetime, zone: ZoneInfo) -> None:
    assert next_allowed(quiet, now, zone) - now <= timedelta(hours=49)


@given(minute=MINUTES, now=MOMENTS)
def test_the_same_minute_twice_is_never(minute: int, now: datetime) -> None:
    assert next_allowed(Quiet(minute, minute), now, HOME) == next_allowed(None, now, HOME) == now


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-20T20:59:59", "2026-11-20T20:59:59"),
        ("2026-11-20T21:00:00", "2026-11-21T06:00:00"),
        ("2026-11-21T05:59:59", "2026-11-21T06:00:00"),
        ("2026-11-21T06:00:00", "2026-11-21T06:00:00"),
        ("2026-03-28T23:00:00", "2026-03-29T05:00:00"),  # an hour shorter
        ("2026-10-24T21:00:00", "2026-10-25T06:00:00"),  # an hour longer
    ],
)
def test_a_night(now: str, until: str) -> None:
    assert next_allowed(NIGHT, clock.parse(now), HOME) == clock.parse(until)


def test_an_end_that_does_not_exist_is_later_and_one_that_comes_twice_the_first() -> None:
    quiet = Quiet(60, 150)
    assert next_allowed(quiet, clock.parse("2026-03-29T00:30"), HOME) == clock.parse("2026-03-29T01:30")
    assert next_allowed(quiet, clock.parse("2026-10-25T00:10"), HOME) == clock.parse("2026-10-25T00:30")
