"""The team to praise: the one of which the largest part kept its follow-up blocks."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.oversight.window import FEWEST

PRAISED_FROM = 60
"""Of a hundred people of a team so many keep their block at least, where it is praised."""


class TeamShare(NamedTuple):
    """How many of a team kept a block, of those for whom there was one."""

    team: str
    kept: int
    expected: int


def best_team(teams: Sequence[TeamShare], *, named: bool) -> TeamShare | None:
    """The largest share, of equal ones that of the larger team; of fewer than five people nothing is told."""
    told = [each for each in teams if named or each.expected >= FEWEST]
    best = max(told, key=lambda each: (each.kept / each.expected, each.expected), default=None)
    return best if best and best.kept * 100 >= best.expected * PRAISED_FROM else None
