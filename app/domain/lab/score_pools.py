"""Drafted rules of the score on everybody as they are now: who becomes a fan, and who would lead each pool."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nlargest
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.db import db
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import history
from app.domain.scoring import contribution, fanhood, score
from app.domain.scoring.book import hit_of
from app.domain.scoring.rules import live
from app.domain.scoring.ruleset import Ruleset
from app.domain.scoring.score import Hit

PORTION = 500
TOP = 20
LEAST = 5
"""Who leads a pool of fewer is no question."""
BANDS = 10
ZONE = ZoneInfo("UTC")


class Person(NamedTuple):
    """A candidate with the score, from 0 to 100, that they have and would have."""

    candidate_id: int
    was: float
    then: float


@dataclass(slots=True)
class Pools:
    """What was found so far; candidates with any score, by whose they are."""

    people: defaultdict[int | None, list[Person]] = field(default_factory=lambda: defaultdict(list))
    becomes: int = 0
    ceases: int = 0
    fans: int = 0
    share: float = 0.0

    def result(self) -> dict[str, Any]:
        everybody = [each for pool in self.people.values() for each in pool]
        pools = [
            (owner, *_tops(pool)) for owner, pool in self.people.items() if owner is not None and len(pool) >= LEAST
        ]
        return {
            "everybody": len(everybody),
            "fans": [self.fans, self.becomes, self.ceases],
            "pools": len(pools),
            "overlap": [sum(stay for *_, stay in pools), sum(top for _, top, _ in pools)],
            "before": _bands([each.was for each in everybody]),
            "after": _bands([each.then for each in everybody]),
        }


def compare(draft: Ruleset, now: datetime) -> Iterator[Pools]:
    """Everybody with signals, some hundreds at a time; the same again and again, further each time."""
    found, after = Pools(), 0
    last = db.session.scalar(select(ContactState.candidate_id).order_by(ContactState.candidate_id.desc()).limit(1)) or 0
    while after < last:
        rows = _portion(after)
        if not rows:
            break
        _count(found, rows, draft, now)
        after = rows[-1][0]
        found.share = after / last
        yield found
    found.share = 1.0
    yield found


def _portion(after: int) -> Sequence[tuple[int, int | None, float | None, datetime | None]]:
    state = ContactState
    query = (
        select(state.candidate_id, state.owner_id, state.tau, state.fan_since)
        .join(Candidate, Candidate.id == state.candidate_id)
        .where(state.candidate_id > after, state.objected_at.is_(None), PRESENT)
        .order_by(state.candidate_id)
        .limit(PORTION)
    )
    return [(who, owner, tau, fan) for who, owner, tau, fan in db.session.execute(query)]


def _count(
    found: Pools,
    rows: Sequence[tuple[int, int | None, float | None, datetime | None]],
    draft: Ruleset,
    now: datetime,
) -> None:
    hits, present, at = defaultdict[int, list[Hit]](list), live().ruleset, now.timestamp()
    for touchpoint in history([row[0] for row in rows], now):
        hits[touchpoint.candidate_id].append(hit_of(touchpoint))
    near = []
    for candidate_id, owner_id, tau, fan_since in rows:
        if candidate_id not in hits:
            continue
        then = _shown(score.fold(hits[candidate_id], draft, ZONE).tau, at, draft)
        found.people[owner_id].append(Person(candidate_id, _shown(tau, at, present), then))
        found.fans += fan_since is not None
        found.ceases += fan_since is not None and not fanhood.stays(then, draft)
        if fan_since is None and then >= draft.fan_from:
            near.append((candidate_id, then))
    acts = contribution.acts([each for each, _ in near], now - fanhood.WITHIN, now) if near else {}
    found.becomes += sum(fanhood.enters(then, acts[each], draft) for each, then in near)


def _shown(tau: float | None, at: float, rules: Ruleset) -> float:
    return score.shown(score.value(tau, at, rules.half_life), rules.s50)


def _tops(pool: Sequence[Person]) -> tuple[int, int]:
    """Of a pool how many lead it, and how many of those would still."""
    was = {each.candidate_id for each in nlargest(TOP, pool, key=lambda each: (each.was, -each.candidate_id))}
    then = {each.candidate_id for each in nlargest(TOP, pool, key=lambda each: (each.then, -each.candidate_id))}
    return len(was), len(was & then)


def _bands(shown: Sequence[float]) -> list[int]:
    found = [0] * BANDS
    for each in shown:
        found[min(int(each * BANDS / 100), BANDS - 1)] += 1
    return found
