"""The few of a pool who could be shown, found exactly: in the order of an upper bound, until nobody could be higher.

This is the threshold algorithm: a bound is never below the priority itself, so that once the last one shown has at
least the next bound, everybody who was not asked about stands behind them.
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import heapify, heappop, nlargest, nsmallest
from itertools import islice
from typing import NamedTuple

from app.domain.scoring import engagement, survey
from app.domain.scoring.gate import MOST_UNANSWERED
from app.domain.scoring.lanes import Lanes, lanes_of
from app.domain.scoring.pool_facts import PoolFacts
from app.domain.scoring.priority import PATIENT, SMALLEST_POOL, Moment
from app.domain.scoring.ranking import LONGEST_SHARE, Ranking, rank_part
from app.domain.scoring.situation import Situation
from app.domain.scoring.survey import Survey, Surveyed

ROUNDING = 8
"""Hundredths by which the rounding of the components together may exceed the bound."""
MOST_BY_SCORE, MOST_BESIDE = 5000, 3500 + ROUNDING
"""In hundredths what engagement and fresh interest come to at most, and all the rest where nothing is due."""
BATCH = 24
FEW = 1_000
WARMEST = 3

Fetch = Callable[[Sequence[int]], PoolFacts]


class Wanted(NamedTuple):
    """How the pool is ranked, and who is asked about in any case."""

    moment: Moment
    half_life: float
    usual: float | None
    seed: int
    k: int
    also: Collection[int] = ()


class Found(NamedTuple):
    """Everybody who was asked about; the ranking shows whom it would show if it had asked about everybody."""

    facts: PoolFacts
    ranking: Ranking


class _Asked:
    """Whom we asked about, and how they rank in the pool."""

    def __init__(self, fetch: Fetch, pool: Survey, wanted: Wanted) -> None:
        self.fetch, self.pool, self.wanted = fetch, pool, wanted
        self.facts = PoolFacts([], {}, frozenset(), frozenset())
        self.known: dict[int, Situation] = {}
        self.ranked: Ranking | None = None

    def ask(self, ids: Iterable[int]) -> list[Situation]:
        """Their situations; the database is asked about those only of whom we do not know them."""
        wanted = list(dict.fromkeys(ids))
        if new := [each for each in wanted if each not in self.known]:
            self._learn(self.fetch(new))
        return [self.known[each] for each in wanted if each in self.known]

    def _learn(self, found: PoolFacts) -> None:
        before, self.ranked = self.facts, None
        self.known |= {int(one.candidate_id): one for one in found.situations}
        self.facts = PoolFacts(
            before.situations + found.situations,
            before.taus | found.taus,
            before.fans | found.fans,
            before.coming_back | found.coming_back,
        )

    @property
    def ranking(self) -> Ranking:
        if self.ranked is None:
            wanted = self.wanted
            self.ranked = rank_part(self.facts.situations, wanted.moment, self.pool.lags, wanted.k, seed=wanted.seed)
        return self.ranked

    @property
    def least(self) -> float:
        """What it takes to be ranked; anything while there is room."""
        ranked = [one.priority for one in self.ranking.shown if one.slot == "ranked"]
        return ranked[-1] if len(ranked) == _ranked_of(self.wanted.k) else -math.inf


def of(pool: Survey, wanted: Wanted, fetch: Fetch) -> Found:
    """Ask about as few as possible; of a small pool the bounds of everybody are known at once."""
    asked, lanes = _Asked(fetch, pool, wanted), lanes_of(pool, wanted.moment, wanted.half_life)
    is_small = len(lanes.pressing) + len(lanes.others) <= FEW
    bounds = _bounds(lanes.pressing + lanes.others if is_small else lanes.pressing, pool, wanted, -math.inf)
    waiting = lanes.longest()
    longest = list(islice(waiting, 2 * (wanted.k - _ranked_of(wanted.k))))
    first = [who for *_, who in longest] + [who for *_, who in nlargest(WARMEST, lanes.warm)]
    asked.ask([*wanted.also, *first, *(who for _, who in nsmallest(_at_once(wanted.k), bounds))])
    _warmest(asked, lanes)
    if wanted.k:
        _highest(asked, bounds)
        if not is_small:
            _highest(asked, _bounds(_warm_enough(lanes.others, wanted, asked.least), pool, wanted, asked.least))
        _longest(asked, waiting)
    return Found(asked.facts, asked.ranking)


def _ranked_of(k: int) -> int:
    """How many of a list are ranked; the others wait longest."""
    return k - math.floor(k * LONGEST_SHARE + 1e-9)


def _at_once(k: int) -> int:
    """How many of those with the highest bounds to ask about first: a question costs more than a few candidates."""
    return k + BATCH // 3 if k else 0


def _highest(asked: _Asked, bounds: list[tuple[float, int]]) -> None:
    """Ask until as many as are ranked stand at or above the next bound."""
    size = _at_once(asked.wanted.k)
    while batch := _next(bounds, size, asked.least):
        asked.ask(batch)
        size = max(2 * size, BATCH)


def _next(bounds: list[tuple[float, int]], size: int, least: float) -> list[int]:
    """Who comes next in the order of the bounds, of those whose bound reaches `least`."""
    batch: list[int] = []
    while bounds and len(batch) < size and -bounds[0][0] >= least:
        batch.append(heappop(bounds)[1])
    return batch


def _warm_enough(rows: list[Surveyed], wanted: Wanted, least: float) -> list[Surveyed]:
    """Of those for whom nothing is due, whose score could lift them so high: of a large pool few, or nobody."""
    missing = least - MOST_BESIDE
    if missing <= 0:
        return rows
    if missing >= MOST_BY_SCORE:
        return []
    s50 = wanted.moment.model.s50
    warmth = wanted.moment.now + wanted.half_life * math.log2(missing * s50 / 2 / (MOST_BY_SCORE - missing))
    return [row for row in rows if row[1] is not None and row[1] >= warmth - 1]


def _bounds(rows: list[Surveyed], pool: Survey, wanted: Wanted, least: float) -> list[tuple[float, int]]:
    """A heap of those whose bound reaches `least`, the highest first."""
    now, s50, patient, half_life = wanted.moment.now, wanted.moment.model.s50, pool.patient, wanted.half_life
    oldest = now - engagement.FRESH.total_seconds() - half_life
    beyond = len(pool.lags) - 1
    most = {flags: _most_of(flags, wanted.usual) + ROUNDING for flags in {row[4] for row in rows}}
    found = []
    for who, tau, _since, waits, flags in rows:
        bound = most[flags]
        if tau is not None:
            score = math.exp2(max(-700.0, min(700.0, (tau - now) / half_life)))
            bound += 4000 * score / (score + s50)
            if tau > oldest:
                bound += 1000 * score / (score + s50 / 2)
        if waits > 0.7:  # noqa: PLR2004 - where the cadence begins to count
            bound += 1000 * min(1.0, (waits - 0.7) / 0.6)
            if waits >= 1 and waits > patient and beyond >= SMALLEST_POOL - 1:
                bound += 1500 * min(1.0, max(0.0, (pool.lower(waits) / beyond - PATIENT) / (1 - PATIENT)))
        if bound >= least:
            found.append((-bound, who))
    heapify(found)
    return found


def _most_of(flags: int, usual: float | None) -> float:
    """What the flags add at most: our word, a trigger, reach, and an end that comes near; less what went unanswered."""
    most = -1000 * (flags // survey.FATIGUE) / MOST_UNANSWERED
    if flags & survey.ENDS:
        most += 500
    if flags & survey.WORD:
        most += 6000
    if flags & survey.TRIGGER:
        most += 2500
    return most if usual is None or flags & survey.NEVER else most + 500


def _longest(asked: _Asked, waiting: Iterator[tuple[bool, float, int]]) -> None:
    """Ask until nobody who was not asked about waits longer than the last who is shown for that."""
    while following := next(waiting, None):
        last = _last_of_longest(asked.ranking, asked.wanted.k)
        if last is not None and following[:2] > last:
            return
        asked.ask([following[2], *(who for *_, who in islice(waiting, BATCH - 1))])


def _last_of_longest(ranking: Ranking, k: int) -> tuple[bool, float] | None:
    """None while cards are missing."""
    if len(ranking.shown) < k:
        return None
    longest = [ranking.situations[one.candidate_id] for one in ranking.shown if one.slot == "longest_waiting"]
    keys = [(one.last_attempt_at is not None, one.waiting_since) for one in longest]
    return max(keys, default=(False, -math.inf))


def _warmest(asked: _Asked, lanes: Lanes) -> None:
    """Ask about the warmest until as many as are named may be approached."""
    tried, welcome = 0, 0
    while tried < len(lanes.warm) and welcome < WARMEST:
        tried = max(WARMEST, 4 * tried)
        ids = {who for *_, who in nlargest(tried, lanes.warm)}
        asked.ask(ids)
        welcome = sum(one.welcome for one in asked.facts.situations if one.candidate_id in ids)
