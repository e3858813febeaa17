"""That the identity provider ended who made its token, which works on: told to whoever administers, bell and mail."""

from datetime import datetime, timedelta

from app.db import db
from app.domain.agency import person as people
from app.domain.agency import provisioning_token
from app.domain.agency.person import Person
from app.domain.notices import notice, outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person

KIND = "token_left"
WORTH_TELLING = timedelta(days=7)


def tell(left: Person, now: datetime, host: str) -> None:
    """Each of them once, when there is such a token: whoever kept it can add colleagues with it."""
    if not provisioning_token.made_by(left.id, now):
        return
    recipients, period = [name_person(each) for each in people.administrators()], f"{left.id} {now.isoformat()}"
    notice.tell(KIND, recipients, period=period, facts={"person_id": left.id}, now=now)
    for recipient in recipients:
        outbox.plan(
            kind=KIND,
            recipient=recipient,
            period=period,
            payload={"person_id": left.id},
            due_at=now,
            not_after=now + WORTH_TELLING,
            now=now,
            host=host,
        )


def of(row: OutboxRow, now: datetime) -> Person | None:
    """Who left a token behind, as a mail tells it; None when it was ended since, or they are back."""
    left = db.session.get(Person, int(row.payload["person_id"]))
    still = left is not None and not left.is_active and provisioning_token.made_by(left.id, now)
    return left if still else None
