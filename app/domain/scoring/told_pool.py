"""A talent pool that somebody tells who has a log and no database: its situations, by the real rules.

Told are `now`, `k`, `cadence_days`, the `points` of each kind, which kinds are `inbound` or a `form`, and of each
candidate the `id`, when they were `registered`, their `touchpoints` [moment, kind] and our `attempts` [moment,
answered].
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.domain.scoring import ranking, score
from app.domain.scoring.ruleset import KindRule, Ruleset
from app.domain.scoring.situation import DAY, CandidateId, Situation
from app.domain.scoring.working_time import WorkingCalendar

FRESH = 7 * DAY
TRIGGER_FOR = 30 * DAY


class Told(NamedTuple):
    """What all candidates of one telling share."""

    now: float
    rules: Ruleset
    calendar: WorkingCalendar
    cadence_days: int
    inbound: Collection[str]
    form: Collection[str]


def order(telling: Mapping[str, Any], calendar: WorkingCalendar) -> list[CandidateId]:
    """At most k of the told candidates, in the order in which they should be contacted."""
    rules = Ruleset(kinds={kind: KindRule(points, week_days=None) for kind, points in telling["points"].items()})
    inbound, form = frozenset(telling["inbound"]), frozenset(telling["form"])
    told = Told(_moment(telling["now"]), rules, calendar, telling["cadence_days"], inbound, form)
    pool = [_situation(candidate, told) for candidate in telling["candidates"]]
    return [card.candidate_id for card in ranking.rank(pool, told.now, calendar, telling["k"]).shown]


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _situation(candidate: Mapping[str, Any], told: Told) -> Situation:
    hits = [score.Hit(_moment(at), kind) for at, kind in candidate["touchpoints"]]
    attempts = [(_moment(at), bool(answered)) for at, answered in candidate["attempts"]]
    registered = _moment(candidate["registered"])
    last = max(attempts, default=None)
    heard = max((hit.at for hit in hits if hit.kind in told.inbound), default=None)
    answered = max((at for at, was in attempts if was), default=None)
    since = max(moment for moment in (registered, heard, answered) if moment is not None)
    form = max((hit.at for hit in hits if hit.kind in told.form and told.now - hit.at < TRIGGER_FOR), default=None)
    folded = score.fold(hits, told.rules, told.calendar.zone)
    return Situation(
        candidate_id=candidate["id"],
        registered_at=registered,
        cadence_days=told.cadence_days,
        score=score.value(folded.tau, told.now, told.rules.half_life),
        fresh=_fresh(hits, folded, last[0] if last else 0.0, told),
        last_attempt_at=last[0] if last else None,
        last_attempt_answered=last is not None and last[1],
        last_two_way_at=answered,
        last_inbound_at=heard,
        unanswered=tuple(at for at, was in attempts if not was and at > since),
        trigger_kind="form" if form else None,
        trigger_at=form,
    )


def _fresh(hits: Sequence[score.Hit], folded: score.Folded, last: float, told: Told) -> float:
    """What is left of the points of the last days that were earned after our last attempt."""
    since, half_life = max(last, told.now - FRESH), told.rules.half_life
    counted = zip(hits, folded.hits, strict=True)
    return sum(
        score.value(one.key, told.now, half_life) for hit, one in counted if one.fate == "counted" and hit.at > since
    )


def calendar_of(zone: ZoneInfo) -> WorkingCalendar:
    """Weekdays from nine to eight: whoever tells a pool says nothing of holidays."""
    return WorkingCalendar(zone)
