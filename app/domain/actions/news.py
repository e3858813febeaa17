"""News: what was just taken in, told at once to whoever looks after the candidate, when it is worth a contact."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from app import clock
from app.db import db
from app.domain.actions import alerting, good_news, outside_news
from app.domain.candidates import contact_flags, hot_trigger
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import Hit, Recorded
from app.domain.journey.touchpoint_kind import KindRole
from app.domain.notices import alert
from app.domain.notices.alert import AlertKind
from app.domain.notices.recipient import name_candidate
from app.domain.notices.webhook import Kind
from app.domain.scoring import coming_back, fan
from app.domain.scoring.engagement import Warming
from app.domain.scoring.fan import NewFan

REFERRAL = "referral"
UNANSWERED = clock.DAY
OUTSIDE = {AlertKind.FAN: Kind.FAN_BECAME, AlertKind.KEEPS_COMING_BACK: Kind.CAME_BACK}


def tell(fresh: Sequence[Recorded], warmed: Mapping[int, Warming], now: datetime, *, silent: bool = False) -> None:
    """Tell of what candidates did and of scores that it moved; `silent`: of the past, which is no news."""
    taus = {who: warming.after for who, warming in warmed.items() if warming.after is not None}
    fans = fan.enter(taus, now, silent=silent)
    if silent:
        return
    hits = [each.hit for each in fresh if each.hit.verdict == "human"]
    _tell_of_fans(fans, _newest(hits), now)
    visitors = {each.hit.candidate_id for each in fresh if each.role == KindRole.VISIT} & {h.candidate_id for h in hits}
    _tell_of_return(coming_back.find(visitors, now), _newest(hits), now)
    for each in fresh:
        if each.role == KindRole.INBOUND and each.hit.kind != REFERRAL and each.hit.verdict == "human":
            _tell_of_reply(each.hit, now)


def look_again(raised: Collection[int], lowered: Collection[int], now: datetime) -> None:
    """Verdicts changed: candidates of whom more counts than before may be news now, and of others it never was."""
    for candidate_id in sorted(lowered):
        _take_back(AlertKind.FAN, candidate_id, now, fan.reconsider(candidate_id, now))
        _take_back(AlertKind.KEEPS_COMING_BACK, candidate_id, now, coming_back.reconsider(candidate_id))
    risen = sorted(set(raised) - set(lowered))
    _tell_of_fans(fan.enter(fan.taus_of(risen), now, silent=False), {}, now)
    _tell_of_return(coming_back.find(risen, now), {}, now)


def _take_back(kind: AlertKind, candidate_id: int, now: datetime, wrongly_at: datetime | None) -> None:
    if wrongly_at is None:
        return
    alerting.withdraw(candidate_id, [kind], now)
    contact_flags.untriggered(candidate_id, kind)
    outside_news.never_was(OUTSIDE[kind], candidate_id, wrongly_at)
    if kind is AlertKind.FAN:
        good_news.no_fan(candidate_id, now)


def _newest(hits: Iterable[Hit]) -> dict[int, datetime]:
    """When each candidate did something last."""
    found: dict[int, datetime] = {}
    for hit in hits:
        found[hit.candidate_id] = max(hit.occurred_at, found.get(hit.candidate_id, hit.occurred_at))
    return found


def _tell_of_fans(fans: Sequence[NewFan], at: Mapping[int, datetime], now: datetime) -> None:
    told = [each for each in fans if each.told]
    hot_trigger.triggered_many((each.candidate_id, AlertKind.FAN, at.get(each.candidate_id, now)) for each in told)
    good_news.of_fans([each.candidate_id for each in told], now)
    outside_news.of_candidates(Kind.FAN_BECAME, [each.candidate_id for each in told], now)
    for each in told:
        facts = {"reasons": each.reasons}
        alerting.tell_owner(each.candidate_id, AlertKind.FAN, period=now.date().isoformat(), facts=facts, now=now)


def _tell_of_return(found: Mapping[int, int], at: Mapping[int, datetime], now: datetime) -> None:
    kind = AlertKind.KEEPS_COMING_BACK
    hot_trigger.triggered_many((candidate_id, kind, at.get(candidate_id, now)) for candidate_id in found)
    outside_news.of_candidates(Kind.CAME_BACK, found, now)
    for candidate_id, days in found.items():
        alerting.tell_owner(candidate_id, kind, period=now.date().isoformat(), facts={"days": days}, now=now)


def _tell_of_reply(hit: Hit, now: datetime) -> None:
    """One alert for the messages of a day that nobody answered, and none for what was answered before it came in."""
    state = db.session.get_one(ContactState, hit.candidate_id, populate_existing=True)
    tried = max((at for at in (state.last_attempt_at, state.last_two_way_at) if at is not None), default=None)
    if tried is not None and tried > hit.occurred_at:
        return
    since = now - UNANSWERED if tried is None else max(tried, now - UNANSWERED)
    if alert.was_raised(name_candidate(hit.candidate_id), AlertKind.REPLY, since):
        return
    facts, period = {"at": hit.occurred_at.isoformat()}, hit.occurred_at.isoformat()
    knows = hit.recorded_by_id
    alerting.tell_owner(hit.candidate_id, AlertKind.REPLY, period=period, facts=facts, now=now, knows_id=knows)
