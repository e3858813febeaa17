"""Tests of the fair score as arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.game.fairness import Weight, head_start, person_score, points_for, team_points_for, team_score, tie_key

WEIGHTS = st.builds(Weight, st.integers(1, 42), st.integers(0, 42), st.integers(0, 20_000))


def test_the_formula_of_the_rules_page() -> None:
    weight = Weight(5, 2, head_start(4000))
    assert person_score(60, weight) == 24_500
    assert 100 * (60 + 2 * 40) * (5 + 2) // (2 + 2) == 24_500


def test_two_days_are_not_worth_two_and_a_half_times_as_much() -> None:
    five, two = (person_score(points, Weight(5, days, head_start(4000))) for points, days in ((200, 5), (80, 2)))
    assert five == two == 28_000


@pytest.mark.parametrize("points", [0, -30])
def test_without_points_there_is_no_score(points: int) -> None:
    assert person_score(points, Weight(5, 2, 8000)) == team_score(points, Weight(5, 9)) == 0


def test_whoever_hides_has_no_score() -> None:
    assert person_score(500, Weight(5, 5), hidden=True) == 0


def test_a_team_is_weighed_by_all_its_days() -> None:
    assert team_score(300, Weight(5, 12)) == 12_500
    assert team_score(300, Weight(5, 0)) == 0


@given(st.integers(1, 3_000_000), WEIGHTS)
def test_that_many_points_reach_a_score_and_one_fewer_do_not(score: int, weight: Weight) -> None:
    points = points_for(score, weight)
    assert person_score(points, weight) >= score
    assert points == 1 or person_score(points - 1, weight) < score


@given(st.integers(1, 3_000_000), st.integers(1, 42), st.integers(1, 900))
def test_a_team_reaches_a_score_with_so_many_points(score: int, standard: int, available: int) -> None:
    weight = Weight(standard, available)
    points = team_points_for(score, weight)
    assert team_score(points, weight) >= score
    assert points == 1 or team_score(points - 1, weight) < score


def test_helping_more_people_a_day_comes_before_proof() -> None:
    assert tie_key(6, 5, 0, 6) > tie_key(5, 5, 6, 6) > tie_key(5, 5, 5, 6)


def test_days_are_counted_in_the_tie_too() -> None:
    assert tie_key(4, 2, 0, 4) > tie_key(5, 5, 5, 5)
    assert tie_key(0, 0, 0, 0) == 0
