"""Where a block falls: at its own time, before or after a day off, or nowhere, on both sides of a clock change."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.domain.program.block import Block
from app.domain.program.placing import Occurrence, first_week, place

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FRIDAY = Block(program_id=1)
WEEK = date(2026, 11, 16)
MON, TUE, WED, THU, FRI, SAT, SUN = (WEEK + timedelta(number) for number in range(7))
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
zones = st.sampled_from(ZONES).map(ZoneInfo)
weeks = st.dates(date(2020, 1, 6), date(2034, 12, 1)).map(lambda day: clock.week_of(day).start)


@st.composite
def some_block(draw: st.DrawFn) -> Block:
    starts = draw(st.integers(0, 24 * 60 - 15))
    minutes = draw(st.integers(15, min(180, 24 * 60 - starts)))
    return Block(program_id=1, weekday=draw(st.integers(0, 6)), starts=starts, minutes=minutes)


def placed(**facts: object) -> Occurrence | None:
    return place(FRIDAY, WEEK, AMSTERDAM, **facts)  # type: ignore[arg-type] # the tests name the facts


def day_of(found: Occurrence | None) -> date | None:
    return clock.local_day(found.starts, AMSTERDAM) if found else None


@pytest.mark.parametrize(
    ("closed", "away", "day", "why"),
    [
        ((), (), FRI, ""),
        ((FRI,), (), THU, "holiday"),
        ((), (FRI,), THU, "absence"),
        ((FRI,), (FRI,), THU, "holiday"),
        ((FRI,), (THU,), WED, "holiday"),
        ((), (THU, MON), FRI, ""),
    ],
    ids=["usual", "holiday", "leave", "both", "holiday after leave", "other days"],
)
def test_it_goes_before_a_day_off(closed: tuple[date, ...], away: tuple[date, ...], day: date, why: str) -> None:
    found = placed(closed=closed, away=away)
    assert found is not None
    assert (day_of(found), found.moved) == (day, why)


def test_without_a_working_day_before_it_goes_after() -> None:
    monday = Block(program_id=1, weekday=0)
    found = place(monday, WEEK, AMSTERDAM, closed={MON}, away={TUE})
    assert (day_of(found), found and found.moved) == (WED, "holiday")


def test_never_to_a_weekend_unless_it_is_there() -> None:
    assert placed(away={MON, TUE, WED, THU, FRI}) is None
    saturday = Block(program_id=1, weekday=5)
    assert day_of(place(saturday, WEEK, AMSTERDAM)) == SAT
    assert day_of(place(saturday, WEEK, AMSTERDAM, closed={SAT})) == FRI


def test_ones_own_choice_goes_first_unless_that_day_became_a_day_off() -> None:
    choice = SimpleNamespace(starts_at=datetime(2026, 11, 18, 9, tzinfo=UTC), minutes=60)
    assert placed(move=choice, closed={FRI}) == Occurrence(choice.starts_at, 60, WEEK, "own")
    assert day_of(placed(move=choice, away={WED})) == FRI


@given(some_block(), zones, weeks, st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)))
def test_in_its_week_on_no_day_off_at_the_same_time(
    block: Block, zone: ZoneInfo, week: date, closed: set[int], away: set[int]
) -> None:
    shut, leave = ({week + timedelta(number) for number in days} for days in (closed, away))
    found = place(block, week, zone, closed=shut, away=leave)
    if found is None:
        assert {week + timedelta(number) for number in range(5)} <= shut | leave
        return
    day = clock.local_day(found.starts, zone)
    assert day in clock.week_of(week)
    assert day not in shut | leave
    assert found.starts == clock.wall(day, block.starts, zone)
    assert bool(found.moved) == (day.weekday() != block.weekday)


@pytest.mark.parametrize(
    ("week", "utc"),
    [
        (date(2026, 3, 23), datetime(2026, 3, 27, 13, 30, tzinfo=UTC)),
        (date(2026, 3, 30), datetime(2026, 4, 3, 12, 30, tzinfo=UTC)),
        (date(2026, 10, 19), datetime(2026, 10, 23, 12, 30, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 30, 13, 30, tzinfo=UTC)),
        (date(2026, 12, 28), datetime(2027, 1, 1, 13, 30, tzinfo=UTC)),
    ],
    ids=["before summer", "summer", "last of summer", "winter", "week 53"],
)
def test_half_past_two_stays_half_past_two(week: date, utc: datetime) -> None:
    found = place(FRIDAY, week, AMSTERDAM)
    assert found is not None
    assert (found.starts, found.ends) == (utc, utc + timedelta(minutes=45))


@pytest.mark.parametrize(
    ("week", "utc"),
    [
        (date(2026, 3, 23), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (date(2026, 10, 19), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
    ids=["skipped: forward", "twice: the first"],
)
def test_in_the_night_of_the_change(week: date, utc: datetime) -> None:
    found = place(Block(program_id=1, weekday=6, starts=150, minutes=30), week, AMSTERDAM)
    assert found is not None
    assert found.starts == utc


@pytest.mark.parametrize(
    ("present", "wanted", "expected"),
    [(1, 2, WEEK), (-1, 2, WEEK + clock.WEEK), (1, -2, WEEK + clock.WEEK), (None, 1, WEEK), (None, None, WEEK)],
)
def test_another_time_holds_from_this_week_when_neither_has_come(
    present: int | None, wanted: int | None, expected: date
) -> None:
    now = clock.wall(WED, 12 * 60, AMSTERDAM)
    both = [Occurrence(now + timedelta(hours=hours), 45, WEEK) if hours else None for hours in (present, wanted)]
    assert first_week(both, now, AMSTERDAM) == expected
