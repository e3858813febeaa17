"""Pairs: who meets whom, head to head or round after round."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from app.clock import Period

SIZES = (4, 8, 16)
WEEK = timedelta(weeks=1)
Key = tuple[int, ...]


class Pair(NamedTuple):
    """Two who meet, the higher seat first; None: nobody, and the other goes on."""

    first: int | None
    second: int | None


def pairs(seated: Sequence[int], gone: Collection[int] = ()) -> list[Pair]:
    """Neighbours meet; the last of an odd number meets nobody, and neither does who would meet somebody who is gone."""
    row: list[int | None] = [*seated, *[None] * (len(seated) % 2)]
    met = [present(Pair(row[at], row[at + 1]), gone) for at in range(0, len(row), 2)]
    return [Pair(*sorted(pair, key=lambda person: person is None)) for pair in met if pair != Pair(None, None)]


def first_round(seated: Sequence[int]) -> list[Pair]:
    """The first meets the last, so that the two best can meet in the final only; empty seats let somebody through.

    Raises:
        ValueError: there are more people than seats.
    """
    if len(seated) > SIZES[-1]:
        raise ValueError(len(seated))
    size = next(size for size in SIZES if size >= len(seated))
    order = [0]
    while len(order) < size:
        order = [seat for each in order for seat in (each, 2 * len(order) - 1 - each)]
    row = [*seated, *[None] * (size - len(seated))]
    return [Pair(row[order[at]], row[order[at + 1]]) for at in range(0, size, 2)]


def winner(pair: Pair, keys: Mapping[int, Key]) -> int | None:
    """Who has the higher key; at a tie, and when both have none, the higher seat."""
    if pair.first is None or pair.second is None:
        return pair.first if pair.second is None else pair.second
    return pair.second if keys.get(pair.second, ()) > keys.get(pair.first, ()) else pair.first


def nobody(_round: int) -> Collection[int]:
    """In no round is anybody gone."""
    return ()


def rounds(
    first: Sequence[Pair],
    scores: Callable[[int], Mapping[int, Key]],
    played: int,
    gone: Callable[[int], Collection[int]] = nobody,
) -> list[list[Pair]]:
    """The rounds from the first on, as far as those before them were played.

    `scores` gives a round's keys, `gone` who was not there to the end of it: whoever meets them goes on.
    """
    found = [list(first)]
    while len(found) <= played and len(found[-1]) > 1:
        keys, left = scores(len(found) - 1), gone(len(found) - 1)
        won = [winner(present(pair, left), keys) for pair in found[-1]]
        found.append([Pair(won[at], won[at + 1]) for at in range(0, len(won), 2)])
    return found


def present(pair: Pair, gone: Collection[int]) -> Pair:
    """A pair without those who are gone."""
    return Pair(*(None if person in gone else person for person in pair))


def week_of(dates: Period, today: date) -> int:
    """Which of its weeks a day is in, from nought; after the last day it is the last one."""
    spans = weeks(dates)
    return next((at for at, span in enumerate(spans) if today < span.end), len(spans) - 1)


def weeks(dates: Period) -> list[Period]:
    """The rounds of a competition: a week each from its first day, the last one to its last day."""
    found = []
    start = dates.start
    while start < dates.end:
        found.append(Period(start, min(start + WEEK, dates.end)))
        start += WEEK
    return found
