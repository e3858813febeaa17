"""What a mail provider says became of a mail: kept as it came until it is understood, once per event."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

KEPT = timedelta(days=30)
"""How long an event is known again by its name; its payload goes as soon as it is settled."""
LONGEST_OUTCOME = 40


class ProviderEvent(Base):
    """`event_id` is the provider's own; `payload` holds an address and goes when the event is settled.

    `outcome` says what it was taken for, and is None until then.
    """

    __tablename__ = "provider_event"
    __table_args__ = (UniqueConstraint("provider", "event_id"), Index(None, "settled_at", "received_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    provider: Mapped[str] = mapped_column(String(10))
    event_id: Mapped[str] = mapped_column(String(120))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    outcome: Mapped[str | None] = mapped_column(String(40), default=None)


def keep(provider: str, events: Iterable[tuple[str, Mapping[str, Any]]], now: datetime) -> int:
    """Keep events until they are settled; answers how many were not told before."""
    once = dict(events)
    rows = [
        {"provider": provider, "event_id": event_id, "received_at": now, "payload": dict(payload)}
        for event_id, payload in sorted(once.items(), key=lambda each: each[0])
    ]
    if not rows:
        return 0
    new = insert(ProviderEvent).on_conflict_do_nothing(index_elements=["provider", "event_id"])
    return len(db.session.execute(new.returning(ProviderEvent.id), rows).all())


def waiting() -> ProviderEvent | None:
    """The event that waits longest; held until the transaction ends."""
    query = select(ProviderEvent).where(ProviderEvent.settled_at.is_(None)).order_by(ProviderEvent.received_at)
    return db.session.scalar(query.order_by(ProviderEvent.id).limit(1).with_for_update(skip_locked=True))


def settled(event: ProviderEvent, outcome: str, now: datetime) -> None:
    """What it was taken for stays; what it said goes."""
    event.settled_at, event.outcome, event.payload = now, outcome[:LONGEST_OUTCOME], {}


def last_heard() -> dict[str, datetime]:
    """When each provider last told something."""
    newest = select(ProviderEvent.provider, func.max(ProviderEvent.received_at)).group_by(ProviderEvent.provider)
    return dict(db.session.execute(newest).all())


def forget(before: datetime) -> int:
    """Events that were settled before a moment have served; answers how many went."""
    old = delete(ProviderEvent).where(ProviderEvent.settled_at < before)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined] # a DELETE's result has it
