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
from app.domain.agency.agency import the_agency
from app.domain.notices import alert, outbox, pacing
from app.domain.notices.alert import Alert, AlertState
from app.domain.notices.outbox import OutboxRow

WORTH = timedelta(days=3)


def plan_due(now: datetime, host: str) -> int:
    """Plan the mails that are due, during working hours; answers how many."""
    if alerting.next_opening(now) > now:
        return 0
    waiting = defaultdict[str, list[Alert]](list)
    for each in alert.due(now):
        waiting[each.recipient].append(each)
    return sum(_plan_for(recipient, alerts, now, host) for recipient, alerts in sorted(waiting.items()))


def _plan_for(recipient: str, alerts: Sequence[Alert], now: datetime, host: str) -> int:
    topics = alert_topic.topics(alerts, now)
    so = {each.id for topic in topics for each in topic.alerts}
    for each in alerts:
        if each.id not in so:
            each.state = AlertState.WITHDRAWN
            alerting.pass_on(each, now)
    mails = pacing.messages(topics, *_mailed(recipient, now), now)
    for mail in mails:
        _plan(recipient, mail, now, host)
    db.session.flush()
    return len(mails)


def _plan(recipient: str, topics: Sequence[Topic], now: datetime, host: str) -> None:
    told = [each for topic in topics for each in topic.alerts]
    names = [[each.kind, each.period] for each in told]
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
    for each in told:
        each.state, each.told_at = AlertState.TOLD, now


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
