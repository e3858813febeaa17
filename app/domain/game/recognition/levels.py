"""Levels: how far somebody has come, by the square root of the points of a lifetime, so that each takes longer."""

from dataclasses import dataclass
from math import isqrt

FIRST = 500
"""So many points lead from the first level to the second."""


@dataclass(frozen=True, slots=True)
class Level:
    """`since` is what the level asks for, `next` what the one after it does, in points."""

    number: int
    points: int
    since: int
    next: int

    @property
    def missing(self) -> int:
        return self.next - self.points


def number_at(points: int) -> int:
    """1 + floor(sqrt(points / 500)); whoever has fewer points than none is at the first."""
    return 1 + isqrt(max(0, points) // FIRST)


def points_for(number: int) -> int:
    """What a level asks for."""
    return FIRST * (number - 1) ** 2


def level_at(points: int) -> Level:
    """The level of somebody with so many points, and how far the next one is."""
    number = number_at(points)
    return Level(number, points, points_for(number), points_for(number + 1))
