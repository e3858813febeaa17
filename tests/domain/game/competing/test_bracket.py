"""Who meets whom."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import Period
from app.domain.game.competing.bracket import Key, Pair, first_round, pairs, rounds, weeks, winner


def test_the_odd_one_meets_nobody() -> None:
    assert pairs([5, 3, 8]) == [Pair(5, 3), Pair(8, None)]


def test_the_best_two_meet_in_the_final_only() -> None:
    assert first_round([1, 2, 3, 4, 5, 6, 7, 8]) == [Pair(1, 8), Pair(4, 5), Pair(2, 7), Pair(3, 6)]


def test_empty_seats_let_the_best_through() -> None:
    assert first_round([1, 2, 3]) == [Pair(1, None), Pair(2, 3)]
    assert winner(Pair(1, None), {}) == 1


def test_too_many_for_the_seats() -> None:
    with pytest.raises(ValueError, match="17"):
        first_round(range(17))


def test_the_higher_seat_goes_on_at_a_tie() -> None:
    assert winner(Pair(4, 5), {4: (10, 1), 5: (10, 1)}) == 4
    assert winner(Pair(4, 5), {4: (10, 1), 5: (10, 2)}) == 5
    assert winner(Pair(4, 5), {}) == 4


@given(st.permutations(range(1, 9)))
def test_the_best_of_every_round_wins_it_all(strength: list[int]) -> None:
    keys: dict[int, Key] = {seat: (power,) for seat, power in enumerate(strength, 1)}
    played = rounds(first_round(list(keys)), lambda _round: keys, 3)
    assert [len(each) for each in played] == [4, 2, 1]
    assert winner(played[-1][0], keys) == max(keys, key=keys.__getitem__)


def test_rounds_that_were_not_played_are_not_there() -> None:
    assert len(rounds(first_round([1, 2, 3, 4]), lambda _round: {}, 0)) == 1


def test_a_round_is_a_week_and_the_last_what_is_left() -> None:
    two = weeks(Period(date(2026, 11, 2), date(2026, 11, 12)))
    assert [(each.start.day, each.end.day) for each in two] == [(2, 9), (9, 12)]
