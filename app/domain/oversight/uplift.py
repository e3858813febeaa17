"""Uplift: by how much weeks with the game differ from weeks without it, with an interval; pure."""

from collections.abc import Sequence
from math import isfinite, sqrt
from statistics import fmean, variance
from typing import NamedTuple

FEWEST_WITH, FEWEST_WITHOUT = 4, 3
"""Fewer weeks than these say nothing: one holiday would decide."""
T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""The 97.5 % point of Student's t with 1 to 30 degrees of freedom (any table of it)."""
NORMAL_975 = 1.960


class Uplift(NamedTuple):
    """The mean week with and without, and the difference in percent of the week without, from `low` to `high`.

    The three are None where a week without has nothing of which they could be a part.
    """

    with_it: float
    without: float
    percent: float | None
    low: float | None
    high: float | None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out that nothing changed."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def uplift(with_it: Sequence[float], without: Sequence[float]) -> Uplift | None:
    """By Welch's interval of 95 % for the difference of two means; None of too few weeks.

    The week without is taken as it was, so the interval is that of the difference and not of the ratio.
    Source: B. L. Welch, "The generalization of Student's problem", Biometrika 34 (1947).
    """
    if len(with_it) < FEWEST_WITH or len(without) < FEWEST_WITHOUT:
        return None
    mean, base = fmean(with_it), fmean(without)
    if base <= 0:
        return Uplift(mean, base, None, None, None)
    parts = [variance(each) / len(each) for each in (with_it, without)]
    spread = sqrt(sum(parts)) * _t(_freedom(parts, (len(with_it), len(without))))
    percent, around = (mean - base) * 100 / base, spread * 100 / base
    return Uplift(mean, base, percent, percent - around, percent + around)


def _freedom(parts: Sequence[float], sizes: Sequence[int]) -> float:
    """The degrees of freedom by Welch and Satterthwaite; without any spread there are as many as one likes."""
    below = sum(part**2 / (size - 1) for part, size in zip(parts, sizes, strict=True))
    found = sum(parts) ** 2 / below if below else float("inf")
    return found if isfinite(found) else float("inf")


def _t(freedom: float) -> float:
    return NORMAL_975 if freedom > len(T_975) else T_975[max(int(freedom), 1) - 1]
