"""The streak: kept, excused, frozen and missed weeks."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.actions import streak
from app.domain.actions.streak import MILESTONES, MOST_FREEZES, Run, WeekState

KEPT, EXCUSED, FROZEN, MISSED = WeekState.KEPT, WeekState.EXCUSED, WeekState.FROZEN, WeekState.MISSED
WEEKS = st.lists(st.none() | st.integers(0, 9), max_size=60)
few = settings(max_examples=30)


def run_of(weeks: list[int | None]) -> Run:
    return streak.after(streak.states(weeks))


def test_five_actions_keep_a_week_and_four_do_not() -> None:
    assert list(streak.states([5, 4, None])) == [KEPT, MISSED, EXCUSED]
    assert run_of([5, 5, 4]) == Run(weeks=0, freezes=0, best=2)


def test_four_kept_weeks_bring_a_freeze_that_saves_the_fifth() -> None:
    assert list(streak.states([5, 5, 5, 5, 0, 0])) == [KEPT] * 4 + [FROZEN, MISSED]
    assert run_of([5, 5, 5, 5, 0, 5]) == Run(weeks=5, freezes=0, best=5)


def test_two_freezes_are_the_most_and_a_leave_takes_none() -> None:
    assert run_of([5] * 13).freezes == MOST_FREEZES
    assert run_of([5] * 13 + [None] * 3) == Run(weeks=13, freezes=2, best=13)


def test_the_next_milestone_is_the_first_above() -> None:
    assert [streak.next_milestone(weeks) for weeks in (0, 4, 51, 52)] == [4, 8, 52, None]
    assert list(MILESTONES) == sorted(MILESTONES)


@given(WEEKS)
@few
def test_freezes_stay_within_bounds_and_the_best_never_falls(weeks: list[int | None]) -> None:
    runs = [run_of(weeks[:number]) for number in range(len(weeks) + 1)]
    assert all(0 <= run.freezes <= MOST_FREEZES and run.weeks <= run.best for run in runs)
    assert all(before.best <= after.best for before, after in pairwise(runs))


@given(WEEKS, st.integers(0, 60))
@few
def test_a_week_off_at_any_place_costs_nothing(weeks: list[int | None], place: int) -> None:
    assert run_of(weeks) == run_of([*weeks[:place], None, *weeks[place:]])


@given(WEEKS, st.integers(0, 60))
@few
def test_going_on_from_the_settled_weeks_is_counting_from_the_beginning(weeks: list[int | None], place: int) -> None:
    settled = list(streak.states(weeks[:place]))
    assert settled + list(streak.states(weeks[place:], streak.after(settled))) == list(streak.states(weeks))


@given(WEEKS)
@few
def test_only_a_missed_week_ends_a_streak(weeks: list[int | None]) -> None:
    run = Run()
    for state in streak.states(weeks):
        before, run = run, run.then(state)
        assert (run.weeks == 0) if state is MISSED else (run.weeks == before.weeks + (state is KEPT))
        assert state is not MISSED or before.freezes == 0
