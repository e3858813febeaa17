"""Money over those who share it, in whole cents."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

WHOLE = 100
MIX: Mapping[str, int] = {"team": 40, "raffle": 30, "place": 20, "surprise": 10}
"""What a total is for unless somebody says otherwise: percentages by kind of prize."""


class Shared(NamedTuple):
    """What each of them gets, and the cents that cannot be shared."""

    each: int
    left: int


def by_percentage(cents: int, percentages: Mapping[str, int]) -> dict[str, int]:
    """The parts of a whole.

    Raises:
        ValueError: the percentages do not sum to a hundred.
    """
    if sum(percentages.values()) != WHOLE:
        raise ValueError(percentages)
    return by_share(cents, percentages)


def by_share(whole: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Parts that sum to the whole: rounded down, what is left goes to the largest remainders, in order."""
    all_ = sum(shares.values())
    parts = {name: divmod(whole * share, all_) for name, share in shares.items()}
    short = whole - sum(down for down, _ in parts.values())
    rounded_up = set(sorted(parts, key=lambda name: -parts[name][1])[:short])
    return {name: down + (name in rounded_up) for name, (down, _) in parts.items()}


def pooled(prizes: Mapping[int, int], place: int, sharing: int) -> Shared:
    """Those who share a place share the prizes of all the places that they take; a place without a prize adds nought.

    `prizes` are cents by place.
    """
    whole = sum(prizes.get(taken, 0) for taken in range(place, place + sharing))
    return Shared(*divmod(whole, sharing))


def parts(cents: int, people: int) -> list[int]:
    """Parts of a whole of which nothing is left: the first ones are a cent more when it does not come out even."""
    each, left = divmod(cents, people)
    return [each + (at < left) for at in range(people)]


def places(keys: Sequence[tuple[int, ...]]) -> list[int]:
    """The place of each of these, best first: 1, 2, 2, 4."""
    found: list[int] = []
    for number, key in enumerate(keys, 1):
        found.append(found[-1] if found and key == keys[number - 2] else number)
    return found
