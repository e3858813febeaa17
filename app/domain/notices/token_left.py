"""That the identity provider ended who made its token, which works on: told to whoever administers, bell and mail."""

from datetime import datetime

from app.db import db
from app.domain.agency import provisioning_token
from app.domain.agency.person import Person
from app.domain.notices import to_administrators
from app.domain.notices.outbox import OutboxRow

KIND = "token_left"


def tell(left: Person, now: datetime, host: str) -> None:
    """Each of them once, when there is such a token: whoever kept it can add colleagues with it."""
    if provisioning_token.made_by(left.id, now):
        who = {"person_id": left.id}
        to_administrators.tell(KIND, left.id, now, host, facts=who, payload=who)


def of(row: OutboxRow, now: datetime) -> Person | None:
    """Who left a token behind, as a mail tells it; None when it was ended since, or they are back."""
    left = db.session.get(Person, int(row.payload["person_id"]))
    still = left is not None and not left.is_active and provisioning_token.made_by(left.id, now)
    return left if still else None
