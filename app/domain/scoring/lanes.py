"""A surveyed pool in lanes: who is due at once, the others, and who is warm; without those behind a gate."""

import math
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop
from typing import NamedTuple

from app.domain.scoring import engagement, survey
from app.domain.scoring.priority import Moment
from app.domain.scoring.survey import Survey, Surveyed

SHUT = survey.REFUSED | survey.SHUT
PRESSING = survey.WORD | survey.TRIGGER


class Lanes(NamedTuple):
    """Who stands behind no gate that the survey knows: those who are due at once, and the others; and who is warm.

    The first mostly come first: with them known few of the others need a bound.
    """

    pressing: list[Surveyed]
    others: list[Surveyed]
    warm: list[tuple[bool, float, int]]

    def longest(self) -> Iterator[tuple[bool, float, int]]:
        """Who waits longest first: those who were never contacted, by their registration, and then the others."""
        for never in (survey.NEVER, 0):
            waiting = [
                (not never, since, who)
                for lane in (self.pressing, self.others)
                for who, _tau, since, _lag, flags in lane
                if flags & survey.NEVER == never
            ]
            heapify(waiting)
            while waiting:
                yield heappop(waiting)


def lanes_of(pool: Survey, moment: Moment, half_life: float) -> Lanes:
    closed = shut_among(pool.rows)
    open_rows = [row for row in pool.rows if row[4] not in closed]
    return Lanes(
        [row for row in open_rows if row[4] & PRESSING],
        [row for row in open_rows if not row[4] & PRESSING],
        _warm(pool, moment, half_life),
    )


def _warm(pool: Survey, moment: Moment, half_life: float) -> list[tuple[bool, float, int]]:
    """Whoever keeps coming back or is warm, unless they asked to be left alone for good."""
    warm = engagement.WARM * moment.model.s50 / (100 - engagement.WARM)
    least = moment.now + half_life * math.log2(warm)
    return [
        (bool(flags & survey.BACK), -math.inf if tau is None else tau, who)
        for who, tau, _since, _lag, flags in pool.rows
        if ((tau is not None and tau >= least) or flags & survey.BACK) and not flags & survey.REFUSED
    ]


def shut_among(rows: Iterable[Surveyed]) -> frozenset[int]:
    """Of the flags that occur, those with which a gate is closed, whatever else we would learn."""
    flags = {row[4] for row in rows}
    return frozenset(each for each in flags if each & SHUT or each & (survey.TRIED | survey.WORD) == survey.TRIED)
