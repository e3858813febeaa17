"""What the database knows of one talent pool, as the situations that the ranking takes, in a few questions."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, select

from app.among import Among
from app.db import UtcDateTime, db
from app.domain.candidates import reach
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import TABLE as STATE
from app.domain.candidates.preference import ChannelPreference, Purpose
from app.domain.scoring import coming_back, driven, engagement, hindrance, score
from app.domain.scoring.fact import Fact, Moments, moments_of
from app.domain.scoring.hindrance import HINDERED, Hindrances
from app.domain.scoring.owed import Owed, Turned, answer_owed
from app.domain.scoring.rules import live
from app.domain.scoring.situation import Situation
from app.domain.scoring.working_time import WorkingCalendar
from app.prepared import Prepared

FEWEST_ATTEMPTS = 20
CANDIDATE = cast("Table", Candidate.__table__)
WISHED = (
    select(ChannelPreference.channel)
    .where(ChannelPreference.candidate_id == STATE.c.candidate_id, ChannelPreference.purpose == Purpose.CONTACT)
    .order_by(ChannelPreference.id.desc())
    .limit(1)
    .correlate(STATE)
    .scalar_subquery()
)
TOLD = {**STATE.c, **CANDIDATE.c, "wished": WISHED, "hindered": HINDERED}
THESE = Prepared(
    select(*(TOLD[name] for name in Fact._fields))
    .join(STATE, STATE.c.candidate_id == CANDIDATE.c.id)
    .where(Among(STATE.c.candidate_id, "these"))
)
TRIGGERED = select(STATE.c.candidate_id).where(
    STATE.c.owner_id == bindparam("owner"), STATE.c.trigger_at > bindparam("since", type_=UtcDateTime())
)


class PoolFacts(NamedTuple):
    """The situations of a pool, the tau of everybody who has one, who is a fan, and who keeps coming back lately."""

    situations: list[Situation]
    taus: dict[int, float]
    fans: frozenset[int]
    coming_back: frozenset[int]


class Asked(NamedTuple):
    """For whom and when; moments are epoch seconds. `usual` is the share of attempts that is answered."""

    person_id: int
    now: float
    calendar: WorkingCalendar
    half_life: float
    usual: float | None = None


class Beside(NamedTuple):
    """What more questions told, how a moment is read, and what part of the day it is."""

    fresh: Mapping[int, float]
    hindered: Hindrances
    seconds: Callable[[Any], float]
    part: str


def some(candidate_ids: Sequence[int], asked: Asked) -> PoolFacts:
    """Of these candidates."""
    found = THESE.raw({"these": candidate_ids}) if candidate_ids else []
    return _gathered([Fact._make(row) for row in found], asked)


def triggered(owner_id: int, since: datetime) -> Sequence[int]:
    """Of a pool, for whom something happened after a moment."""
    return db.session.connection().scalars(TRIGGERED, {"owner": owner_id, "since": since}).all()


def usual_reach(answers: int, attempts: int) -> float | None:
    """Which share of the attempts in a pool is answered; None while there are too few to tell."""
    return answers / attempts if attempts >= FEWEST_ATTEMPTS else None


def _gathered(facts: Sequence[Fact], asked: Asked) -> PoolFacts:
    now, seconds = datetime.fromtimestamp(asked.now, UTC), driven.seconds()
    lately = asked.now - coming_back.LATELY.total_seconds()
    beside = Beside(
        _fresh(facts, now, asked, seconds),
        hindrance.of([fact.id for fact in facts if fact.hindered]),
        seconds,
        reach.part_of(now, asked.calendar.zone),
    )
    return PoolFacts(
        [_situation(fact, asked, beside) for fact in facts],
        {fact.id: fact.tau for fact in facts if fact.tau is not None},
        frozenset([fact.id for fact in facts if fact.fan_since is not None]),
        frozenset([fact.id for fact in facts if fact.coming_back_at and seconds(fact.coming_back_at) > lately]),
    )


def _fresh(facts: Sequence[Fact], now: datetime, asked: Asked, seconds: Callable[[Any], float]) -> dict[int, float]:
    """Whoever earned a point in the last days has a tau that is not older than they are by more than a half-life."""
    oldest = asked.now - engagement.FRESH.total_seconds() - asked.half_life
    tried = {fact.id: fact.last_attempt_at for fact in facts if fact.tau is not None and fact.tau > oldest}
    since = {who: datetime.fromtimestamp(seconds(at), UTC) if at else None for who, at in tried.items()}
    return engagement.fresh(since, now) if since else {}


def _situation(fact: Fact, asked: Asked, beside: Beside) -> Situation:
    at = moments_of(fact, beside.seconds)
    owed = _owed(fact, at, asked)
    answers, attempts = _reached(fact, beside.part)
    return Situation(
        candidate_id=fact.id,
        registered_at=beside.seconds(fact.registered_at),
        stage=fact.stage,
        application_state=fact.application_state,
        cadence_days=fact.cadence_days,
        score=score.value(fact.tau, asked.now, asked.half_life),
        fresh=beside.fresh.get(fact.id, 0.0),
        last_attempt_at=at.tried,
        last_attempt_by_me=fact.last_attempt_by_id == asked.person_id,
        last_attempt_answered=bool(fact.last_attempt_answered),
        last_two_way_at=at.spoke,
        last_inbound_at=at.heard,
        unanswered=_unanswered(fact, beside.seconds),
        promise_due_on=None if at.promised is None else asked.calendar.local_date(at.promised),
        promise_at=at.promised,
        promise_kind=fact.promise_kind,
        answer_owed_since=owed.since,
        answer_owed_about=owed.about,
        recovery_due_at=at.recovery_due,
        trigger_kind=fact.trigger,
        trigger_at=at.triggered,
        answers=answers,
        attempts=attempts,
        usual_reach=asked.usual,
        consent_until=at.kept_until,
        retention_over=at.kept_until is not None and at.kept_until <= asked.now,
        permitted_channels=() if fact.id in beside.hindered.unreachable else None,
        consent_withdrawn=fact.id in beside.hindered.withdrawn,
        do_not_contact=fact.do_not_contact_at is not None,
        rest_days=fact.rest_days,
        paused_until=at.paused_until,
        claimed_by_colleague_until=None if fact.claimed_by_id in (None, asked.person_id) else at.claimed_until,
        channel_opens_at=beside.hindered.opens_at(fact.id, asked.now, asked.calendar),
    )


def _owed(fact: Fact, at: Moments, asked: Asked) -> Owed:
    turned = Turned(at.heard, at.spoke, at.tried, at.application_owed, fact.application_state)
    return answer_owed(turned, asked.now, asked.calendar)


def _unanswered(fact: Fact, seconds: Callable[[Any], float]) -> tuple[float, ...]:
    return tuple([seconds(one) for one in (fact.unanswered_1, fact.unanswered_2, fact.unanswered_3) if one])


def _reached(fact: Fact, part: str) -> tuple[int, int]:
    """Answers and attempts by the channel that they prefer, at this part of the day; all of them from before that."""
    if fact.reach is None:
        return fact.answers, fact.attempts
    counts = json.loads(fact.reach) if isinstance(fact.reach, str) else fact.reach
    return reach.of(counts, fact.wished, part)


def one(candidate_id: int, person_id: int, now: datetime, calendar: WorkingCalendar) -> PoolFacts:
    """A pool of one candidate: of somebody whom nobody owns."""
    return some([candidate_id], Asked(person_id, now.timestamp(), calendar, live().half_life))
