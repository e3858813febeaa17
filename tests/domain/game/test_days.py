"""The boundaries of boards on difficult days: clocks that change, week 53, New Year, and a Sunday evening."""

from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest

from app.clock import local_day, midnight, week_name
from app.domain.game.doctor import standings_differences
from app.domain.game.running_total import PERIODS
from tests.domain.game.scene import ZONE, Scene, start, total


class Moment(NamedTuple):
    """A moment in UTC, the local day that it is in, and the Monday and first of the month of its boards."""

    at: datetime
    day: date
    week: date
    month: date


MOMENTS = {
    "the last minute before a day of 23 hours": Moment(
        datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28), date(2026, 3, 23), date(2026, 3, 1)
    ),
    "the first minute of a day of 23 hours": Moment(
        datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29), date(2026, 3, 23), date(2026, 3, 1)
    ),
    "its last minute, a Sunday evening": Moment(
        datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29), date(2026, 3, 23), date(2026, 3, 1)
    ),
    "the Monday after it": Moment(
        datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30), date(2026, 3, 30), date(2026, 3, 1)
    ),
    "the first minute of a day of 25 hours": Moment(
        datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25), date(2026, 10, 19), date(2026, 10, 1)
    ),
    "the hour that comes twice": Moment(
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25), date(2026, 10, 19), date(2026, 10, 1)
    ),
    "the last minute of a day of 25 hours": Moment(
        datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25), date(2026, 10, 19), date(2026, 10, 1)
    ),
    "the Monday after that": Moment(
        datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26), date(2026, 10, 26), date(2026, 10, 1)
    ),
    "New Year's Eve in week 53": Moment(
        datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31), date(2026, 12, 28), date(2026, 12, 1)
    ),
    "New Year's Day, still in week 53": Moment(
        datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 1)
    ),
}


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


@pytest.mark.parametrize("name", list(MOMENTS))
def test_it_counts_on_the_board_of_its_local_day(scene: Scene, name: str) -> None:
    moment = MOMENTS[name]
    day = local_day(moment.at, ZONE)
    assert day == moment.day
    scene.earn(30, on=day, occurred_at=moment.at, recorded_at=moment.at)
    assert total(scene.person_id, "week", moment.week) == (30, 1, 1)
    assert total(scene.person_id, "month", moment.month) == (30, 1, 1)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 7), 24)])
def test_a_day_is_as_long_as_the_clock_on_the_wall_says(day: date, hours: int) -> None:
    next_day = date(day.year, day.month, day.day + 1)
    assert (midnight(next_day, ZONE) - midnight(day, ZONE)).total_seconds() == hours * 3600


def test_week_53_holds_both_years_and_every_day_of_it_once(scene: Scene) -> None:
    days = [date(2026, 12, 28 + number) for number in range(4)] + [date(2027, 1, 1 + number) for number in range(3)]
    for number, day in enumerate(days):
        scene.earn(10, on=day, candidate_id=number, source_id=number)
    assert {week_name(day) for day in days} == {"2026-W53"}
    assert total(scene.person_id, "week", date(2026, 12, 28)) == (70, 7, 7)
    assert (total(scene.person_id, "month", date(2026, 12, 1)), total(scene.person_id, "month", date(2027, 1, 1))) == (
        (40, 4, 4),
        (30, 3, 3),
    )
    assert PERIODS["week"](date(2027, 1, 4)).start == date(2027, 1, 4)
    assert standings_differences() == []
