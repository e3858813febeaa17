"""How far an application came, from the steps that a candidate was seen to take; in whatever order they were heard."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

STARTED = "application_started"
COMPLETED = "application_completed"
APPLYING = frozenset({STARTED, COMPLETED})


class Step(NamedTuple):
    """One touchpoint that belongs to a vacancy; `where` is the part of the form, if it was told."""

    at: datetime
    kind: str
    where: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether it shows somebody filling the form in: only looking at the vacancy again does not."""
        return self.kind in APPLYING or bool(self.where)


class Progress(NamedTuple):
    """What the steps add up to; `resumed_at` is the first step forward after a stop."""

    started_at: datetime
    completed_at: datetime | None
    active_at: datetime
    where: str
    resumed_at: datetime | None


def progress(
    steps: Collection[Step], *, after: datetime | None = None, stopped_at: datetime | None = None
) -> Progress | None:
    """Add up the steps taken after a moment; None when nobody began or completed anything in them."""
    counted = [step for step in steps if after is None or step.at > after]
    begun = [step.at for step in counted if step.kind in APPLYING]
    if not begun:
        return None
    started_at = min(begun)
    mine = [step for step in counted if step.at >= started_at]
    return Progress(
        started_at=started_at,
        completed_at=min((step.at for step in mine if step.kind == COMPLETED), default=None),
        active_at=max(step.at for step in mine),
        where=max(((step.at, step.where) for step in mine if step.where), default=(started_at, ""))[1],
        resumed_at=min((s.at for s in mine if stopped_at and s.at > stopped_at and s.goes_on), default=None),
    )
