"""The log of webhooks: what each was told and what became of it, kept for thirty days, and sent again when asked."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, false, func, or_, select, update
from sqlalchemy.orm import aliased

from app.db import Page, db, page_of
from app.domain.notices import webhook
from app.domain.notices.webhook import COMES_WITH, Kind, WebhookEndpoint
from app.domain.notices.webhook_event import ANYWHERE, TABLE, WebhookDelivery

KEPT = timedelta(days=30)
SETTLED = timedelta(hours=1)
"""Whoever was telling a removed endpoint something is done long before."""
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


class TakenBack(Exception):  # noqa: N818 - it names what is the case
    """What a message tells is no longer so, and its receiver has heard that too."""


def replay(endpoint: WebhookEndpoint, delivery_id: int, now: datetime) -> bool:
    """Send one again under the same id, also one that arrived; False when there is none that is over.

    Raises:
        TakenBack: what it tells was taken back.
    """
    if _is_taken_back(endpoint, delivery_id):
        raise TakenBack
    return _anew(now, TABLE.c.endpoint_id == endpoint.id, TABLE.c.id == delivery_id, TABLE.c.state.in_(OVER)) == 1


def _is_taken_back(endpoint: WebhookEndpoint, delivery_id: int) -> bool:
    said, end = aliased(WebhookDelivery), aliased(WebhookDelivery)
    kinds = or_(*[and_(said.kind == before, end.kind == after) for after, before in COMES_WITH.items()])
    ended = select(end.id).join(said, end.key == said.key).where(said.id == delivery_id, kinds)
    both = said.endpoint_id == endpoint.id, end.endpoint_id == endpoint.id
    return db.session.scalar(ended.where(*both)) is not None


def replay_failed(endpoint: WebhookEndpoint, since: datetime, now: datetime) -> int:
    """Send again what happened since a moment and never arrived, but for tries; answers how many."""
    return _anew(now, *_failed(endpoint), TABLE.c.happened_at >= since)


def has_failed(endpoint: WebhookEndpoint) -> bool:
    """Whether anything but tries never arrived."""
    return db.session.scalar(select(TABLE.c.id).where(*_failed(endpoint)).limit(1)) is not None


def _failed(endpoint: WebhookEndpoint) -> tuple[ColumnElement[bool], ...]:
    return TABLE.c.endpoint_id == endpoint.id, TABLE.c.state == "failed", TABLE.c.kind != Kind.PING


def turn_on(endpoint: WebhookEndpoint) -> int:
    """It takes messages again: all that was tried and waits goes now, and what failed since none arrived goes anew.

    In the order in which it happened; answers how many.
    """
    since = endpoint.failing_since
    webhook.turn_on(endpoint)
    db.session.flush()
    waits = and_(TABLE.c.state == "pending", TABLE.c.attempts > 0)
    failed = and_(*_failed(endpoint), TABLE.c.tried_at >= since) if since else false()
    return _anew(TABLE.c.happened_at, TABLE.c.endpoint_id == endpoint.id, or_(waits, failed))


def _anew(at: datetime | ColumnElement[datetime], *which: ColumnElement[bool]) -> int:
    again = update(TABLE).where(*which).values(**ANEW, next_try_at=at)
    return db.session.connection().execute(again).rowcount


def forget(before: datetime) -> int:
    """What happened before a moment goes, whether it arrived or not; answers how much."""
    old = delete(TABLE).where(ANYWHERE, TABLE.c.happened_at < before)
    return db.session.connection().execute(old).rowcount


def forget_removed(before: datetime, most: int) -> int:
    """So much of what endpoints that were removed before a moment were told, and at last they; answers how much."""
    connection, gone = db.session.connection(), webhook.TABLE.c.removed_at < before
    theirs = select(TABLE.c.id).where(TABLE.c.endpoint_id.in_(select(webhook.TABLE.c.id).where(gone)))
    some = theirs.limit(most).with_for_update(skip_locked=True)
    number = connection.execute(delete(TABLE).where(TABLE.c.id.in_(some))).rowcount
    told = select(TABLE.c.id).where(TABLE.c.endpoint_id == webhook.TABLE.c.id)
    return number + connection.execute(delete(webhook.TABLE).where(gone, ~told.exists())).rowcount
