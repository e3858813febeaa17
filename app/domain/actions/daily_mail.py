"""The mail of the day: what happened since the last one, for whoever likes to read it all at once, just after nine."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.actions import alert_mail, alerting
from app.domain.agency.agency import the_zone
from app.domain.notices import alert, catalogue, delivery_times, notice, outbox, preference
from app.domain.notices.catalogue import DAILY, KINDS
from app.domain.notices.notice import Notice
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import Way
from app.domain.notices.recipient import name_person, person_in
from app.domain.program import at_work

AFTER_NINE = 9 * 60 + 5
"""What comes at nine, as that a competition has its last day, is in it."""
LIVES = timedelta(hours=12)
LOOKED_BACK = timedelta(days=7)


def plan_due(now: datetime, host: str) -> int:
    """Plan one for everybody who wants it and works today; answers how many are new. An empty one is not sent."""
    today = clock.local_day(now, the_zone())
    due = alerting.next_opening(clock.wall(today, AFTER_NINE, the_zone()))
    if not due <= now < due + LIVES:
        return 0
    planned, chosen = outbox.planned(DAILY, today.isoformat()), delivery_times.once_a_day()
    people = [person_id for each in chosen if each not in planned and (person_id := person_in(each))]
    there = [name_person(each) for each in at_work.on(people, today)] if people else []
    return sum(_plan(each, _last(each, due) or chosen[each], due, now, host) for each in there)


def _plan(recipient: str, last: datetime, due: datetime, now: datetime, host: str) -> bool:
    topics = alert_mail.still_so(alert.due_of(recipient, due), now)
    since = max(last, due - LOOKED_BACK).isoformat()
    facts = {"alerts": alert_mail.tell(topics, now), "since": since, "until": due.isoformat()}
    return outbox.plan(
        kind=DAILY,
        recipient=recipient,
        period=clock.local_day(due, the_zone()).isoformat(),
        payload=facts,
        due_at=due,
        not_after=due + LIVES,
        now=now,
        host=host,
    )


def _last(recipient: str, due: datetime) -> datetime | None:
    """Until when the one before it told."""
    mine = OutboxRow.kind == DAILY, OutboxRow.recipient == recipient, OutboxRow.due_at < due
    return db.session.scalar(select(func.max(OutboxRow.due_at)).where(*mine))


def notices(recipient: str, since: datetime, until: datetime) -> Sequence[Notice]:
    """What there is beside alerts, of the kinds that they want by mail."""
    refused = preference.refused(recipient)
    waits = [kind for kind, told in KINDS.items() if told.waits and Way.MAIL in told.ways and kind not in refused]
    beside = [kind for kind in waits if not kind.startswith(f"{catalogue.ALERT}:")]
    return notice.told_since(recipient, beside, since, until)
