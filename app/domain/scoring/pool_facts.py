"""What the database knows of one talent pool, as the situations that the ranking takes, in a few questions."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Row, Table, bindparam, select

from app.db import UtcDateTime, db
from app.domain.candidates import reach
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import TABLE as STATE
from app.domain.candidates.preference import ChannelPreference, Purpose
from app.domain.journey.application import WORD_WITHIN, ApplicationState
from app.domain.scoring import coming_back, engagement, hindrance, score
from app.domain.scoring.hindrance import HINDERED, Hindrances
from app.domain.scoring.rules import live
from app.domain.scoring.situation import DAY, Situation
from app.domain.scoring.working_time import WorkingCalendar

FEWEST_ATTEMPTS = 20
MOST_IDS = 5_000
OWED_FOR = 30 * DAY
CANDIDATE = cast("Table", Candidate.__table__)
WISHED = (
    select(ChannelPreference.channel)
    .where(ChannelPreference.candidate_id == STATE.c.candidate_id, ChannelPreference.purpose == Purpose.CONTACT)
    .order_by(ChannelPreference.id.desc())
    .limit(1)
    .correlate(STATE)
    .scalar_subquery()
)
POOL = select(
    CANDIDATE.c.id,
    CANDIDATE.c.registered_at,
    CANDIDATE.c.stage,
    CANDIDATE.c.keep_until,
    WISHED.label("wished"),
    HINDERED.label("hindered"),
    *(column for column in STATE.c if column.name not in ("candidate_id", "owner_id", "promise_id")),
).join(STATE, STATE.c.candidate_id == CANDIDATE.c.id)
THESE = POOL.where(STATE.c.candidate_id.in_(bindparam("these", expanding=True)))


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


def one(candidate_id: int, person_id: int, now: datetime, calendar: WorkingCalendar) -> PoolFacts:
    """A pool of one candidate: of somebody whom nobody owns."""
    return some([candidate_id], Asked(person_id, now.timestamp(), calendar, live().half_life))


def some(candidate_ids: Sequence[int], asked: Asked) -> PoolFacts:
    """Of these candidates."""
    rows: list[Row[Any]] = []
    for at in range(0, len(candidate_ids), MOST_IDS):
        rows += db.session.connection().execute(THESE, {"these": candidate_ids[at : at + MOST_IDS]}).all()
    return _gathered(rows, asked)


def triggered(owner_id: int, since: datetime) -> Sequence[int]:
    """Of a pool, for whom something happened after a moment."""
    return db.session.connection().scalars(TRIGGERED, {"owner": owner_id, "since": since}).all()


def usual_reach(answers: int, attempts: int) -> float | None:
    """Which share of the attempts in a pool is answered; None while there are too few to tell."""
    return answers / attempts if attempts >= FEWEST_ATTEMPTS else None


def _gathered(rows: Sequence[Row[Any]], asked: Asked) -> PoolFacts:
    now = datetime.fromtimestamp(asked.now, UTC)
    hindered, fresh = hindrance.of([row.id for row in rows if row.hindered]), _fresh(rows, now, asked)
    lately = now - coming_back.LATELY
    return PoolFacts(
        [_situation(row, asked, fresh.get(row.id, 0.0), hindered) for row in rows],
        {row.id: row.tau for row in rows if row.tau is not None},
        frozenset(row.id for row in rows if row.fan_since is not None),
        frozenset(row.id for row in rows if row.coming_back_at is not None and row.coming_back_at > lately),
    )


def _fresh(rows: Sequence[Row[Any]], now: datetime, asked: Asked) -> dict[int, float]:
    """Whoever earned a point in the last days has a tau that is not older than they are by more than a half-life."""
    oldest = asked.now - engagement.FRESH.total_seconds() - asked.half_life
    since = {row.id: row.last_attempt_at for row in rows if row.tau is not None and row.tau > oldest}
    return engagement.fresh(since, now) if since else {}


def _situation(row: Row[Any], asked: Asked, fresh: float, hindered: Hindrances) -> Situation:
    claimed = row.claimed_by_id is not None and row.claimed_by_id != asked.person_id
    owed = answer_owed(row, asked)
    answers, attempts = _reached(row, asked)
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
        answers=answers,
        attempts=attempts,
        usual_reach=asked.usual,
        consent_until=_seconds(row.keep_until),
        retention_over=row.keep_until is not None and row.keep_until.timestamp() <= asked.now,
        permitted_channels=() if row.id in hindered.unreachable else None,
        consent_withdrawn=row.id in hindered.withdrawn,
        do_not_contact=row.do_not_contact_at is not None,
        rest_days=row.rest_days,
        paused_until=_seconds(row.paused_until),
        claimed_by_colleague_until=_seconds(row.claimed_until) if claimed else None,
        channel_opens_at=hindered.opens_at(row.id, asked.now, asked.calendar),
    )


def _reached(row: Row[Any], asked: Asked) -> tuple[int, int]:
    """Answers and attempts by the channel that they prefer, at this part of the day; all of them from before that."""
    if row.reach is None:
        return row.answers, row.attempts
    now = datetime.fromtimestamp(asked.now, UTC)
    return reach.of(row.reach, row.wished, reach.part_of(now, asked.calendar.zone))


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
