"""That a webhook was turned off, told to whoever administers: under the bell, and by mail with what to do about it."""

from datetime import datetime, timedelta

from app.domain.agency import audit
from app.domain.agency import person as people
from app.domain.notices import notice, outbox
from app.domain.notices.recipient import name_person
from app.domain.notices.webhook import Off, WebhookEndpoint

KIND = "webhook_off"
WORTH_TELLING = timedelta(days=7)


def tell(endpoint: WebhookEndpoint, why: Off, now: datetime, host: str) -> None:
    """Each of them once; the mail is written when it goes, and not at all when it is on again by then."""
    audit.record("webhook.turned_off", None, now, audit.About("endpoint", endpoint.id))
    recipients, period = [name_person(each) for each in people.administrators()], f"{endpoint.id} {now.isoformat()}"
    facts = {"endpoint_id": endpoint.id, "label": endpoint.label, "why": str(why)}
    notice.tell(KIND, recipients, period=period, facts=facts, now=now)
    for recipient in recipients:
        outbox.plan(
            kind=KIND,
            recipient=recipient,
            period=period,
            payload={"endpoint_id": endpoint.id},
            due_at=now,
            not_after=now + WORTH_TELLING,
            now=now,
            host=host,
        )
