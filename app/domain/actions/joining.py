"""A visitor who turns out to be a candidate: what waited of them becomes theirs, whichever was heard of first."""

from collections.abc import Mapping
from datetime import datetime

from app import clock
from app.domain.actions.arriving import take_followed
from app.domain.actions.response import MOST
from app.domain.candidates import contact_state
from app.domain.journey import visit, visitor
from app.domain.journey.touchpoint import Hit
from app.domain.journey.visit import Waiting

NEWS = clock.DAY
"""What a visitor did longer ago than this is nobody's news when they turn out to be a candidate."""


def join(joined: Mapping[str, int], behind: Mapping[str, int], source_id: int, now: datetime) -> int:
    """Remember who sits behind browsers from now on; what waited goes to who did until then, five hundred at most.

    The rest follows by `catch_up`. Answers how many came in.
    """
    if not joined:
        return 0
    visitor.join({key: behind[key] for key in joined}, source_id, now)
    return _take(joined, now)


def catch_up(now: datetime) -> int:
    """Take in what still waits of visitors who were introduced; answers how many."""
    behind = visitor.behind(visit.left_behind(MOST))
    contact_state.hold_many(set(behind.values()))  # before their visits, which go with whoever is forgotten
    return _take(behind, now)


def _take(whose: Mapping[str, int], now: datetime) -> int:
    hits: list[Hit] = []
    for key in sorted(whose):
        if len(hits) < MOST:
            hits += [_hit(each, whose[key]) for each in visit.take(key, MOST - len(hits))]
    for silent in (True, False):
        take_followed([hit for hit in hits if (hit.occurred_at < now - NEWS) == silent], now, silent=silent)
    return len(hits)


def _hit(waited: Waiting, candidate_id: int) -> Hit:
    return Hit(
        candidate_id,
        waited.kind,
        waited.occurred_at,
        f"source:{waited.source_id}",
        waited.external_id,
        verdict=waited.verdict,
        payload=waited.payload,
        vacancy=waited.vacancy,
    )
