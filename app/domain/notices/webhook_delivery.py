"""Delivery to webhooks: one message at a time for each endpoint, claimed under a lease, and what became of it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, update

from app.db import db
from app.domain.notices import webhook
from app.domain.notices.heartbeat import SKEW
from app.domain.notices.webhook import Kind, WebhookEndpoint
from app.domain.notices.webhook_event import TABLE, WebhookDelivery

LEASE = timedelta(minutes=2)
"""Much longer than one message may take."""
BACK_OFF = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
JITTER = 0.2
"""Up to so much longer, so that not all who failed together come back together."""
LONGEST_ANSWER = 200


class Failure(StrEnum):
    """Why there was no answer."""

    SILENT = "silent"
    UNKNOWN = "unknown"
    INSIDE = "inside"
    UNTRUSTED = "untrusted"
    AWAY = "away"
    UNREADABLE = "unreadable"


class Attempt(NamedTuple):
    """What came of sending: the status and the beginning of an answer, or why there was none."""

    status: int | None = None
    answer: str = ""
    failure: Failure | None = None

    @property
    def arrived(self) -> bool:
        return self.status is not None and self.status // 100 == 2  # noqa: PLR2004 - 2xx, as HTTP has it

    @property
    def is_gone(self) -> bool:
        """The other side says that nobody will ever take anything there (RFC 9110, 15.5.11)."""
        return self.status == 410  # noqa: PLR2004 - as above


class Parcel(NamedTuple):
    """A message that is ours to send, and where it goes."""

    row: WebhookDelivery
    endpoint: WebhookEndpoint


def waiting(now: datetime, busy: Collection[int] = ()) -> Sequence[int]:
    """The endpoints for which something is due, but for those that are `busy`; asked without holding anything."""
    mine = select(TABLE.c.id).where(TABLE.c.endpoint_id == webhook.TABLE.c.id)
    due = or_(*[mine.where(*each).exists() for each in _due(now)])
    on = webhook.TABLE.c.off_at.is_(None), webhook.TABLE.c.id.not_in(list(busy))
    return db.session.scalars(select(webhook.TABLE.c.id).where(*on, due).order_by(webhook.TABLE.c.id)).all()


def claim(owner: str, endpoint_ids: Collection[int], now: datetime) -> list[Parcel]:
    """Take for each of these what was begun and lost, else the message that waits longest."""
    return [parcel for each in endpoint_ids if (parcel := _claim_for(owner, each, now))]


def _claim_for(owner: str, endpoint_id: int, now: datetime) -> Parcel | None:
    endpoint, row = webhook.one(endpoint_id), _next(endpoint_id, now)
    if row is None or endpoint is None or endpoint.off_at is not None:
        return None
    row.state, row.lease_owner, row.lease_until = "sending", owner, now + LEASE
    row.attempts += 1
    row.tried_at = now
    return Parcel(row, endpoint)


def _next(endpoint_id: int, now: datetime) -> WebhookDelivery | None:
    for due in _due(now):
        mine = select(WebhookDelivery).where(WebhookDelivery.endpoint_id == endpoint_id, *due)
        first = mine.order_by(WebhookDelivery.next_try_at, WebhookDelivery.id).limit(1)
        held = first.with_for_update(skip_locked=True).execution_options(populate_existing=True)
        if (row := db.session.scalar(held)) is not None:
            return row
    return None


def _due(now: datetime) -> tuple[tuple[ColumnElement[bool], ...], ...]:
    """What was begun and lost, and what waits: two questions in the order of the index, because thousands may wait.

    A lease that ends later than any could is of a time when a clock was wrong.
    """
    over = or_(TABLE.c.lease_until < now, TABLE.c.lease_until > now + LEASE + SKEW)
    return (TABLE.c.state == "sending", over), (TABLE.c.state == "pending", TABLE.c.next_try_at <= now)


def settle(parcel: Parcel, owner: str, attempt: Attempt, now: datetime, *, jitter: float) -> webhook.Off | None:
    """Write down what came of it; why the endpoint is turned off with that, if it is. `jitter` is from 0 to 1.

    The endpoint comes first, as when it is turned on: so neither waits for the other for ever.
    """
    values: dict[str, object] = {
        "status": attempt.status,
        "failure": attempt.failure,
        "answer": attempt.answer[:LONGEST_ANSWER],
        "lease_until": None,
    }
    if attempt.arrived:
        webhook.succeeded(parcel.endpoint, now)
        _write(parcel, owner, values | {"state": "sent"})
        return None
    off = _failed(parcel, attempt, now)
    _write(parcel, owner, values | _later(parcel.row, now, jitter))
    return off


def _failed(parcel: Parcel, attempt: Attempt, now: datetime) -> webhook.Off | None:
    """A trial is no message that is missed: with it nothing begins to fail."""
    gone = webhook.gone(parcel.endpoint, now) if attempt.is_gone else None
    if parcel.row.kind == Kind.PING:
        return gone
    return webhook.failed(parcel.endpoint, now, tries=parcel.row.attempts) or gone


def _later(row: WebhookDelivery, now: datetime, jitter: float) -> dict[str, object]:
    """A trial is not tried again: whoever pressed the button sees what came of it."""
    if row.attempts > len(BACK_OFF) or row.kind == Kind.PING:
        return {"state": "failed"}
    wait = BACK_OFF[row.attempts - 1]
    return {"state": "pending", "next_try_at": now + wait + wait * JITTER * jitter}


def _write(parcel: Parcel, owner: str, values: dict[str, object]) -> None:
    """Only the sender that holds the lease may say what became of a message."""
    row = parcel.row
    held = TABLE.c.id == row.id, TABLE.c.message_id == row.message_id, TABLE.c.lease_owner == owner
    db.session.execute(update(TABLE).where(*held, TABLE.c.state == "sending").values(**values))
