"""What a provider tells of its own accord: kept as it came until it is understood, once per event."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Delete,
    Index,
    Select,
    String,
    UniqueConstraint,
    Update,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

KEPT = timedelta(days=30)
"""How long an event is known again by its name, or waits for somebody; its payload goes as soon as it is settled."""
MOST_ASIDE = 10_000
"""Of one provider, beside wishes."""
PORTION = 5_000
AT_ONCE = 200
MOST_ALIKE = 500
SHOWN = 50
LONGEST_OUTCOME = 40
LONGEST_WAIT = 254
DUE = text("settled_at IS NULL AND waits_for IS NULL")
ASIDE = text("waits_for IS NOT NULL")


class ProviderEvent(Base):
    """`event_id` is the provider's own; `payload` holds an address and goes when the event is settled.

    `outcome` says what it was taken for, and is None until then. `waits_for` is the number or address of somebody whom
    we do not know yet; empty: it could not be understood, and waits for whoever administers to try it again.
    `is_wish`: they want to hear no more, or to hear from us again. It gives way to nothing else that waits, and its
    name is kept for good: some providers sign no time, so that it could be sent again after years.
    """

    __tablename__ = "provider_event"
    __table_args__ = (
        UniqueConstraint("provider", "event_id"),
        Index(None, "settled_at", "received_at"),
        Index("ix_provider_event_due", "provider", "received_at", "id", sqlite_where=DUE, postgresql_where=DUE),
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
    is_wish: Mapped[bool] = mapped_column(default=False)


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


def due_providers() -> Sequence[str]:
    """Of whom events wait to be settled."""
    return db.session.scalars(
        select(ProviderEvent.provider).where(DUE).distinct().order_by(ProviderEvent.provider)
    ).all()


def due(provider: str) -> Sequence[ProviderEvent]:
    """The events of a provider that wait longest; held until the transaction ends."""
    query = select(ProviderEvent).where(ProviderEvent.provider == provider, DUE)
    oldest = query.order_by(ProviderEvent.received_at, ProviderEvent.id).limit(AT_ONCE)
    return db.session.scalars(_held(oldest)).all()


def unsettled(row_id: int) -> ProviderEvent | None:
    """An event that is not settled yet, as it is now; others may settle it all the same."""
    one = select(ProviderEvent).where(ProviderEvent.id == row_id, DUE)
    return db.session.scalar(one.execution_options(populate_existing=True))


def hold(row_id: int) -> ProviderEvent | None:
    """An event that is not settled yet, held until the transaction ends; None when somebody else holds it, or did."""
    return db.session.scalar(_held(select(ProviderEvent).where(ProviderEvent.id == row_id, DUE)))


def _held(query: Select[ProviderEvent]) -> Select[ProviderEvent]:
    return query.with_for_update(skip_locked=True).execution_options(populate_existing=True)


def settled(event: ProviderEvent, outcome: str, now: datetime) -> None:
    """What it was taken for stays; what it said goes."""
    event.settled_at, event.outcome, event.payload = now, outcome[:LONGEST_OUTCOME], {}
    event.waits_for = None


def put_aside(event: ProviderEvent, waits_for: str, outcome: str) -> None:
    """It waits for somebody to be known, or to be tried again."""
    event.waits_for, event.outcome = waits_for[:LONGEST_WAIT], outcome[:LONGEST_OUTCOME]


def waiting_for(provider: str, waits_for: str) -> Sequence[ProviderEvent]:
    """What waits of a provider for one number or address."""
    rows = select(ProviderEvent).where(ProviderEvent.provider == provider, ASIDE, ProviderEvent.waits_for == waits_for)
    return db.session.scalars(rows.order_by(ProviderEvent.id).limit(MOST_ALIKE)).all()


def trim(now: datetime) -> int:
    """Of each provider only so much waits, the newest, and every wish; answers how many events went."""
    return sum(_settle_oldest(provider, now) for provider, number in aside().items() if number > MOST_ASIDE)


def _settle_oldest(provider: str, now: datetime) -> int:
    row = ProviderEvent
    newest_first = select(row.id).where(row.provider == provider, ASIDE, row.is_wish.is_(False))
    surplus = newest_first.order_by(row.received_at.desc(), row.id.desc()).offset(MOST_ASIDE).limit(PORTION)
    served = {"settled_at": now, "outcome": "too many wait", "payload": {}, "waits_for": None}
    return _rows_of(update(row).where(row.id.in_(surplus)).values(served))


def try_again(provider: str) -> int:
    """What waits of a provider is looked at once more; answers how many events."""
    return _rows_of(update(ProviderEvent).where(ProviderEvent.provider == provider, ASIDE).values(waits_for=None))


def let_go(provider: str, waits_for: str | None = None) -> int:
    """Forget what waits of a provider, all or for one number or address; answers how many events went."""
    theirs = () if waits_for is None else (ProviderEvent.waits_for == waits_for,)
    return _wait_no_more(ProviderEvent.provider == provider, *theirs)


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


def last_taken_for(provider: str, outcome: str) -> datetime | None:
    """When a provider last told something that was taken for this."""
    these = ProviderEvent.provider == provider, ProviderEvent.outcome == outcome
    return db.session.scalar(select(func.max(ProviderEvent.received_at)).where(*these))


def forget(before: datetime) -> int:
    """Events that were settled before a moment have served, and what waited since then waits in vain; how many went."""
    served = delete(ProviderEvent).where(ProviderEvent.settled_at < before, ProviderEvent.is_wish.is_(False))
    return _rows_of(served) + _wait_no_more(ProviderEvent.received_at < before)


def _wait_no_more(*which: ColumnElement[bool]) -> int:
    """What waits is forgotten; of a wish nothing but its name stays."""
    wishes = update(ProviderEvent).where(ASIDE, ProviderEvent.is_wish, *which)
    others = delete(ProviderEvent).where(ASIDE, ProviderEvent.is_wish.is_(False), *which)
    named = wishes.values(settled_at=ProviderEvent.received_at, payload={}, waits_for=None)
    return _rows_of(others) + _rows_of(named)


def _rows_of(change: Update | Delete) -> int:
    return int(db.session.execute(change).rowcount)  # type: ignore[attr-defined] # the result of a change has it
