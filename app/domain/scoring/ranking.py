"""Who to contact next: the pool in order of priority behind its gates, with cards for the longest waiting."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Literal, NamedTuple
from zlib import crc32

from app.domain.scoring.gate import Gate, gate
from app.domain.scoring.priority import Contribution, Moment, contributions, lag_of, priority
from app.domain.scoring.situation import CandidateId, Model, Situation
from app.domain.scoring.working_time import WorkingCalendar

Slot = Literal["ranked", "longest_waiting"]


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
    """`shown` in the order of the cards, `eligible` all that pass the gates by priority; `why` answers for any id."""

    shown: tuple[Ranked, ...]
    eligible: tuple[CandidateId, ...]
    pool_size: int
    moment: Moment
    situations: Mapping[CandidateId, Situation]

    def why(self, candidate_id: CandidateId) -> Ranked:
        """Raises KeyError for a candidate who is not in the pool."""
        for card in self.shown:
            if card.candidate_id == candidate_id:
                return card
        return _explained(self.situations[candidate_id], self.moment, None)


def rank(
    situations: Iterable[Situation],
    now: float,
    calendar: WorkingCalendar,
    k: int,
    *,
    longest_share: float = 0.2,
    seed: int = 0,
    model: Model | None = None,
) -> Ranking:
    """The k cards of one pool, exactly: the best by priority, then for every five cards one of the longest waiting."""
    pool = list(situations)
    moment = Moment(now, calendar.local_date(now), calendar, model or Model(), [])
    lags = [lag_of(situation, moment) for situation in pool]
    moment.lags.extend(sorted(lags))
    salt = crc32(f"{seed}:{moment.today}".encode())
    ordered = sorted(
        _Scored(-priority(s, moment, lag), s.waiting_since, crc32(str(s.candidate_id).encode(), salt), number, s)
        for number, (s, lag) in enumerate(zip(pool, lags, strict=True))
        if gate(s, now, moment.today) is None
    )
    return Ranking(
        shown=tuple(_explained(scored.situation, moment, slot) for scored, slot in _cards(ordered, k, longest_share)),
        eligible=tuple(scored.situation.candidate_id for scored in ordered),
        pool_size=len(pool),
        moment=moment,
        situations={situation.candidate_id: situation for situation in pool},
    )


def _cards(ordered: list[_Scored], k: int, longest_share: float) -> list[tuple[_Scored, Slot]]:
    count = max(0, min(k, len(ordered)))
    ranked = count - math.floor(count * longest_share + 1e-9)  # the tiny part: 0.29 x 100 is not 28
    longest = nsmallest(count - ranked, ordered[ranked:], key=_longest_first)
    return [(one, "ranked") for one in ordered[:ranked]] + [(one, "longest_waiting") for one in longest]


def _longest_first(scored: _Scored) -> tuple[bool, float, int]:
    return scored.situation.last_attempt_at is not None, scored.waiting_since, scored.daily_hash


def _explained(situation: Situation, moment: Moment, slot: Slot | None) -> Ranked:
    found = contributions(situation, moment)
    total = sum(one.hundredths for one in found)
    return Ranked(situation.candidate_id, total, found, gate(situation, moment.now, moment.today), slot)
