"""Places, neighbours and the upper half of the board."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.game.fairness import Weight, person_score
from app.domain.game.standings import Placed, Row, near_me, standings, to_next_place, upper_half

View = Callable[[list[Placed], int], list[Placed]]

boards = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 5)), max_size=14).map(
    lambda rows: standings(row(number, *each) for number, each in enumerate(rows))
)


def row(who: int | str, points: int, tie: int = 0, days: int = 5) -> Row:
    weight = Weight(5, days, 80)
    return Row(who, person_score(points, weight), tie, points, 1, weight)


def board(*points: int) -> list[Placed]:
    return standings(row(number, each) for number, each in enumerate(points, start=1))


def people(shown: list[Placed]) -> list[int | str]:
    return [standing.person_id for standing in shown]


def test_equals_share_a_place_and_the_next_counts_them() -> None:
    found = board(50, 40, 40, 30)
    assert [(one.place, one.shared) for one in found] == [(1, False), (2, True), (2, True), (4, False)]


def test_the_tie_key_orders_equals() -> None:
    found = standings([row("bob", 40, 2), row("alice", 40, 5)])
    assert [(one.person_id, one.place) for one in found] == [("alice", 1), ("bob", 2)]


def test_without_points_nobody_is_ranked() -> None:
    assert [one.place for one in board(0, 10, 0)] == [1, None, None]


@given(boards)
def test_a_place_is_one_more_than_those_who_are_better(found: list[Placed]) -> None:
    for one in found:
        better = sum((other.score, other.tie) > (one.score, one.tie) for other in found)
        assert one.place == (better + 1 if one.score else None)


@given(boards)
def test_shared_is_said_of_exactly_the_shared_places(found: list[Placed]) -> None:
    places = [one.place for one in found if one.place]
    assert all(one.shared == (places.count(one.place or 0) > 1) for one in found)


@given(st.permutations([row(number, number // 2) for number in range(9)]))
def test_the_order_of_the_rows_does_not_matter(rows: list[Row]) -> None:
    assert standings(rows) == standings(sorted(rows))


def test_near_me_is_the_top_and_two_on_either_side() -> None:
    assert people(near_me(board(*range(100, 0, -10)), 6)) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert people(near_me(board(*range(120, 0, -10)), 8)) == [1, 2, 3, 6, 7, 8, 9, 10]


def test_near_me_hides_the_last() -> None:
    assert people(near_me(board(60, 50, 40, 30, 20, 10), 5)) == [1, 2, 3, 4, 5]


def test_without_points_one_sees_the_top_and_oneself() -> None:
    assert people(near_me(board(60, 50, 40, 30, 20, 0), 6)) == [1, 2, 3, 6]


def test_everybody_goes_down_to_the_median() -> None:
    assert people(upper_half(board(60, 50, 40, 30, 20, 10), 5)) == [1, 2, 3, 5]


def test_a_crowd_in_last_place_is_not_shown() -> None:
    assert people(upper_half(board(60, 50, 40, 9, 9, 9, 9, 9), 8)) == [1, 2, 3, 8]


def test_a_board_without_points_shows_oneself() -> None:
    assert people(upper_half(board(0, 0), 2)) == [2]


@given(boards, st.integers(0, 13), st.sampled_from([near_me, upper_half]))
def test_the_last_place_is_seen_only_by_those_in_it(found: list[Placed], me: int, view: View) -> None:
    last = max((one.place or 0 for one in found), default=0)
    others = [one for one in view(found, me) if one.person_id != me]
    assert all(one.place is not None and (one.place < last or last <= 3) for one in others)


@given(boards, st.integers(0, 13), st.sampled_from([near_me, upper_half]))
def test_one_always_sees_oneself(found: list[Placed], me: int, view: View) -> None:
    assert (me in people(view(found, me))) == (me in people(found))


@pytest.mark.parametrize(("me", "missing"), [(1, None), (2, 10), (3, 10), (4, 20), (5, 1), (9, None)])
def test_points_to_the_next_place(me: int, missing: int | None) -> None:
    assert to_next_place(board(50, 40, 40, 20, 0), me) == missing


def test_one_point_passes_somebody_who_is_before_me_by_the_tie_alone() -> None:
    assert to_next_place(standings([row("alice", 40, 5), row("bob", 40, 2)]), "bob") == 1


def test_whoever_works_fewer_days_needs_fewer_points() -> None:
    assert to_next_place(standings([row("alice", 70), row("bob", 10, days=2)]), "bob") == 30


@given(boards, st.integers(0, 13))
def test_that_many_points_and_not_one_fewer_bring_a_better_place(found: list[Placed], me: int) -> None:
    missing = to_next_place(found, me)
    if missing is None:
        return
    before = next(one.place for one in found if one.person_id == me) or len(found) + 1
    assert place_with(found, me, missing) < before
    assert place_with(found, me, missing - 1) >= before


def place_with(found: list[Placed], me: int, extra: int) -> int:
    rows = [row(s.person_id, s.points + extra * (s.person_id == me), s.tie, s.weight.available_days) for s in found]
    return next(one.place for one in standings(rows) if one.person_id == me) or len(found) + 1
