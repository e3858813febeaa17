"""The log of webhooks: what each was told and what became of it, kept for thirty days, and sent again by hand."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update

from app.db import Page, db, page_of
from app.domain.notices.webhook import WebhookEndpoint
from app.domain.notices.webhook_event import TABLE, WebhookDelivery

KEPT = timedelta(days=30)
PAGE = 50
ANEW = {"state": "pending", "attempts": 0, "lease_until": None, "status": None, "failure": None, "answer": ""}
OVER = ("sent", "failed")


def of(endpoint: WebhookEndpoint, number: int) -> Page[WebhookDelivery]:
    """What an endpoint was told, the newest first."""
    mine = select(WebhookDelivery).where(WebhookDelivery.endpoint_id == endpoint.id)
    return page_of(mine.order_by(WebhookDelivery.happened_at.desc(), WebhookDelivery.id.desc()), number, PAGE)


def counts() -> Mapping[int, Counter[str]]:
    """How many messages of each endpoint stand in each state."""
    found: dict[int, Counter[str]] = {}
    asked = select(TABLE.c.endpoint_id, TABLE.c.state, func.count()).group_by(TABLE.c.endpoint_id, TABLE.c.state)
    for endpoint_id, state, number in db.session.execute(asked):
        found.setdefault(endpoint_id, Counter())[state] = number
    return found


def replay(endpoint: WebhookEndpoint, delivery_id: int, now: datetime) -> bool:
    """Send one again under the same id, also one that arrived; False when there is none that is over."""
    return _anew(now, TABLE.c.endpoint_id == endpoint.id, TABLE.c.id == delivery_id, TABLE.c.state.in_(OVER)) == 1


def replay_failed(endpoint: WebhookEndpoint, since: datetime, now: datetime) -> int:
    """Send again what happened since a moment and never arrived; answers how many."""
    mine = TABLE.c.endpoint_id == endpoint.id, TABLE.c.state == "failed"
    return _anew(now, *mine, TABLE.c.happened_at >= since)


def _anew(now: datetime, *which: ColumnElement[bool]) -> int:
    again = update(TABLE).where(*which).values(**ANEW, next_try_at=now)
    return db.session.connection().execute(again).rowcount


def forget(before: datetime) -> int:
    """What happened before a moment goes, whether it arrived or not; answers how much."""
    return db.session.connection().execute(delete(TABLE).where(TABLE.c.happened_at < before)).rowcount
