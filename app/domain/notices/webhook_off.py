"""That a webhook was turned off, told to whoever administers: under the bell, and by mail with what to do about it."""

from datetime import datetime

from app.domain.agency import audit
from app.domain.notices import to_administrators
from app.domain.notices.webhook import Off, WebhookEndpoint

KIND = "webhook_off"


def tell(endpoint: WebhookEndpoint, why: Off, now: datetime, host: str) -> None:
    """Each of them once; no mail goes when it is on again by then."""
    audit.record("webhook.turned_off", None, now, audit.About("endpoint", endpoint.id))
    payload = {"endpoint_id": endpoint.id}
    facts = payload | {"label": endpoint.label, "why": str(why)}
    to_administrators.tell(KIND, endpoint.id, now, host, facts=facts, payload=payload)
