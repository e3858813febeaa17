"""The funnel: how many candidates are in each stage, how they are looked after, and how many went on."""

from typing import NamedTuple

from app.domain.candidates.candidate import Stage
from app.domain.oversight.window import Value, Window, went_on


class StageFigures(NamedTuple):
    """`unowned`: nobody looks after them. The owned whose first cadence is not over are neither on time nor late.

    `went_on` in percent, as well in the period before; None where nobody could.
    """

    stage: Stage
    candidates: int = 0
    unowned: int = 0
    on_time: int = 0
    late: int = 0
    went_on: Value = None
    went_on_before: Value = None


def funnel(now: Window, before: Window) -> list[StageFigures]:
    """Every stage in the order of the journey."""
    return [_stage(stage, now, before) for stage in Stage]


def _stage(stage: Stage, now: Window, before: Window) -> StageFigures:
    standing = now.standing or {}
    numbers = {name: int(standing.get(f"{name}:{stage}", 0)) for name in ("candidates", "unowned", "on_time", "late")}
    return StageFigures(stage, **numbers, went_on=went_on(now, stage), went_on_before=went_on(before, stage))
