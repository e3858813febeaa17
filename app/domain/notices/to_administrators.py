"""What whoever administers is told at once: under the bell, and by a mail that is written when it goes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.domain.agency import person as people
from app.domain.notices import notice, outbox
from app.domain.notices.recipient import name_person

WORTH_TELLING = timedelta(days=7)


def tell(
    kind: str, about_id: int, now: datetime, host: str, *, facts: Mapping[str, Any], payload: Mapping[str, Any]
) -> None:
    """Each of them once: the bell keeps the facts of this moment, the mail looks once more by its `payload`."""
    recipients, period = [name_person(each) for each in people.administrators()], f"{about_id} {now.isoformat()}"
    notice.tell(kind, recipients, period=period, facts=dict(facts), now=now)
    for recipient in recipients:
        outbox.plan(
            kind=kind,
            recipient=recipient,
            period=period,
            payload=dict(payload),
            due_at=now,
            not_after=now + WORTH_TELLING,
            now=now,
            host=host,
        )
