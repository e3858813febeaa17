"""That the identity provider let colleagues in, told by mail to whoever administers: they know whom they expect."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.agency import person as people
from app.domain.agency import staff
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person

KIND = "colleague_came"
MINUTES = 10
TOGETHER = timedelta(minutes=MINUTES)
"""Whoever comes within the same ten minutes is told of in one mail: a first round brings everybody."""
SETTLED = timedelta(minutes=1)
"""By then everybody of those minutes is committed."""
WORTH_TELLING = timedelta(days=7)
CAME = ("person.invited", "person.reactivated")


def tell(now: datetime, host: str) -> None:
    """Plan it for each of them; who came is found when it goes."""
    since = now.replace(minute=now.minute - now.minute % MINUTES, second=0, microsecond=0)
    for each in people.administrators():
        outbox.plan(
            kind=KIND,
            recipient=name_person(each),
            period=since.isoformat(),
            payload={},
            due_at=since + TOGETHER + SETTLED,
            not_after=now + WORTH_TELLING,
            now=now,
            host=host,
        )


def came(row: OutboxRow) -> Sequence[Person]:
    """Who came in the minutes of which a mail tells, and still works here; by name."""
    until = row.due_at - SETTLED
    during = AuditEntry.at >= until - TOGETHER, AuditEntry.at < until
    entries = select(AuditEntry).where(AuditEntry.what.in_(CAME), AuditEntry.person_id.is_(None), *during)
    ids = {each.about_id for each in db.session.scalars(entries) if each.facts.get("how") == staff.DIRECTORY}
    here = select(Person).where(Person.id.in_(ids), Person.deactivated_at.is_(None))
    return db.session.scalars(here.order_by(Person.sort_name, Person.id)).all()
