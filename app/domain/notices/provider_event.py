"""What a provider tells of its own accord: kept as it came until it is understood, once per event."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint, and_, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

KEPT = timedelta(days=30)
"""How long an event is known again by its name, or waits for somebody; its payload goes as soon as it is settled."""
MOST_ASIDE = 10_000
SHOWN = 50
LONGEST_OUTCOME = 40
LONGEST_WAIT = 254
DUE = text("settled_at IS NULL AND waits_for IS NULL")
ASIDE = text("waits_for IS NOT NULL")


class ProviderEvent(Base):
    """`event_id` is the provider's own; `payload` holds an address and goes when the event is settled.

    `outcome` says what it was taken for, and is None until then. `waits_for` is the number or address of somebody whom
    we do not know yet; empty: it could not be understood, and waits for whoever administers to try it again.
    """

    __tablename__ = "provider_event"
    __table_args__ = (
        UniqueConstraint("provider", "event_id"),
        Index(None, "settled_at", "received_at"),
        Index("ix_provider_event_due", "received_at", "id", sqlite_where=DUE, postgresql_where=DUE),
        Index("ix_provider_event_aside", "provider", "waits_for", sqlite_where=ASIDE, postgresql_where=ASIDE),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    provider: Mapped[str] = mapped_column(String(10))
    event_id: Mapped[str] = mapped_column(String(120))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    outcome: Mapped[str | None] = mapped_column(String(40), default=None)
    waits_for: Mapped[str | None] = mapped_column(String(254), default=None)


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
    query = select(ProviderEvent).where(DUE).order_by(ProviderEvent.received_at, ProviderEvent.id)
    return db.session.scalar(query.limit(1).with_for_update(skip_locked=True))


def settled(event: ProviderEvent, outcome: str, now: datetime) -> None:
    """What it was taken for stays; what it said goes."""
    event.settled_at, event.outcome, event.payload = now, outcome[:LONGEST_OUTCOME], {}
    event.waits_for = None


def put_aside(event: ProviderEvent, waits_for: str, outcome: str, now: datetime) -> None:
    """It waits for somebody to be known, or to be tried again; of very many that wait no more are kept."""
    if sum(aside().values()) >= MOST_ASIDE:
        settled(event, "too many wait", now)
        return
    event.waits_for, event.outcome = waits_for[:LONGEST_WAIT], outcome[:LONGEST_OUTCOME]


def try_again(provider: str) -> int:
    """What waits of a provider is looked at once more; answers how many events."""
    again = update(ProviderEvent).where(ProviderEvent.provider == provider, ASIDE).values(waits_for=None)
    return int(db.session.execute(again).rowcount)  # type: ignore[attr-defined] # an UPDATE's result has it


def let_go(provider: str, waits_for: str | None = None) -> int:
    """Forget what waits of a provider, all or for one number or address; answers how many events went."""
    gone = delete(ProviderEvent).where(ProviderEvent.provider == provider, ASIDE)
    if waits_for is not None:
        gone = gone.where(ProviderEvent.waits_for == waits_for)
    return int(db.session.execute(gone).rowcount)  # type: ignore[attr-defined] # a DELETE's result has it


def aside() -> dict[str, int]:
    """How many events of each provider wait."""
    count = select(ProviderEvent.provider, func.count()).where(ASIDE).group_by(ProviderEvent.provider)
    return dict(db.session.execute(count).all())


def aside_of(provider: str) -> Sequence[ProviderEvent]:
    """What waits of a provider, newest first."""
    rows = select(ProviderEvent).where(ProviderEvent.provider == provider, ASIDE)
    return db.session.scalars(rows.order_by(ProviderEvent.received_at.desc(), ProviderEvent.id).limit(SHOWN)).all()


def last_heard() -> dict[str, datetime]:
    """When each provider last told something."""
    newest = select(ProviderEvent.provider, func.max(ProviderEvent.received_at)).group_by(ProviderEvent.provider)
    return dict(db.session.execute(newest).all())


def forget(before: datetime) -> int:
    """Events that were settled before a moment have served, and what waited since then waits in vain; how many went."""
    in_vain = and_(ASIDE, ProviderEvent.received_at < before)
    old = delete(ProviderEvent).where(or_(ProviderEvent.settled_at < before, in_vain))
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined] # a DELETE's result has it
