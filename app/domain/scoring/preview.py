"""What other rules would do: scores before and after, who becomes or ceases to be a fan, and who would stand on top."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from heapq import nlargest
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, cast, func, select

from app import clock
from app.db import db
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import Scored, Touchpoint, history
from app.domain.scoring import contribution, fanhood, score
from app.domain.scoring.book import hit_of
from app.domain.scoring.rules import live
from app.domain.scoring.ruleset import Ruleset

MOST = 5_000
BANDS = 10
TOP = 20
UTC_ZONE = ZoneInfo("UTC")
SCATTER, MODULUS = 48_271, 2_147_483_647  # Park and Miller: a fixed sample that does not follow the age of the rows
A_SECOND = 40_000
"""So many touchpoints are counted anew in a second, by and large."""


class Known(NamedTuple):
    """Somebody with touchpoints, as the live rules have them."""

    candidate_id: int
    tau: float | None
    is_fan: bool


class Preview(NamedTuple):
    """Of the `everybody` who have signals `looked_at` were counted; bands of ten points of the hundred, lowest first.

    `becomes` and `ceases` are candidates, the warmest first. `seconds` is what counting everybody anew would take.
    """

    everybody: int
    looked_at: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    becomes: tuple[int, ...]
    ceases: tuple[int, ...]
    top: int
    overlap: int
    seconds: float


def preview(draft: Ruleset, now: datetime) -> Preview:
    """Count everybody with signals, or a fixed sample of five thousand, under rules that nobody published."""
    everybody = db.session.scalar(select(func.count()).select_from(ContactState).where(*_scorable())) or 0
    known = _sample(everybody)
    touchpoints = history([each.candidate_id for each in known], now)
    present, at = live().ruleset, now.timestamp()
    before = {each.candidate_id: _shown(each.tau, at, present) for each in known}
    after = {each: _shown(tau, at, draft) for each, tau in _taus(known, touchpoints, draft).items()}
    fans = {each.candidate_id for each in known if each.is_fan}
    best = _top(after)
    return Preview(
        everybody,
        len(known),
        _bands(before.values()),
        _bands(after.values()),
        _by_warmth(_entering(after, fans, draft, now), after),
        _by_warmth((each for each in fans if not fanhood.stays(after[each], draft)), before),
        len(best),
        len(best & _top(before)),
        len(touchpoints) * everybody / max(len(known), 1) / A_SECOND,
    )


def _scorable() -> Sequence[ColumnElement[bool]]:
    """Whoever has signals, is still somebody, and did not object to a score."""
    mine = select(Touchpoint.id).where(Touchpoint.candidate_id == ContactState.candidate_id)
    somebody = select(Candidate.id).where(Candidate.id == ContactState.candidate_id, PRESENT)
    return ContactState.objected_at.is_(None), mine.exists(), somebody.exists()


def _sample(everybody: int) -> list[Known]:
    state = ContactState
    query = select(state.candidate_id, state.tau, state.fan_since).where(*_scorable())
    if everybody > MOST:
        query = query.order_by(cast(state.candidate_id, BigInteger) * SCATTER % MODULUS, state.candidate_id).limit(MOST)
    return [Known(who, tau, fan_since is not None) for who, tau, fan_since in db.session.execute(query)]


def _taus(known: Sequence[Known], touchpoints: Iterable[Scored], rules: Ruleset) -> dict[int, float | None]:
    hits: defaultdict[int, list[score.Hit]] = defaultdict(list)
    for touchpoint in touchpoints:
        hits[touchpoint.candidate_id].append(hit_of(touchpoint))
    return {each.candidate_id: score.fold(hits[each.candidate_id], rules, UTC_ZONE).tau for each in known}


def _shown(tau: float | None, at: float, rules: Ruleset) -> float:
    return score.shown(score.value(tau, at, rules.half_life), rules.s50)


def _bands(shown: Iterable[float]) -> tuple[int, ...]:
    found = [0] * BANDS
    for each in shown:
        found[min(int(each * BANDS / 100), BANDS - 1)] += 1
    return tuple(found)


def _entering(after: Mapping[int, float], fans: Collection[int], rules: Ruleset, now: datetime) -> list[int]:
    near = [each for each, shown in after.items() if shown >= rules.fan_from and each not in fans]
    acts = contribution.acts(near, now - fanhood.WITHIN, now)
    return [each for each in near if fanhood.enters(after[each], acts[each], rules)]


def _by_warmth(who: Iterable[int], shown: Mapping[int, float]) -> tuple[int, ...]:
    return tuple(sorted(who, key=lambda each: (-shown[each], each)))


def _top(shown: Mapping[int, float]) -> set[int]:
    """Those on top, as many as there are with any score."""
    return set(nlargest(TOP, (each for each in shown if shown[each] > 0), key=lambda each: (shown[each], -each)))


def from_today(draft: Ruleset, now: datetime, zone: ZoneInfo) -> Ruleset:
    """These rules for what happens from today on; what happened before keeps the points and caps that it had."""
    present = live().ruleset
    return Ruleset(
        draft.half_life_days,
        draft.s50,
        draft.kinds,
        draft.unknown_points,
        draft.fan_from,
        draft.fan_until,
        since=clock.local_day(now, zone),
        before=present,
    )
