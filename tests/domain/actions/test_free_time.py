"""Which moments of working days are free to be proposed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from app import clock
from app.domain.actions.free_time import Hours, Taken, is_free, suggest

ZONE = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 3, 23)
WEEK = [MONDAY + timedelta(days=number) for number in range(5)]
HOURS = Hours(9 * 60, 17 * 60)


def shown(found: list[datetime]) -> list[str]:
    return [moment.astimezone(ZONE).strftime("%a %H:%M") for moment in found]


def test_three_days_get_a_moment_each() -> None:
    assert shown(suggest(WEEK, HOURS, [], 30, ZONE)) == ["Mon 10:00", "Tue 14:00", "Wed 16:30"]


def test_what_is_taken_is_passed_by_at_the_nearest_side() -> None:
    taken = [Taken(clock.wall(MONDAY, 9 * 60 + 45, ZONE), 30)]
    assert shown(suggest(WEEK[:1], HOURS, taken, 30, ZONE)) == ["Mon 10:30"]


def test_a_full_day_is_left_out() -> None:
    taken = [Taken(clock.wall(MONDAY, 9 * 60, ZONE), 8 * 60)]
    assert shown(suggest(WEEK[:2], HOURS, taken, 30, ZONE)) == ["Tue 10:00"]


def test_narrow_hours_are_kept_to() -> None:
    assert shown(suggest(WEEK, Hours(18 * 60 + 10, 19 * 60), [], 30, ZONE)) == ["Mon 18:30", "Tue 18:30", "Wed 18:30"]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 7 * 24 * 4), st.integers(15, 120)), max_size=30))
def test_nothing_is_proposed_that_is_taken(busy: list[tuple[int, int]]) -> None:
    start = datetime(2026, 3, 23, tzinfo=UTC)
    taken = [Taken(start + timedelta(minutes=15 * quarter), minutes) for quarter, minutes in busy]
    found = suggest(WEEK, HOURS, taken, 30, ZONE)
    assert all(is_free(moment, 30, taken) for moment in found)
    assert len({moment.date() for moment in found}) == len(found) <= 3
