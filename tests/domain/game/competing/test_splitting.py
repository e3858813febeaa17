"""Money is shared to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.game.competing.splitting import MIX, Shared, by_percentage, places, pooled

CENTS = st.integers(0, 10_000_00)


def test_default_mix() -> None:
    assert by_percentage(10_000, MIX) == {"team": 4000, "raffle": 3000, "place": 2000, "surprise": 1000}


@given(CENTS, st.lists(st.integers(0, 100), min_size=1, max_size=5))
def test_parts_sum_to_the_whole(cents: int, wished: list[int]) -> None:
    shares = {str(at): part for at, part in enumerate(_to_hundred(wished))}
    parts = by_percentage(cents, shares)
    assert sum(parts.values()) == cents
    assert all(abs(parts[name] - cents * shares[name] / 100) < 1 for name in shares)


def _to_hundred(wished: list[int]) -> list[int]:
    found, left = [], 100
    for part in wished:
        found.append(min(part, left))
        left -= found[-1]
    return [*found, left]


def test_only_whole_hundreds() -> None:
    with pytest.raises(ValueError, match="60"):
        by_percentage(100, {"team": 60})


def test_three_who_share_the_second_place_take_the_second_third_and_fourth_prize() -> None:
    assert pooled({1: 10_000, 2: 5000, 3: 2500}, 2, 3) == Shared(2500, 0)


def test_what_cannot_be_shared_is_left() -> None:
    assert pooled({2: 100}, 2, 3) == Shared(33, 1)


@given(st.dictionaries(st.integers(1, 5), CENTS), st.integers(1, 5), st.integers(1, 6))
def test_nothing_is_lost(prizes: dict[int, int], place: int, sharing: int) -> None:
    each, left = pooled(prizes, place, sharing)
    assert sharing * each + left == sum(cents for at, cents in prizes.items() if place <= at < place + sharing)
    assert 0 <= left < sharing


def test_places() -> None:
    assert places([(9, 1), (7, 3), (7, 3), (7, 2)]) == [1, 2, 2, 4]
    assert places([]) == []
