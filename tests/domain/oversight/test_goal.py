"""Goals: which can be made, how they stand on the way, and when they are reached for good."""

from datetime import UTC, date, datetime

import pytest

from app.domain.oversight import goal
from app.domain.oversight.goal import Behind, Course, Full, Goal, Twice, Wish
from tests import make

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
FIRST, DUE = date(2026, 10, 1), date(2026, 12, 30)
HALFWAY = date(2026, 11, 15)


def one(measure: str = "coverage", baseline: float | None = 40.0, target: float = 80.0) -> Goal:
    return Goal(program_id=1, measure=measure, target=target, due_on=DUE, made_at=NOW, baseline=baseline)


def course(value: float | None, day: date = HALFWAY, of: Goal | None = None) -> Course:
    return goal.standing(of or one(), value, FIRST, day).course


@pytest.mark.parametrize(
    ("value", "percent", "found"),
    [(60, 50, Course.ON_COURSE), (59, 47, Course.BEHIND), (30, 0, Course.BEHIND), (85, 100, Course.ON_COURSE)],
)
def test_halfway_in_time_half_of_the_way_is_on_course(value: float, percent: int, found: Course) -> None:
    at = goal.standing(one(), value, FIRST, HALFWAY)
    assert (at.percent, at.course) == (percent, found)


def test_less_can_be_better() -> None:
    late = one("late", 60, 20)
    assert course(30, of=late) is Course.ON_COURSE
    assert course(50, of=late) is Course.BEHIND
    assert goal.way(late, 30) == 0.75


def test_without_a_baseline_the_way_begins_at_nought() -> None:
    assert goal.way(one(baseline=None), 40) == 0.5


def test_a_goal_to_be_less_without_a_baseline_is_only_there_or_not() -> None:
    assert goal.way(one("late", None, 0), 3) == 0
    assert goal.way(one("late", None, 0), 0) == 1
    assert goal.way(one("late", None, 5), 12) == 0
    assert course(12, of=one("late", None, 5)) is Course.BEHIND


def test_without_a_figure_nothing_is_said() -> None:
    assert course(None) is Course.UNKNOWN


def test_what_came_too_late_is_missed_and_not_reached() -> None:
    over, row = date(2026, 12, 31), one()
    assert goal.settle([row], {"coverage": 90.0}, over) == 0
    assert course(90, over, row) is Course.MISSED


def test_reached_on_its_last_day_and_for_good() -> None:
    row = one()
    assert goal.settle([row], {"coverage": 80.0}, DUE) == 1
    assert goal.settle([row], {"coverage": 10.0}, DUE) == 0
    assert course(10, of=row) is Course.REACHED


def test_a_goal_that_was_given_up_is_not_reached_and_says_why() -> None:
    row = one()
    goal.give_up(row, "Een ander cijfer past beter.", NOW)
    goal.give_up(row, "Nog eens.", NOW)
    assert goal.settle([row], {"coverage": 90.0}, FIRST) == 0
    assert (row.ended_why, course(90, of=row)) == ("Een ander cijfer past beter.", Course.GIVEN_UP)


def made(program_id: int, measure: str, baseline: float = 10.0) -> Goal:
    person = make.person("Ines Visser")
    return goal.make(program_id, Wish(measure, 50, DUE), baseline, by_id=person.id, now=NOW)


@pytest.fixture
def program_id(session: None) -> int:
    return make.program().id


@pytest.mark.usefixtures("session")
def test_at_most_five_of_which_no_two_are_about_the_same(program_id: int) -> None:
    by = make.person("Ines Visser").id
    for measure in ("coverage", "adoption", "two_way", "attendance"):
        goal.make(program_id, Wish(measure, 50, DUE), 10, by_id=by, now=NOW)
    with pytest.raises(Twice):
        goal.make(program_id, Wish("coverage", 60, DUE), 10, by_id=by, now=NOW)
    last = goal.make(program_id, Wish("conversion", 50, DUE), None, by_id=by, now=NOW)
    with pytest.raises(Full):
        goal.make(program_id, Wish("referrals", 50, DUE), 10, by_id=by, now=NOW)
    goal.give_up(last, "Te veel.", NOW)
    assert [each.measure for each in goal.ended_of(program_id)] == ["conversion"]
    assert len(goal.open_of(program_id)) == 4


def test_where_the_figure_is_already_is_no_target(program_id: int) -> None:
    with pytest.raises(Behind):
        made(program_id, "coverage", 50.0)


def test_a_goal_of_another_program_is_not_found(program_id: int) -> None:
    row = made(program_id, "coverage")
    assert goal.find(program_id, row.id) is row
    assert goal.find(program_id + 1, row.id) is None
