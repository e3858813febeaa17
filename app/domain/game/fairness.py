"""The fair score: points weighed by the days that somebody could work, in whole hundredths of a point.

score = (points + 2m) * (standard + 2) / (available + 2), where m is what an available day was worth before the board
began: a plain division would make a score of one good day five times as high, and this keeps the chance to win of
people who work as well and not as many days.
"""

from typing import NamedTuple

HUNDREDTHS = 100
PADDING = 2
SMALLEST_TEAM = 3
PRESET_AVERAGE = 4000
"""Hundredths of a point per available day when there is no past: five conversations and five attempts a week."""


class Weight(NamedTuple):
    """What points are weighed by: days that somebody full-time and this person could work; hundredths to begin with."""

    standard_days: int
    available_days: int
    head_start: int = 0


UNWEIGHED = Weight(1, 1)
"""On a board without an end there are no days to count: points are points."""


def head_start(average: int) -> int:
    """What everybody begins with, from the hundredths that an available day is worth."""
    return PADDING * average


def person_score(points: int, weight: Weight, *, hidden: bool = False) -> int:
    """Hundredths; 0 for whoever has no points or does not want to be compared."""
    if points <= 0 or hidden:
        return 0
    earned = HUNDREDTHS * points + weight.head_start
    return earned * (weight.standard_days + PADDING) // (weight.available_days + PADDING)


def team_score(points: int, weight: Weight) -> int:
    """Hundredths; 0 for a team without points, or with too few members who could work (then it has no days)."""
    if points <= 0 or weight.available_days <= 0:
        return 0
    return HUNDREDTHS * points * weight.standard_days // weight.available_days


def points_for(score: int, weight: Weight) -> int:
    """The fewest points with which somebody has at least this score."""
    earned = -(-score * (weight.available_days + PADDING) // (weight.standard_days + PADDING))
    return max(1, -(-(earned - weight.head_start) // HUNDREDTHS))


def team_points_for(score: int, weight: Weight) -> int:
    """The fewest points with which a team has at least this score."""
    return max(1, -(-score * weight.available_days // (HUNDREDTHS * max(weight.standard_days, 1))))


def tie_key(helped: int, available_days: int, verified: int, actions: int) -> int:
    """Orders equals: candidates helped per available day, then the share of actions with proof."""
    per_day = min(1000 * helped // max(available_days, 1), 999_999)
    return per_day * 1001 + min(1000 * verified // max(actions, 1), 1000)
