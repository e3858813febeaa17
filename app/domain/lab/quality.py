"""How well an order of people told who answered: area under the curve, precision and lift, each with its interval."""

import math
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.scoring import tuning

SURE = 1.96
"""So many standard errors on either side hold the truth 19 times of 20."""
DRAWS, SEED = 400, 2026
BANDS = 5
Scores = Sequence[float]


class Estimate(NamedTuple):
    """A figure, and between what it lies 19 times of 20."""

    value: float
    low: float
    high: float


class Window(NamedTuple):
    """Contacts (the numbers of their cases) of which somebody had time for `capacity` at once."""

    cases: Sequence[int]
    capacity: int


class Precision(NamedTuple):
    """The share that answered of those who would have come first, and how many times that of a random slot."""

    share: Estimate
    lift: Estimate


class Band(NamedTuple):
    """Those with a score from `low` to `high`: the share that was to be expected to answer, and how many did."""

    low: float
    high: float
    expected: float
    cases: int
    answered: int


class Curve(NamedTuple):
    """An area under the curve, with what every case adds to it (DeLong and others, Biometrics 44, 1988)."""

    auc: float
    of_answered: Sequence[float]
    of_silent: Sequence[float]

    @property
    def estimate(self) -> Estimate:
        error = math.sqrt(_variance(self.of_answered) + _variance(self.of_silent))
        return _estimate(self.auc, error)

    def better_than(self, other: "Curve") -> Estimate:
        """By how much, on the same cases: what the two have in common is no difference."""
        answered = [a - b for a, b in zip(self.of_answered, other.of_answered, strict=True)]
        silent = [a - b for a, b in zip(self.of_silent, other.of_silent, strict=True)]
        return _estimate(self.auc - other.auc, math.sqrt(_variance(answered) + _variance(silent)))


def curve(scores: Scores, answered: Sequence[bool]) -> Curve:
    """Equal scores share their places; there must be some who answered and some who did not."""
    loud = sorted(score for score, did in zip(scores, answered, strict=True) if did)
    silent = sorted(score for score, did in zip(scores, answered, strict=True) if not did)
    rows = list(zip(scores, answered, strict=True))
    of_answered = [_below(silent, score) for score, did in rows if did]
    of_silent = [1 - _below(loud, score) for score, did in rows if not did]
    return Curve(tuning.told_apart(rows).auc, of_answered, of_silent)


def without_meaning(answered: int, silent: int) -> float:
    """The AUC below which a score without meaning stays, 39 times of 40.

    Half, and twice the standard error of the rank sum (Mann and Whitney, 1947).
    """
    return 0.5 + 2 * math.sqrt((answered + silent + 1) / (12 * answered * silent))


def _below(others: Sequence[float], score: float) -> float:
    """The share of others with a lower score; equals count half."""
    return (bisect_left(others, score) + bisect_right(others, score)) / 2 / len(others)


def _variance(values: Sequence[float]) -> float:
    """Of their mean."""
    middle = sum(values) / len(values)
    return sum((value - middle) ** 2 for value in values) / max(len(values) - 1, 1) / len(values)


def _estimate(value: float, error: float) -> Estimate:
    return Estimate(value, value - SURE * error, value + SURE * error)


def precision(scores: Scores, answered: Sequence[bool], windows: Sequence[Window]) -> Precision | None:
    """Of windows in which there was more to choose from than time; None where there are none.

    Windows are drawn again and again, because contacts of one week of one person are alike.
    """
    parts = [_in_window(scores, answered, window) for window in windows if len(window.cases) > window.capacity]
    if not parts or not sum(by_chance for _, by_chance, _ in parts):
        return None
    dice = random.Random(SEED)  # noqa: S311 - an interval is no secret
    drawn = sorted(_ratios(dice.choices(parts, k=len(parts))) for _ in range(DRAWS))
    lifts = sorted(lift for _, lift in drawn)
    share, lift = _ratios(parts)
    return Precision(_around(share, [share for share, _ in drawn]), _around(lift, lifts))


def _in_window(scores: Scores, answered: Sequence[bool], window: Window) -> tuple[float, float, int]:
    """How many of those who come first answered, how many by chance would have, and how many there was time for."""
    rows = [(scores[case], answered[case]) for case in window.cases]
    hits = window.capacity * tuning.of_first(rows, window.capacity)
    chance = sum(answered[case] for case in window.cases) * window.capacity / len(window.cases)
    return hits, chance, window.capacity


def _ratios(parts: Iterable[tuple[float, float, int]]) -> tuple[float, float]:
    hits, chance, capacity = (sum(column) for column in zip(*parts, strict=True))
    return hits / capacity, hits / chance if chance else 1.0


def _around(value: float, drawn: Sequence[float]) -> Estimate:
    at = round(0.025 * (len(drawn) - 1))
    return Estimate(value, drawn[at], drawn[-1 - at])


def by_chance(answered: Sequence[bool], windows: Sequence[Window]) -> Precision | None:
    """What a random slot gives."""
    return precision([0.0] * len(answered), answered, windows)


def calibration(older: Sequence[tuple[float, bool]], newest: Sequence[tuple[float, bool]]) -> list[Band]:
    """In bands that hold as many of the older contacts each: what they did, and what the newest did."""
    if len(older) < BANDS:
        return []
    ordered = sorted(score for score, _ in older)
    inner = [ordered[len(ordered) * number // BANDS] for number in range(1, BANDS)]
    edges = [ordered[0], *dict.fromkeys(inner), max(ordered[-1], *(score for score, _ in newest))]
    found = []
    for number in range(len(edges) - 1):
        last = number == len(edges) - 2
        low, high = edges[number], edges[number + 1]
        before, after = (
            [did for score, did in rows if _inside(score, number, low, high, last=last)] for rows in (older, newest)
        )
        if before:
            found.append(Band(low, high, sum(before) / len(before), len(after), sum(after)))
    return found


def _inside(score: float, number: int, low: float, high: float, *, last: bool) -> bool:
    return (number == 0 or score >= low) and (last or score < high)
