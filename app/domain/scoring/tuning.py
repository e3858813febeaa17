"""Which half-life fits: chosen on past occasions only, by how well the score then told who acted soon after."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

SHORTEST, LONGEST = 1.0, 365.0
STEPS, ROUNDS = 16, 2
TOP_SHARE = 0.1  # the twenty of a pool of two hundred
LEAST_OUTCOMES, LEAST_OF_EACH = 200, 40
MOST_OCCASIONS = 8
AS_GOOD = 0.001  # a difference in quality that the next weeks will not show


class Part(NamedTuple):
    """What one counted touchpoint was worth when it happened, `age` days before the occasion."""

    age: float
    points: float


class Case(NamedTuple):
    """Somebody who could act, with what counted for them at the occasion, and whether they did."""

    parts: tuple[Part, ...]
    acted: bool


class Quality(NamedTuple):
    """`auc`: how often who acted stood above who did not; `top`: the share of the best tenth that acted."""

    auc: float
    top: float

    @property
    def both(self) -> float:
        return (self.auc + self.top) / 2


@dataclass(frozen=True, eq=False)
class Occasion:
    """A moment at which people were ordered; from `known_at` (epoch seconds) on it is known who acted."""

    at: float
    known_at: float
    cases: Sequence[Case]
    judged: dict[float, Quality] = field(default_factory=dict)

    @property
    def acted(self) -> int:
        return sum(case.acted for case in self.cases)

    @property
    def tells(self) -> bool:
        """Whether anything can be learned: some acted and some did not."""
        return 0 < self.acted < len(self.cases)

    def quality(self, half_life_days: float) -> Quality:
        """How well the score tells them apart with this half-life; asked before, answered at once."""
        if half_life_days not in self.judged:
            self.judged[half_life_days] = quality(self.cases, half_life_days)
        return self.judged[half_life_days]


class Found(NamedTuple):
    """The half-life that fitted best, beside the one that is in use; `tried` in the order of their length."""

    days: float
    quality: Quality
    present_days: float
    present: Quality
    occasions: int
    acted: int
    outcomes: int
    tried: tuple[tuple[float, Quality], ...]


def quality(cases: Sequence[Case], half_life_days: float) -> Quality:
    """How well the score told these apart."""
    return told_apart((_worth(case.parts, half_life_days), case.acted) for case in cases)


def told_apart(scored: Iterable[tuple[float, bool]]) -> Quality:
    """Area under the ROC curve by ranks, and precision in the best tenth; equal scores share their places."""
    rows = sorted(scored, key=lambda row: row[0])
    runs = _runs(rows)
    acted = sum(each for _, each in runs)
    above = below = 0
    for size, positive in runs:
        above += positive * (2 * below + size - positive)
        below += size - positive
    return Quality(above / (2 * acted * below), _of_first(runs, max(1, round(TOP_SHARE * len(rows)))))


def of_first(scored: Iterable[tuple[float, bool]], most: int) -> float:
    """The share that acted of the `most` with the highest scores; equal scores share their places."""
    return _of_first(_runs(sorted(scored, key=lambda row: row[0])), most)


def _worth(parts: Iterable[Part], half_life_days: float) -> float:
    return sum(points * math.exp2(-age / half_life_days) for age, points in parts)


def _runs(rows: Sequence[tuple[float, bool]]) -> list[tuple[int, int]]:
    """Of each score, lowest first, how many have it and how many of those acted."""
    found: list[tuple[int, int]] = []
    before = None
    for score, acted in rows:
        size, positive = found.pop() if score == before else (0, 0)
        found.append((size + 1, positive + acted))
        before = score
    return found


def _of_first(runs: Sequence[tuple[int, int]], most: int) -> float:
    left, acted = most, 0.0
    for size, positive in reversed(runs):
        taken = min(left, size)
        acted += positive * taken / size
        left -= taken
        if not left:
            break
    return acted / most


def known_by(occasions: Iterable[Occasion], moment: float) -> list[Occasion]:
    """The newest occasions of which the outcome was known at a moment: all that a choice made then may look at."""
    known = [each for each in occasions if each.known_at <= moment and each.tells]
    return sorted(known, key=lambda each: each.at)[-MOST_OCCASIONS:]


def enough(occasions: Sequence[Occasion]) -> bool:
    """Whether there are outcomes enough to learn from."""
    outcomes, acted = sum(len(each.cases) for each in occasions), sum(each.acted for each in occasions)
    return outcomes >= LEAST_OUTCOMES and min(acted, outcomes - acted) >= LEAST_OF_EACH


def search(occasions: Sequence[Occasion], present_days: float) -> Found | None:
    """The half-life with the best quality on these occasions; nothing when there are too few outcomes.

    Of those that are as good as the best, the one nearest to the present: a change must be worth it.
    """
    if not enough(occasions):
        return None
    tried = {days: mean(occasions, days) for days in grid()}
    for _ in range(ROUNDS):
        tried |= {days: mean(occasions, days) for days in _between(tried) if days not in tried}
    present = mean(occasions, present_days)
    best = max(each.both for each in tried.values())
    good = [days for days, each in (tried | {present_days: present}).items() if each.both >= best - AS_GOOD]
    days = min(good, key=lambda each: abs(math.log(each / present_days)))
    acted, outcomes = sum(each.acted for each in occasions), sum(len(each.cases) for each in occasions)
    chosen = tried.get(days, present)
    return Found(days, chosen, present_days, present, len(occasions), acted, outcomes, tuple(sorted(tried.items())))


def mean(occasions: Sequence[Occasion], half_life_days: float) -> Quality:
    """The quality on an occasion, each weighing the same."""
    return average([occasion.quality(half_life_days) for occasion in occasions])


def average(found: Sequence[Quality]) -> Quality:
    """Of some qualities, each weighing the same."""
    return Quality(sum(each.auc for each in found) / len(found), sum(each.top for each in found) / len(found))


@cache
def grid() -> tuple[float, ...]:
    """Half-lives from a day to a year, each the same factor longer than the one before."""
    factor = (LONGEST / SHORTEST) ** (1 / (STEPS - 1))
    return tuple(_rounded(SHORTEST * factor**step) for step in range(STEPS))


def _between(tried: dict[float, Quality]) -> list[float]:
    """The half-lives halfway between the best one and its neighbours."""
    days = sorted(tried)
    at = max(range(len(days)), key=lambda number: tried[days[number]].both)
    near = days[max(at - 1, 0) : at + 2]
    return [_rounded(math.sqrt(low * high)) for low, high in pairwise(near)]


def _rounded(days: float) -> float:
    """To three figures: nobody can tell 33 days from 33.04."""
    return float(f"{days:.3g}")
