"""Whose turn it is with a recruiter of the demo agency: whoever waited longest for their rhythm, but for a few."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.demo.pool import Somebody
from app.domain.scoring import rhythm

DAY = timedelta(days=1)
BEHIND = 24 * DAY
"""How long it takes, from the beginning, until everybody who was there then has had a turn."""
EARLY, LATEST = 0.7, 0.97
"""The next contact comes after so much of the rhythm."""
FORGOTTEN = (0.0, 0.04)
"""Of each pool so many are contacted once and then forgotten."""
BY_CHANCE = 0.08
"""So many contacts are with somebody who happened to ring."""
Days = dict[str, timedelta]


def rhythms() -> Days:
    """Within how long somebody in each stage is to be contacted."""
    return {stage: timedelta(days=cadence.days) for stage, cadence in rhythm.by_stage().items()}


class Turns:
    """The pool of one recruiter, in the order in which its people are due; ask for moments one after the other."""

    def __init__(self, own: Sequence[Somebody], within: Days, began: datetime, rng: random.Random) -> None:
        """`began`: when the agency first worked by a rhythm."""
        self._rng, self._within = rng, within
        share = rng.uniform(*FORGOTTEN)
        self._forgotten = {one.id for one in own if one.registered_at < began and rng.random() < share}
        self._due = {one: max(one.registered_at + DAY / 4, began + BEHIND * rng.random()) for one in own}

    def next(self, at: datetime) -> int | None:
        """Who is contacted then; None as long as there is nobody."""
        here = [one for one in self._due if one.registered_at < at]
        if not here:
            return None
        found = min(here, key=self._due.__getitem__)
        if self._rng.random() < BY_CHANCE:
            found = self._rng.choice(here)
        if found.id in self._forgotten:
            del self._due[found]
        else:
            self._due[found] = at + self._within[found.stage] * self._rng.uniform(EARLY, LATEST)
        return found.id
