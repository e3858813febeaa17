"""Who to contact next, why, and through which channel; and why somebody is not among them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible_to
from app.domain.scoring import pool_facts, ranked_pool
from app.domain.scoring.card import NextUp, Placement, Reachable
from app.domain.scoring.gate import Gate
from app.domain.scoring.ranked_pool import Listing, RankedPool
from app.domain.scoring.ranking import Ranked

__all__ = ["Listing", "NextUp", "Placement", "Reachable", "Upcoming"]

MOST_HOT = 3


@dataclass(frozen=True)
class Upcoming:
    """A person's list. `pool` counts everybody they look after.

    `waiting` counts those whom nothing keeps from being contacted and for whom something is due: a promise, an answer,
    something that they did since our last attempt, or the rhythm of their stage. `warm` are who keeps coming back and
    the warmest of the pool, also those who have to be left alone for now. `opens_at`: nobody should be contacted
    before; the list is of then.
    """

    rows: list[NextUp]
    pool: int
    warm: list[NextUp]
    opens_at: datetime | None
    zone: ZoneInfo
    listing: Listing
    count_waiting: Callable[[], int]

    @cached_property
    def waiting(self) -> int:
        """Counted when it is asked for: of a large pool it takes as long as the list itself."""
        return self.count_waiting()


def for_person(person: Person, now: datetime, k: int = 10, *, owner_id: int | None = None) -> Upcoming:
    """The k of a pool to contact next, at the first moment from now on that is a working hour.

    It is the person's own pool, or that of a colleague (`owner_id`) whose candidates they may see.
    """
    pool = ranked_pool.of_owner(owner_id or person.id, person.id, now, k)
    found = pool.cards([*pool.ranking.shown, *pool.warmest()], now)
    count = len(pool.ranking.shown)
    return Upcoming(
        rows=found[:count],
        pool=pool.ranking.pool_size,
        warm=found[count:],
        opens_at=pool.at if pool.at > now else None,
        zone=pool.calendar.zone,
        listing=pool.listing(),
        count_waiting=pool.waiting,
    )


def hot_for(person: Person, owner_id: int, since: datetime, now: datetime, most: int = MOST_HOT) -> list[NextUp]:
    """Of a pool, who did something after `since` that asks for a contact now, behind an open gate, newest first."""
    pool = ranked_pool.of_owner(owner_id, person.id, now, 0, pool_facts.triggered(owner_id, since))
    return pool.cards(pool.hot(since, most), now)


def card_of(
    person: Person, candidate_id: int, ranked: Ranked | None, now: datetime, met: NextUp | None = None
) -> NextUp:
    """One card with the figures that were frozen for it, and the gate, channels and score of now: `met`, when known.

    Without frozen figures it is why they stand where they stand now.
    """
    if ranked is None:
        return why_of(person, db.session.get_one(Candidate, candidate_id), now)
    if met is None:
        pool = ranked_pool.of_one(candidate_id, person.id, now)
        met = pool.cards([pool.ranking.why(candidate_id)], now)[0]
    return replace(met, ranked=replace(ranked, gate=met.ranked.gate))


def gate_now(person: Person, candidate_id: int, now: datetime) -> Gate | None:
    """Why this person may not contact a candidate at the first working hour from now on; None when they may."""
    return ranked_pool.of_one(candidate_id, person.id, now).ranking.why(candidate_id).gate


def why(person: Person, candidate_id: int, now: datetime, k: int = 10) -> NextUp | None:
    """Why a candidate is, or is not, on the list of their owner; None when this person may not see them.

    Without a gate and without a slot, others go first.
    """
    candidate = visible_to(person, candidate_id)
    return why_of(person, candidate, now, k) if candidate else None


def why_of(
    person: Person, candidate: Candidate, now: datetime, k: int = 10, reachable: Reachable | None = None
) -> NextUp:
    """The same for a candidate whom this person was found to see; `reachable` when a page has read it already."""
    if candidate.owner_id is None:
        return alone(person, candidate, now, reachable)
    pool = ranked_pool.of_owner(candidate.owner_id, person.id, now, k, [candidate.id])
    return _one_card(pool, candidate, now, reachable)


def alone(person: Person, candidate: Candidate, now: datetime, reachable: Reachable | None = None) -> NextUp:
    """Whether and how a candidate may be contacted, without their place among others."""
    return _one_card(ranked_pool.of_one(candidate.id, person.id, now), candidate, now, reachable)


def _one_card(pool: RankedPool, candidate: Candidate, now: datetime, reachable: Reachable | None) -> NextUp:
    known = {candidate.id: reachable} if reachable else None
    return pool.cards([pool.ranking.why(candidate.id)], now, known)[0]
