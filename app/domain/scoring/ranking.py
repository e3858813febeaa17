"""Who to contact next: the pool in order of priority behind its gates, with cards for the longest waiting."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from heapq import nsmallest
from typing import Any, Literal, NamedTuple
from zlib import crc32

from app.domain.scoring import terms
from app.domain.scoring.gate import Gate, gate
from app.domain.scoring.priority import PATIENT, Contribution, Moment, Wait, contributions, lag_of, priority
from app.domain.scoring.situation import CandidateId, Model, Situation
from app.domain.scoring.working_time import WorkingCalendar

Slot = Literal["ranked", "longest_waiting"]
LONGEST_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Ranked:
    """Answers "why here?" for a candidate with a slot, "why not?" for one with a gate or neither."""

    candidate_id: CandidateId
    priority: int
    contributions: tuple[Contribution, ...]
    gate: Gate | None = None
    slot: Slot | None = None


class _Scored(NamedTuple):
    """In the order of the list: highest priority, then older contact, then a hash that changes by the day.

    `number` is unique in the pool, so that situations are never compared.
    """

    minus_priority: int
    waiting_since: float
    daily_hash: int
    number: int
    situation: Situation


@dataclass(frozen=True, slots=True)
class Ranking:
    """`shown` in the order of the cards, `eligible` all that pass the gates by priority; `why` answers for any id.

    `lags` are how long everybody in the pool waits, in cadences, sorted.
    """

    shown: tuple[Ranked, ...]
    eligible: tuple[CandidateId, ...]
    pool_size: int
    moment: Moment
    lags: list[float]
    situations: Mapping[CandidateId, Situation]

    def why(self, candidate_id: CandidateId) -> Ranked:
        """Raises KeyError for a candidate who is not in the pool."""
        for card in self.shown:
            if card.candidate_id == candidate_id:
                return card
        return _explained(self.situations[candidate_id], self.moment, self.lower(candidate_id), None)

    def lower(self, candidate_id: CandidateId) -> int:
        """How many of the pool have waited strictly less."""
        return bisect_left(self.lags, lag_of(self.situations[candidate_id], self.moment))


def rank(
    situations: Iterable[Situation],
    now: float,
    calendar: WorkingCalendar,
    k: int,
    *,
    longest_share: float = LONGEST_SHARE,
    seed: int = 0,
    model: Model | None = None,
) -> Ranking:
    """The k cards of one pool, exactly: the best by priority, then for every five cards one of the longest waiting."""
    pool = list(situations)
    moment = Moment(now, calendar.local_date(now), calendar, model or Model(), len(pool))
    lags = sorted([lag_of(situation, moment) for situation in pool])
    return rank_part(pool, moment, lags, k, seed=seed, longest_share=longest_share)


def rank_part(
    part: Iterable[Situation],
    moment: Moment,
    lags: list[float],
    k: int,
    *,
    seed: int = 0,
    longest_share: float = LONGEST_SHARE,
) -> Ranking:
    """The same for a part of a pool that holds everybody who is shown; `lags` are the whole pool's, sorted."""
    pool = {situation.candidate_id: situation for situation in part}
    salt = _salt(seed, moment.today)
    ordered = sorted(
        _Scored(-priority(s, moment, wait), s.waiting_since, _daily_hash(s.candidate_id, salt), number, s)
        for number, (s, wait) in enumerate(zip(pool.values(), _waits(pool.values(), moment, lags), strict=True))
        if gate(s, moment.now, moment.today) is None
    )
    found = Ranking((), tuple(scored.situation.candidate_id for scored in ordered), len(lags), moment, lags, pool)
    cards = _cards(ordered, k, longest_share)
    shown = tuple(
        _explained(one.situation, moment, found.lower(one.situation.candidate_id), slot) for one, slot in cards
    )
    return replace(found, shown=shown)


def again(settings: Mapping[str, Any], situation: Situation, lower: int, pool_size: int, now: float) -> Ranked:
    """A row as it was ranked, from what was kept of it: the settings, its facts and how many had waited less."""
    calendar = terms.calendar_of(settings)
    moment = Moment(now, calendar.local_date(now), calendar, terms.model_of(settings), pool_size)
    return _explained(situation, moment, lower, None)


def in_order(cards: Iterable[tuple[Ranked, Situation]], today: date, seed: int) -> list[Ranked]:
    """Shown cards in the order in which their list had them."""
    salt = _salt(seed, today)
    both = [
        (_Scored(-one.priority, s.waiting_since, _daily_hash(s.candidate_id, salt), number, s), one)
        for number, (one, s) in enumerate(cards)
    ]
    ranked = sorted((scored, one) for scored, one in both if one.slot == "ranked")
    longest = sorted((_longest_first(scored), scored.number, one) for scored, one in both if one.slot != "ranked")
    return [one for _, one in ranked] + [one for *_, one in longest]


def _salt(seed: int, today: date) -> int:
    return crc32(f"{seed}:{today}".encode())


def _daily_hash(candidate_id: CandidateId, salt: int) -> int:
    return crc32(str(candidate_id).encode(), salt)


def _waits(pool: Iterable[Situation], moment: Moment, lags: list[float]) -> Iterator[Wait]:
    """Of everybody; below four fifths of the pool nobody needs to be counted."""
    patient = lags[int(PATIENT * (len(lags) - 1))] if lags else 0.0
    for situation in pool:
        lag = lag_of(situation, moment)
        yield Wait(lag, bisect_left(lags, lag) if lag > patient else 0)


def _cards(ordered: list[_Scored], k: int, longest_share: float) -> list[tuple[_Scored, Slot]]:
    count = max(0, min(k, len(ordered)))
    ranked = count - math.floor(count * longest_share + 1e-9)  # the tiny part: 0.29 x 100 is not 28
    longest = nsmallest(count - ranked, ordered[ranked:], key=_longest_first)
    return [(one, "ranked") for one in ordered[:ranked]] + [(one, "longest_waiting") for one in longest]


def _longest_first(scored: _Scored) -> tuple[bool, float, int]:
    return scored.situation.last_attempt_at is not None, scored.waiting_since, scored.daily_hash


def _explained(situation: Situation, moment: Moment, lower: int, slot: Slot | None) -> Ranked:
    found = contributions(situation, moment, lower)
    total = sum(one.hundredths for one in found)
    return Ranked(situation.candidate_id, total, found, gate(situation, moment.now, moment.today), slot)
