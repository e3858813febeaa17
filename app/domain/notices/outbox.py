"""The outbox: what must be mailed to whom, once, planned apart from being sent."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import JSON, Index, String, Table, UniqueConstraint, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db


class OutboxRow(Base):
    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("kind", "recipient", "period"), Index(None, "state", "next_try_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(80))
    period: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(8), default="pending")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_after: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    lease_owner: Mapped[str | None] = mapped_column(String(60), default=None)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    last_error: Mapped[str | None] = mapped_column(String(300), default=None)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


KEPT = timedelta(days=400)
"""Longer than the longest period by which a message is planned once: a year."""
KEPT_ALWAYS = ("block_invitation",)
"""Calendars count on from the newest one that they were sent."""
TABLE = cast("Table", OutboxRow.__table__)
ONCE = insert(TABLE).on_conflict_do_nothing(index_elements=["kind", "recipient", "period"]).returning(TABLE.c.id)


def plan(
    *,
    kind: str,
    recipient: str,
    period: str,
    payload: Mapping[str, Any],
    due_at: datetime,
    not_after: datetime,
    now: datetime,
    host: str,
) -> bool:
    """Plan a message once per kind, recipient and period; True when it is new.

    `recipient` is opaque (person:12, candidate:34, mail:<address>). `host` is that of the public address: with it the
    message's identity is the same however often it is planned or sent.
    """
    row = {
        "kind": kind,
        "recipient": recipient,
        "period": period,
        "payload": dict(payload),
        "state": "pending",
        "due_at": due_at,
        "not_after": not_after,
        "attempts": 0,
        "next_try_at": max(due_at, now),
        "message_id": message_id(kind, recipient, period, host),
    }
    return db.session.connection().scalar(ONCE, row) is not None


def planned(kind: str, period: str) -> set[str]:
    """For whom the message of a period is planned already, whatever became of it."""
    rows = select(OutboxRow.recipient).where(OutboxRow.kind == kind, OutboxRow.period == period)
    return set(db.session.scalars(rows))


def message_id(kind: str, recipient: str, period: str, host: str) -> str:
    """The Message-ID of a message: it follows from what the message is, so a repeated one is recognised."""
    digest = hashlib.sha256(f"{kind}\n{recipient}\n{period}".encode()).hexdigest()
    return f"<{digest[:40]}@{host}>"


def mark(message_id: str) -> str:
    """What names a message at its provider: its identity without our host."""
    return message_id.strip("<>").partition("@")[0]


def by_mark(mark: str, host: str) -> OutboxRow | None:
    """The message that a provider means."""
    return db.session.scalar(select(OutboxRow).where(OutboxRow.message_id == f"<{mark}@{host}>"))


def skip(kind: str, recipient: str, reason: str) -> None:
    """Messages of a kind that were not sent yet have lost their purpose; the facts in them go."""
    waiting = update(OutboxRow).where(
        OutboxRow.kind == kind, OutboxRow.recipient == recipient, OutboxRow.state == "pending"
    )
    db.session.execute(waiting.values(state="skipped", last_error=reason, payload={}))


def forget(before: datetime) -> int:
    """What was sent or given up before a moment goes; answers how much."""
    over = (
        OutboxRow.state.in_(("sent", "failed", "skipped")),
        OutboxRow.due_at < before,
        OutboxRow.kind.not_in(KEPT_ALWAYS),
    )
    return db.session.connection().execute(delete(OutboxRow).where(*over)).rowcount
