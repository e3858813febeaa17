"""The fair score: points weighed by the days that somebody could work, in whole hundredths of a point.

score = (points + 2m) * (standard + 2) / (available + 2), where m is what an available day was worth before the board
began: a plain division would make a score of one good day five times as high, and this keeps the chance to win of
people who work as well and not as many days.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

HUNDREDTHS = 100
PADDING = 2
SMALLEST_TEAM = 3
PRESET_AVERAGE = 4000
"""Hundredths of a point per available day when there is no past: five conversations and five attempts a week."""


class Weight(NamedTuple):
    """What points are weighed by: days that somebody full-time and this person could work; hundredths to begin with.

    From the head start is taken what was earned on days that do not count.
    """

    standard_days: int
    available_days: int
    head_start: int = 0


UNWEIGHED = Weight(1, 1)
"""On a board without an end, or in a week in which nobody works, there are no days to count: points are points."""


def head_start(average: int) -> int:
    """What everybody begins with, from the hundredths that an available day is worth."""
    return PADDING * average


def own_days(contract_days: int, worked_days: int) -> int:
    """The days by which somebody is weighed: those of the contract, and without any the one on which they worked."""
    return contract_days or min(worked_days, 1)


def left_out(points: int, by_day: Collection[int], days: int) -> int:
    """What was earned on the lowest of these days, beyond the best ones: as many as somebody is weighed by.

    It is the least rule by which nothing that is logged can ever lower a score.
    """
    beyond = max(len(by_day) - days, 0)
    return max(0, min(sum(sorted(by_day)[:beyond]), points))


def before_it_counts(by_day: Mapping[date, int], days: int, today: date) -> int:
    """The points that today must bring before it is among the best days; 0 when it is, or a day is free."""
    others = sorted((points for day, points in by_day.items() if day != today), reverse=True)
    return max(0, others[days - 1] - by_day.get(today, 0)) if 0 < days <= len(others) else 0


def person_score(points: int, weight: Weight, *, hidden: bool = False) -> int:
    """Hundredths; 0 for whoever has no points or does not want to be compared."""
    if points <= 0 or hidden:
        return 0
    earned = max(0, HUNDREDTHS * points + weight.head_start)
    return earned * (weight.standard_days + PADDING) // (weight.available_days + PADDING)


def team_score(points: int, weight: Weight) -> int:
    """Hundredths; 0 for a team without points, or with too few members who could work (then it has no days)."""
    if points <= 0 or weight.available_days <= 0:
        return 0
    earned = max(0, HUNDREDTHS * points + weight.head_start)
    return earned * weight.standard_days // weight.available_days


def points_for(score: int, weight: Weight) -> int:
    """The fewest points with which somebody has at least this score."""
    earned = -(-score * (weight.available_days + PADDING) // (weight.standard_days + PADDING))
    return max(1, -(-(earned - weight.head_start) // HUNDREDTHS))


def team_points_for(score: int, weight: Weight) -> int:
    """The fewest points with which a team has at least this score."""
    earned = -(-score * weight.available_days // max(weight.standard_days, 1))
    return max(1, -(-(earned - weight.head_start) // HUNDREDTHS))


def tie_key(helped: int, available_days: int, verified: int, actions: int) -> int:
    """Orders equals: candidates helped per available day, then the share of actions with proof."""
    per_day = min(1000 * helped // max(available_days, 1), 999_999)
    return per_day * 1001 + min(1000 * verified // max(actions, 1), 1000)
