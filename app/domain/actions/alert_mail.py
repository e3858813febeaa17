"""Mails with alerts, and the same in chats: planned during working hours, and no more often than a person can bear."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.actions import alert_topic, alerting
from app.domain.actions.alert_topic import KIND, Topic
from app.domain.agency.agency import the_agency, the_zone
from app.domain.notices import alert, chat_owner, delivery_times, outbox, pacing, quiet
from app.domain.notices.alert import Alert, AlertState
from app.domain.notices.chat_target import ChatTarget
from app.domain.notices.delivery_times import AT_ONCE, Times
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import Way
from app.domain.notices.recipient import person_in

WORTH = timedelta(days=3)
STALE = timedelta(days=7)


def plan_due(now: datetime, host: str) -> int:
    """Plan what is due, during working hours; answers how many times somebody is told.

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
    chats = chat_owner.open_of([person_id for each in open_now if (person_id := person_in(each)) is not None])
    return sum(_plan_for(each, waiting[each], chats.get(person_in(each) or 0, ()), now, host) for each in open_now)


def _is_open(times: Times, now: datetime) -> bool:
    return not times.once_a_day and quiet.next_allowed(times.quiet, now, the_zone()) <= now


def _plan_for(recipient: str, alerts: Sequence[Alert], chats: Sequence[ChatTarget], now: datetime, host: str) -> int:
    """In a chat and by mail at the same time: however somebody hears of it, they hear of it as often."""
    places = {recipient: Way.MAIL} | {each.recipient: Way.CHAT for each in chats}
    topics = still_so(alerts, now, set(places.values()))
    mails = pacing.messages(topics, *_told(places, now), now)
    for mail in mails:
        names = tell(mail, now)
        for place, way in places.items():
            _plan(place, _wanted(names, recipient, way) if chats else names, now, host)
    db.session.flush()
    return len(mails)


def _wanted(names: Sequence[list[str]], recipient: str, way: Way) -> list[list[str]]:
    wanted = alert_topic.wanted(recipient, way)
    return [each for each in names if each[0] in wanted]


def still_so(alerts: Sequence[Alert], now: datetime, ways: Collection[Way] = alert_topic.BY_MAIL) -> list[Topic]:
    """What there is to tell of alerts that wait; the others are told to nobody, or to whoever they are for by now."""
    topics = alert_topic.topics(alerts, now, ways)
    so = {each.id for topic in topics for each in topic.alerts}
    for each in alerts:
        if each.id not in so:
            each.state = AlertState.WITHDRAWN
            alerting.pass_on(each, now)
    return topics


def _plan(recipient: str, names: Sequence[list[str]], now: datetime, host: str) -> None:
    if not names:
        return
    outbox.plan(
        kind=KIND,
        recipient=recipient,
        period=sha256(repr(list(names)).encode()).hexdigest(),
        payload={"alerts": list(names)},
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


def _told(places: Collection[str], now: datetime) -> tuple[int, datetime | None]:
    """How often somebody was told today, and when last, wherever it was most; what need not go out is none."""
    mine = OutboxRow.kind == KIND, OutboxRow.recipient.in_(places), OutboxRow.state != "skipped"
    last = db.session.scalar(select(func.max(OutboxRow.due_at)).where(*mine))
    agency = the_agency()
    if agency is None or last is None:
        return 0, last
    midnight = clock.wall(clock.local_day(now, agency.zone), 0, agency.zone)
    today = select(func.count()).where(*mine, OutboxRow.due_at >= midnight).group_by(OutboxRow.recipient)
    return max(db.session.scalars(today), default=0), last


def topics_of(row: OutboxRow, now: datetime, recipient: str | None = None, way: Way = Way.MAIL) -> list[Topic]:
    """What a planned message still has to tell; nothing when all of it was withdrawn, done or handed on.

    `recipient` is whose alerts they are, if the message is not for them by name.
    """
    named = {(kind, period) for kind, period in row.payload["alerts"]}
    mine = Alert.recipient == (recipient or row.recipient), Alert.state == AlertState.TOLD
    found = db.session.scalars(select(Alert).where(*mine, Alert.period.in_({period for _, period in named})))
    return alert_topic.topics([each for each in found if (each.kind, each.period) in named], now, {way})
