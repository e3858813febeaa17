"""What the database knows of one talent pool, as the situations that the ranking takes, in two queries."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, Table, and_, bindparam, exists, not_, select

from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import USABLE, Identity
from app.domain.journey.application import WORD_WITHIN, ApplicationState
from app.domain.program.holiday import closed_days
from app.domain.scoring import coming_back, engagement, score
from app.domain.scoring.rules import live
from app.domain.scoring.situation import DAY, Situation
from app.domain.scoring.working_time import WorkingCalendar

FEWEST_ATTEMPTS = 20
OWED_FOR = 30 * DAY
CANDIDATE, STATE = cast("Table", Candidate.__table__), cast("Table", ContactState.__table__)
ADDRESS = exists().where(Identity.candidate_id == CANDIDATE.c.id).correlate(CANDIDATE)
ALLOWED = (
    select(Consent.given)
    .where(
        Consent.candidate_id == CANDIDATE.c.id,
        Consent.purpose == ConsentPurpose.CONTACT,
        Consent.channel.is_(None),
    )
    .order_by(Consent.id.desc())
    .limit(1)
    .correlate(CANDIDATE)
    .scalar_subquery()
)
POOL = select(
    CANDIDATE.c.id,
    CANDIDATE.c.registered_at,
    CANDIDATE.c.stage,
    CANDIDATE.c.keep_until,
    not_(ALLOWED).label("consent_withdrawn"),
    and_(ADDRESS, ~ADDRESS.where(Identity.state.in_(USABLE))).label("closed"),
    *(column for column in STATE.c if column.name not in ("candidate_id", "owner_id", "promise_id")),
).join(STATE, STATE.c.candidate_id == CANDIDATE.c.id)
"""`closed`: we have addresses and none of them may be used. Without any, the agency's own system has them."""
OWNED_BY = POOL.where(STATE.c.owner_id == bindparam("owner"))
ONLY = POOL.where(STATE.c.candidate_id == bindparam("candidate"))


class PoolFacts(NamedTuple):
    """The situations of a pool, the tau of everybody who has one, who is a fan, and who keeps coming back lately."""

    situations: list[Situation]
    taus: dict[int, float]
    fans: frozenset[int]
    coming_back: frozenset[int]


class Asked(NamedTuple):
    """For whom and when; moments are epoch seconds."""

    person_id: int
    now: float
    calendar: WorkingCalendar
    half_life: float


@lru_cache(maxsize=8)
def working_calendar(zone: ZoneInfo, year: int) -> WorkingCalendar:
    """Weekdays from nine to eight, without the public holidays of a year and the ones beside it."""
    return WorkingCalendar(zone, closed_days(date(year - 1, 1, 1), date(year + 1, 12, 31)))


def calendar_at(moment: datetime) -> WorkingCalendar:
    """The agency's working calendar around a moment."""
    zone = the_zone()
    return working_calendar(zone, moment.astimezone(zone).year)


def pool_of(owner_id: int, person_id: int, now: datetime, calendar: WorkingCalendar) -> PoolFacts:
    """The pool of an owner, as somebody sees it who may be another person."""
    return _gathered(OWNED_BY, {"owner": owner_id}, person_id, now, calendar)


def one(candidate_id: int, person_id: int, now: datetime, calendar: WorkingCalendar) -> PoolFacts:
    """A pool of one candidate: of somebody whom nobody owns."""
    return _gathered(ONLY, {"candidate": candidate_id}, person_id, now, calendar)


def _gathered(
    which: Select[Any], given: Mapping[str, int], person_id: int, now: datetime, calendar: WorkingCalendar
) -> PoolFacts:
    asked = Asked(person_id, now.timestamp(), calendar, live().half_life)
    rows = db.session.connection().execute(which, given).all()
    fresh, usual = _fresh(rows, now, asked), _usual_reach(rows)
    situations = [_situation(row, asked, fresh.get(row.id, 0.0), usual) for row in rows]
    lately = now - coming_back.LATELY
    return PoolFacts(
        situations,
        {row.id: row.tau for row in rows if row.tau is not None},
        frozenset(row.id for row in rows if row.fan_since is not None),
        frozenset(row.id for row in rows if row.coming_back_at is not None and row.coming_back_at > lately),
    )


def _fresh(rows: Sequence[Row[Any]], now: datetime, asked: Asked) -> dict[int, float]:
    """Whoever earned a point in the last days has a tau that is not older than they are by more than a half-life."""
    oldest = asked.now - engagement.FRESH.total_seconds() - asked.half_life
    since = {row.id: row.last_attempt_at for row in rows if row.tau is not None and row.tau > oldest}
    return engagement.fresh(since, now) if since else {}


def _usual_reach(rows: Sequence[Row[Any]]) -> float | None:
    attempts = sum(row.attempts for row in rows)
    return sum(row.answers for row in rows) / attempts if attempts >= FEWEST_ATTEMPTS else None


def _situation(row: Row[Any], asked: Asked, fresh: float, usual: float | None) -> Situation:
    claimed = row.claimed_by_id is not None and row.claimed_by_id != asked.person_id
    owed = answer_owed(row, asked)
    return Situation(
        candidate_id=row.id,
        registered_at=row.registered_at.timestamp(),
        stage=row.stage,
        application_state=row.application_state,
        cadence_days=row.cadence_days,
        score=score.value(row.tau, asked.now, asked.half_life),
        fresh=fresh,
        last_attempt_at=_seconds(row.last_attempt_at),
        last_attempt_by_me=row.last_attempt_by_id == asked.person_id,
        last_attempt_answered=row.last_attempt_answered,
        last_two_way_at=_seconds(row.last_two_way_at),
        last_inbound_at=_seconds(row.last_inbound_at),
        unanswered=tuple(at.timestamp() for at in (row.unanswered_1, row.unanswered_2, row.unanswered_3) if at),
        promise_due_on=row.promise_due_at.astimezone(asked.calendar.zone).date() if row.promise_due_at else None,
        promise_at=_seconds(row.promise_due_at),
        promise_kind=row.promise_kind,
        answer_owed_since=owed.since,
        answer_owed_about=owed.about,
        recovery_due_at=_seconds(row.recovery_due_at),
        trigger_kind=row.trigger,
        trigger_at=_seconds(row.trigger_at),
        answers=row.answers,
        attempts=row.attempts,
        usual_reach=usual,
        consent_until=_seconds(row.keep_until),
        retention_over=row.keep_until is not None and row.keep_until.timestamp() <= asked.now,
        permitted_channels=() if row.closed else None,
        consent_withdrawn=bool(row.consent_withdrawn),
        do_not_contact=row.do_not_contact_at is not None,
        rest_days=row.rest_days,
        paused_until=_seconds(row.paused_until),
        claimed_by_colleague_until=_seconds(row.claimed_until) if claimed else None,
    )


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


class Owed(NamedTuple):
    """Since when they wait for our word, and after which state of their application; None: after their message."""

    since: float | None
    about: str | None = None


def answer_owed(row: Row[Any], asked: Asked) -> Owed:
    """After an application or a message, whichever waits longer.

    After thirty days nobody waits for it any more: then it is neglect, which has a component of its own.
    """
    oldest = asked.now - OWED_FOR
    applied, heard = _seconds(row.application_owed_at), _unheard(row, asked)
    found = [Owed(applied, row.application_state), Owed(heard)]
    waiting = [one for one in found if one.since is not None and one.since >= oldest]
    return min(waiting, key=lambda one: one.since or 0.0, default=Owed(None))


def _unheard(row: Row[Any], asked: Asked) -> float | None:
    """Who turned to us and was not contacted since is owed an answer from one working day later.

    An application that was sent is no message: it has its own days in which they hear from us.
    """
    heard = row.last_inbound_at
    if heard is None or any(at is not None and at >= heard for at in (row.last_two_way_at, row.last_attempt_at)):
        return None
    due: float = heard.timestamp() + DAY
    if due + OWED_FOR < asked.now:
        return None  # long ago: no need to walk over its days
    if row.application_owed_at is not None and _is_application(heard, row.application_owed_at, asked.calendar):
        return None
    while not asked.calendar.is_working_day(asked.calendar.local_date(due)):
        due += DAY
    return due


def _is_application(heard: datetime, owed_at: datetime, calendar: WorkingCalendar) -> bool:
    return calendar.days_later(heard.timestamp(), WORD_WITHIN[ApplicationState.COMPLETED]) == owed_at.timestamp()
