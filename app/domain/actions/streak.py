"""The streak: weeks in a row in which somebody kept their follow-up block, and the freezes that save a missed one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

NEEDED = 5
"""So many qualifying actions keep a block."""

EITHER_SIDE = timedelta(minutes=15)
"""What happened so shortly before or after a block was in it."""

GRACE = 12 * 60
"""Until so many minutes past midnight on the Monday after it a week is still open."""

A_FREEZE_PER = 4
MOST_FREEZES = 2
MILESTONES = (4, 8, 13, 26, 52)


class WeekState(StrEnum):
    """EXCUSED by leave, a holiday or a closure, at no cost; FROZEN: missed, and a freeze was used for it."""

    KEPT = "kept"
    EXCUSED = "excused"
    FROZEN = "frozen"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Run:
    """How a streak stands: weeks in a row, the freezes that are left, and the longest that it ever was."""

    weeks: int = 0
    freezes: int = 0
    best: int = 0

    def judge(self, actions: int | None) -> WeekState:
        """What becomes of the next week with so many qualifying actions; None: there was no block in it."""
        if actions is None:
            return WeekState.EXCUSED
        if actions >= NEEDED:
            return WeekState.KEPT
        return WeekState.FROZEN if self.freezes else WeekState.MISSED

    def then(self, state: WeekState) -> "Run":
        """How the streak stands after a week in this state."""
        if state is WeekState.KEPT:
            weeks = self.weeks + 1
            freezes = min(MOST_FREEZES, self.freezes + (weeks % A_FREEZE_PER == 0))
            return Run(weeks, freezes, max(self.best, weeks))
        if state is WeekState.FROZEN:
            return replace(self, freezes=self.freezes - 1)
        return self if state is WeekState.EXCUSED else Run(best=self.best)


def after(states: Iterable[WeekState]) -> Run:
    """How the streak stands after these weeks."""
    run = Run()
    for state in states:
        run = run.then(state)
    return run


def states(weeks: Iterable[int | None], run: Run = Run()) -> Iterator[WeekState]:
    """The state of each week, from its number of qualifying actions; `run`: how the streak stood before."""
    for actions in weeks:
        state = run.judge(actions)
        run = run.then(state)
        yield state


def next_milestone(weeks: int) -> int | None:
    """The milestone that comes after so many weeks; None when all were passed."""
    return next((milestone for milestone in MILESTONES if milestone > weeks), None)
