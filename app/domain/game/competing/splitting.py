"""Money over those who share it, in whole cents."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

MIX: Mapping[str, int] = {"team": 40, "raffle": 30, "place": 20, "surprise": 10}
"""What a total is for unless somebody says otherwise: percentages by kind of prize."""


class Shared(NamedTuple):
    """What each of them gets, and the cents that cannot be shared."""

    each: int
    left: int


def by_percentage(cents: int, percentages: Mapping[str, int]) -> dict[str, int]:
    """Parts that sum to the whole: rounded down, the cents that are left go to the largest remainders, in order.

    Raises:
        ValueError: the percentages do not sum to a hundred.
    """
    if sum(percentages.values()) != 100:  # noqa: PLR2004 - a whole is a hundred per cent
        raise ValueError(percentages)
    parts = {name: divmod(cents * percentage, 100) for name, percentage in percentages.items()}
    short = cents - sum(whole for whole, _ in parts.values())
    rounded_up = set(sorted(parts, key=lambda name: -parts[name][1])[:short])
    return {name: whole + (name in rounded_up) for name, (whole, _) in parts.items()}


def pooled(prizes: Mapping[int, int], place: int, sharing: int) -> Shared:
    """Those who share a place share the prizes of all the places that they take; a place without a prize adds nought.

    `prizes` are cents by place.
    """
    whole = sum(prizes.get(taken, 0) for taken in range(place, place + sharing))
    return Shared(*divmod(whole, sharing))


def places(keys: Sequence[tuple[int, ...]]) -> list[int]:
    """The place of each of these, best first: 1, 2, 2, 4."""
    found: list[int] = []
    for number, key in enumerate(keys, 1):
        found.append(found[-1] if found and key == keys[number - 2] else number)
    return found
