"""The engagement score: takes touchpoints in, in any order, and says how warm a candidate is and why."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from app import clock
from app.among import Among
from app.db import db
from app.domain.candidates import contact_state
from app.domain.candidates.contact_state import TABLE as STATE
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import Scored, Touchpoint, history
from app.domain.scoring import book, cell, score
from app.domain.scoring.book import hit_of
from app.domain.scoring.cell import CELLS, Held, Place
from app.domain.scoring.rules import Rules, in_force_for_writing, live
from app.prepared import Prepared

WARM = 25.0  # of the 100 that are shown: what a form alone still is after nearly six weeks
FRESH = 7 * clock.DAY
UTC_ZONE = ZoneInfo("UTC")
MOST_IDS = 5_000
HOLD = contact_state.HELD.with_only_columns(STATE.c.candidate_id, STATE.c.objected_at, STATE.c.tau).order_by(
    STATE.c.candidate_id
)

COUNTED_LATELY = Prepared(
    select(CELLS.c.candidate_id, CELLS.c.key, Touchpoint.occurred_at)
    .join(Touchpoint, Touchpoint.id == CELLS.c.touchpoint_id)
    .where(Among(CELLS.c.candidate_id, "ids"), CELLS.c.ruleset_id == bindparam("rules"))
    .where(CELLS.c.counted, CELLS.c.local_date >= bindparam("since"))
    .where(Touchpoint.occurred_at.between(bindparam("start"), bindparam("now")))
)


class Score(NamedTuple):
    """`value` in points, `shown` from 0 to 100; `warm_until` None when it is not warm now."""

    value: float
    shown: float
    warm_until: datetime | None
    tau: float | None


class Warming(NamedTuple):
    """How new touchpoints moved the tau of a candidate in the live model."""

    before: float | None
    after: float | None


class Award(NamedTuple):
    """What one touchpoint earned: `points` then, `now` what is left of them; `fate` says why it is nothing."""

    touchpoint_id: int
    kind: str
    occurred_at: datetime
    local_date: date
    points: float
    now: float
    fate: score.Fate


def apply(touchpoints: Sequence[Scored], now: datetime) -> dict[int, Warming]:
    """Count new touchpoints; answers whose score they moved.

    Cells and tau change under the lock of the candidates' contact states. Touchpoints of whoever objected to a score
    are kept, and count for nothing.
    """
    if not touchpoints:
        return {}
    before = _lock({touchpoint.candidate_id for touchpoint in touchpoints})
    force = in_force_for_writing(now)
    scored = [touchpoint for touchpoint in touchpoints if touchpoint.candidate_id in before]
    after = book.enter(scored, force.live, before)
    contact_state.warmed_many(after.items())
    if (building := force.building) is not None:
        ready = [each for each in scored if force.is_ready(each.candidate_id)]
        book.enter(
            ready, building, dict.fromkeys(before) | cell.taus(building.id, {each.candidate_id for each in ready})
        )
    return {each: Warming(before[each], tau) for each, tau in after.items()}


def _lock(candidate_ids: Iterable[int]) -> dict[int, float | None]:
    """Hold the contact states; answers the tau of everybody who did not object to having a score."""
    rows = db.session.connection().execute(HOLD, {"these": sorted(candidate_ids)})
    return {candidate_id: tau for candidate_id, objected_at, tau in rows if objected_at is None}


def replay(candidate_id: int, now: datetime) -> float | None:
    """Count all touchpoints of a candidate anew: after a reversal, a lower verdict, a merge, an objection or its end.

    Answers the tau.
    """
    scored = _lock([candidate_id])
    touchpoints = history(scored)
    versions = in_force_for_writing(now).of(candidate_id)
    live_tau, *_ = [_replay(candidate_id, touchpoints, rules) for rules in versions]
    contact_state.warmed(candidate_id, live_tau)
    return live_tau


def _replay(candidate_id: int, touchpoints: Sequence[Scored], rules: Rules) -> float | None:
    folded = score.fold([hit_of(touchpoint) for touchpoint in touchpoints], rules.ruleset, UTC_ZONE)
    best = {
        Place(candidate_id, touchpoint.kind, touchpoint.local_date): touchpoint.id
        for touchpoint, hit in zip(touchpoints, folded.hits, strict=True)
        if hit.fate in ("counted", "beyond_week")
    }
    cells = {place: Held(*folded.cells[place.kind, place.local_date], id_) for place, id_ in best.items()}
    cell.clear(rules.id, candidate_id)
    cell.save(rules.id, cells, [] if folded.tau is None else [(candidate_id, folded.tau)])
    return folded.tau


def score_of(candidate_id: int, now: datetime) -> Score:
    """How warm a candidate is; `now` may be later than everything that happened, not earlier (see `tau_as_of`)."""
    rules = live()
    return score_at(cell.taus(rules.id, [candidate_id]).get(candidate_id), now, rules)


def score_at(tau: float | None, now: datetime, rules: Rules) -> Score:
    """A tau as people read it."""
    value = score.value(tau, now.timestamp(), rules.half_life)
    warm = rules.ruleset.s50 * WARM / (100 - WARM)
    warm_until = None
    if tau is not None and value > warm:
        warm_until = datetime.fromtimestamp(score.leaves(tau, warm, rules.half_life), UTC)
    return Score(value, score.shown(value, rules.ruleset.s50), warm_until, tau)


def tau_as_of(candidate_ids: Collection[int], moment: datetime) -> dict[int, float]:
    """The taus as they were at a moment in the past, from the touchpoints up to then."""
    return taus_of(candidate_ids, moment)


def taus_of(candidate_ids: Collection[int], until: datetime | None = None) -> dict[int, float]:
    """What the touchpoints say that the taus are, whatever was written down."""
    rules, hits = live(), defaultdict[int, list[score.Hit]](list)
    for ids in _portions(candidate_ids):
        for touchpoint in history(_scorable(ids), until):
            hits[touchpoint.candidate_id].append(hit_of(touchpoint))
    folded = {each: score.fold(given, rules.ruleset, UTC_ZONE).tau for each, given in hits.items()}
    return {candidate_id: tau for candidate_id, tau in folded.items() if tau is not None}


def explain(candidate_id: int, now: datetime, limit: int = 100) -> list[Award]:
    """What each touchpoint up to now gives, newest first; what counts adds up to the score, but for what is cut off.

    Nothing for whoever objected to a score.
    """
    rules, touchpoints = live(), history(_scorable([candidate_id]), now)
    folded = score.fold([hit_of(touchpoint) for touchpoint in touchpoints], rules.ruleset, UTC_ZONE)
    found = [_award(touchpoint, hit, now, rules) for touchpoint, hit in zip(touchpoints, folded.hits, strict=True)]
    return sorted(found, key=lambda award: (award.occurred_at, award.touchpoint_id), reverse=True)[:limit]


def _award(touchpoint: Scored, hit: score.Counted, now: datetime, rules: Rules) -> Award:
    at = touchpoint.occurred_at
    earned = score.value(hit.key, at.timestamp(), rules.half_life)
    left = score.value(hit.key, now.timestamp(), rules.half_life) if hit.fate == "counted" else 0.0
    return Award(touchpoint.id, touchpoint.kind, at, touchpoint.local_date, earned, left, hit.fate)


def fresh(since: Mapping[int, datetime | None], now: datetime) -> dict[int, float]:
    """What is left of the points that candidates earned in the last seven days, after the moment given for each."""
    rules, start, found = live(), now - FRESH, defaultdict[int, float](float)
    given = {"ids": since, "rules": rules.id, "since": start.date() - clock.DAY, "start": start, "now": now}
    for candidate_id, key, at in COUNTED_LATELY.run(given):
        if at > (since[candidate_id] or start):
            found[candidate_id] += score.value(key, now.timestamp(), rules.half_life)
    return dict(found)


def _scorable(candidate_ids: Collection[int]) -> list[int]:
    """Those who did not object to having a score."""
    state = ContactState
    query = select(state.candidate_id).where(state.candidate_id.in_(candidate_ids), state.objected_at.is_(None))
    return list(db.session.scalars(query))


def _portions(ids: Iterable[int]) -> list[list[int]]:
    """Lists that a database takes in one question."""
    given = list(ids)
    return [given[at : at + MOST_IDS] for at in range(0, len(given), MOST_IDS)]
