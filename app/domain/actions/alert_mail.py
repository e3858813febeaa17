"""Mails with alerts: planned during working hours, and no more often than a person can bear."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.actions import alert_topic, alerting
from app.domain.actions.alert_topic import KIND, Topic
from app.domain.agency.agency import the_agency, the_zone
from app.domain.notices import alert, delivery_times, outbox, pacing, quiet
from app.domain.notices.alert import Alert, AlertState
from app.domain.notices.delivery_times import AT_ONCE, Times
from app.domain.notices.outbox import OutboxRow

WORTH = timedelta(days=3)
STALE = timedelta(days=7)


def plan_due(now: datetime, host: str) -> int:
    """Plan the mails that are due, during working hours; answers how many.

    Nobody is told in their quiet hours, and whoever wants all of a day at once hears it in that mail.
    """
    if alerting.next_opening(now) > now:
        return 0
    alert.give_up(now - STALE)
    waiting = defaultdict[str, list[Alert]](list)
    for each in alert.due(now):
        waiting[each.recipient].append(each)
    times = delivery_times.of_many(waiting)
    open_now = [each for each in sorted(waiting) if _is_open(times.get(each, AT_ONCE), now)]
    return sum(_plan_for(recipient, waiting[recipient], now, host) for recipient in open_now)


def _is_open(times: Times, now: datetime) -> bool:
    return not times.once_a_day and quiet.next_allowed(times.quiet, now, the_zone()) <= now


def _plan_for(recipient: str, alerts: Sequence[Alert], now: datetime, host: str) -> int:
    topics = still_so(alerts, now)
    mails = pacing.messages(topics, *_mailed(recipient, now), now)
    for mail in mails:
        _plan(recipient, mail, now, host)
    db.session.flush()
    return len(mails)


def still_so(alerts: Sequence[Alert], now: datetime) -> list[Topic]:
    """What there is to tell of alerts that wait; the others are told to nobody, or to whoever they are for by now."""
    topics = alert_topic.topics(alerts, now)
    so = {each.id for topic in topics for each in topic.alerts}
    for each in alerts:
        if each.id not in so:
            each.state = AlertState.WITHDRAWN
            alerting.pass_on(each, now)
    return topics


def _plan(recipient: str, topics: Sequence[Topic], now: datetime, host: str) -> None:
    names = tell(topics, now)
    outbox.plan(
        kind=KIND,
        recipient=recipient,
        period=sha256(repr(names).encode()).hexdigest(),
        payload={"alerts": names},
        due_at=now,
        not_after=now + WORTH,
        now=now,
        host=host,
    )


def tell(topics: Sequence[Topic], now: datetime) -> list[list[str]]:
    """They are told by a mail that is planned now; answers their names, by which it finds them again."""
    told = [each for topic in topics for each in topic.alerts]
    for each in told:
        each.state, each.told_at = AlertState.TOLD, now
    return [[each.kind, each.period] for each in told]


def _mailed(recipient: str, now: datetime) -> tuple[int, datetime | None]:
    """How many of these mails somebody got today, and when the last one was; what need not go out is none."""
    mine = OutboxRow.kind == KIND, OutboxRow.recipient == recipient, OutboxRow.state != "skipped"
    last = db.session.scalar(select(func.max(OutboxRow.due_at)).where(*mine))
    agency = the_agency()
    if agency is None or last is None:
        return 0, last
    midnight = clock.wall(clock.local_day(now, agency.zone), 0, agency.zone)
    today = select(func.count()).select_from(OutboxRow).where(*mine, OutboxRow.due_at >= midnight)
    return db.session.scalar(today) or 0, last


def topics_of(row: OutboxRow, now: datetime) -> list[Topic]:
    """What a planned mail still has to tell; nothing when all of it was withdrawn, done or handed on."""
    named = {(kind, period) for kind, period in row.payload["alerts"]}
    mine = Alert.recipient == row.recipient, Alert.state == AlertState.TOLD
    found = db.session.scalars(select(Alert).where(*mine, Alert.period.in_({period for _, period in named})))
    return alert_topic.topics([each for each in found if (each.kind, each.period) in named], now)
