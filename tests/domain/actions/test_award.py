"""What an action earns, and why less."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.actions.award import WEEK_PLACES, Award, PlaceClass, award

kinds = st.sampled_from([None, "attempt", "conversation"])


def test_in_full() -> None:
    assert award(30, place_class="conversation") == Award(30, None, 1)


def test_a_kind_without_places_takes_none() -> None:
    assert award(30) == Award(30)


def test_a_kind_without_points_needs_no_reason() -> None:
    assert award(0, place_class="attempt", earned_today=True) == Award(0)


def test_once_a_day_for_a_candidate_and_kind() -> None:
    assert award(10, place_class="attempt", earned_today=True) == Award(0, "already_today")


@pytest.mark.parametrize(("place_class", "places"), [("attempt", 2), ("conversation", 3)])
def test_a_candidate_gives_so_many_places_a_week(place_class: PlaceClass, places: int) -> None:
    taken = range(1, places)
    assert award(10, place_class=place_class, places_taken=taken).place == places
    assert award(10, place_class=place_class, places_taken=range(1, places + 1)) == Award(0, "week_full")


def test_a_reversal_frees_its_own_place() -> None:
    assert award(30, place_class="conversation", places_taken={1, 3}).place == 2


def test_service_is_never_punished() -> None:
    assert award(40, place_class="conversation", exempt=True, places_taken={1, 2, 3}) == Award(40)


@pytest.mark.parametrize(
    ("before", "expected"),
    [(19, Award(15)), (20, Award(7, "half")), (39, Award(7, "half")), (40, Award(0, "beyond_day"))],
)
def test_twenty_a_day_in_full_and_twenty_by_half(before: int, expected: Award) -> None:
    assert award(15, count_today=before) == expected


def test_half_of_one_point_takes_no_place() -> None:
    assert award(1, place_class="attempt", count_today=20) == Award(0, "half")


def test_beyond_the_day_takes_no_place() -> None:
    assert award(10, place_class="attempt", count_today=40) == Award(0, "beyond_day")


@pytest.mark.parametrize(
    ("points", "before", "expected"),
    [
        (49, 0, Award(49)),
        (50, 0, Award(10, owing=40)),
        (60, 20, Award(10, "half", owing=20)),
        (50, 40, Award(0, "beyond_day")),
    ],
)
def test_what_is_worth_fifty_pays_ten_until_it_is_proven(points: int, before: int, expected: Award) -> None:
    assert award(points, count_today=before) == expected


def test_an_award_is_never_negative() -> None:
    with pytest.raises(ValueError, match="reversals"):
        award(-1)


@given(
    points=st.integers(0, 200),
    facts=st.fixed_dictionaries(
        {
            "place_class": kinds,
            "exempt": st.booleans(),
            "earned_today": st.booleans(),
            "places_taken": st.sets(st.integers(1, 3)),
            "count_today": st.integers(0, 60),
        }
    ),
)
def test_less_than_the_kind_is_worth_always_has_a_reason(points: int, facts: dict[str, Any]) -> None:
    found = award(points, **facts)
    assert 0 <= found.points <= found.points + found.owing <= points
    assert (found.reason is None) == (found.points + found.owing == points)


@given(st.sampled_from(list(WEEK_PLACES)), st.lists(st.booleans(), max_size=12))
def test_places_are_unique_and_bounded_whatever_is_reversed(place_class: PlaceClass, reversals: list[bool]) -> None:
    taken: set[int] = set()
    for reverse in reversals:
        place = award(10, place_class=place_class, places_taken=frozenset(taken)).place
        assert place not in taken
        taken.add(place) if place else None
        assert len(taken) <= WEEK_PLACES[place_class]
        taken.discard(min(taken) if reverse else 0)
