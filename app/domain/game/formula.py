"""The fair score and the order of equals as SQL: on both engines the same whole numbers as in `fairness`."""

from typing import NamedTuple

from app.domain.game.fairness import HUNDREDTHS, PADDING

COUNTED = ("points", "actions", "verified", "helped", "worked_days")
WEIGHED = ("standard_days", "available_days", "head_start", "hidden", "sort_key", "tie_key")
UNKNOWN = ("0", "0", "0", "FALSE", "0", "0")
"""A new row, before it is known what it is weighed by."""


class Days(NamedTuple):
    """Where the statement finds what the points are weighed by."""

    standard: str = "standing.standard_days"
    available: str = "standing.available_days"
    head_start: str = "standing.head_start"
    hidden: str = "standing.hidden"


KEPT = Days()


def score(points: str, days: Days = KEPT) -> str:
    """`fairness.person_score` and `fairness.team_score`, by the row's scope."""
    earned = f"(CAST({points} AS BIGINT) * {HUNDREDTHS} + {days.head_start})"
    person = f"{earned} * ({days.standard} + {PADDING}) / ({days.available} + {PADDING})"
    return (
        f"CASE WHEN {points} <= 0 OR {earned} <= 0 OR {days.hidden} THEN 0 WHEN standing.scope = 'person' THEN {person}"
        f" WHEN {days.available} <= 0 THEN 0 ELSE {earned} * {days.standard} / {days.available} END"
    )


def tie(helped: str, verified: str, actions: str, days: Days = KEPT) -> str:
    """`fairness.tie_key`."""
    per_day = f"CAST({helped} AS BIGINT) * 1000 / {_at_least_one(days.available)}"
    share = f"CAST({verified} AS BIGINT) * 1000 / {_at_least_one(actions)}"
    return f"{_at_most(per_day, 999_999)} * 1001 + {_at_most(share, 1000)}"


def _at_least_one(number: str) -> str:
    return f"(CASE WHEN {number} > 1 THEN {number} ELSE 1 END)"


def _at_most(number: str, most: int) -> str:
    return f"(CASE WHEN {number} > {most} THEN {most} ELSE {number} END)"
