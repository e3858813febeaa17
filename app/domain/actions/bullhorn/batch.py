"""A batch of events as Bullhorn gave it, kept before anything is done with it: it gives each only once by itself."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions.bullhorn.account import BullhornAccount
from app.domain.actions.bullhorn.record import Entity

KEPT = timedelta(days=30)
MOST_MISSING = 500
INSERTED, DELETED = "INSERTED", "DELETED"
Changes = Collection[str]
"""What happened to a record, in Bullhorn's words."""


class BullhornBatch(Base):
    """`number` is Bullhorn's request id, by which it gives the same batch again; the payload goes once it is settled.

    `events` is how many there were.
    """

    __tablename__ = "bullhorn_batch"
    __table_args__ = (
        UniqueConstraint("subscription", "number"),
        Index(None, "settled_at", "received_at"),
        Index(None, "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    subscription: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    events: Mapped[int] = mapped_column(default=0)
    payload: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


def keep(account: BullhornAccount, number: int, events: Sequence[Mapping[str, Any]], now: datetime) -> bool:
    """Keep a batch; False when it was kept before."""
    facts = {"subscription": account.subscription, "number": number, "received_at": now, "events": len(events)}
    new = insert(BullhornBatch).values(**facts, payload=[dict(each) for each in events])
    once = new.on_conflict_do_nothing(index_elements=["subscription", "number"]).returning(BullhornBatch.id)
    fresh = db.session.execute(once).first() is not None
    _count_on(account)
    return fresh


def _count_on(account: BullhornAccount) -> None:
    """Move the mark up to the first number that is missing."""
    for number in _numbers_after(account):
        if number != account.kept_until + 1:
            break
        account.kept_until = number


def _numbers_after(account: BullhornAccount) -> Sequence[int]:
    row = BullhornBatch
    after = row.subscription == account.subscription, row.number > account.kept_until
    return db.session.scalars(select(row.number).where(*after).order_by(row.number)).all()


def missing(account: BullhornAccount, last: int) -> list[int]:
    """The numbers up to the last that Bullhorn gave out and that we do not have: somebody was cut off in between."""
    kept: Collection[int] = set(_numbers_after(account))
    numbers = range(account.kept_until + 1, min(last, account.kept_until + MOST_MISSING) + 1)
    return [number for number in numbers if number not in kept]


def around(account: BullhornAccount, number: int, now: datetime) -> tuple[datetime, datetime]:
    """Between which moments a batch that is missing was told: when the ones before and after it came."""
    row = BullhornBatch
    mine = select(row.received_at).where(row.subscription == account.subscription, row.events > 0).limit(1)
    after = db.session.scalar(mine.where(row.number > number).order_by(row.number)) or now
    earlier = mine.where(row.number < number, row.received_at <= after).order_by(row.number.desc())
    return db.session.scalar(earlier) or account.subscribed_at or after, after


def waiting() -> BullhornBatch | None:
    """The batch that waits longest."""
    query = select(BullhornBatch).where(BullhornBatch.settled_at.is_(None))
    return db.session.scalar(query.order_by(BullhornBatch.received_at, BullhornBatch.id).limit(1))


def strike(row_id: int, left: Mapping[tuple[Entity, int], Changes]) -> None:
    """Only these records wait still; of each, what happened to it."""
    row = db.session.get_one(BullhornBatch, row_id, populate_existing=True)
    row.payload = [
        {"entityName": str(entity), "entityId": number, "entityEventType": change}
        for (entity, number), changes in left.items()
        for change in sorted(changes)
    ]


def settled(row_id: int, now: datetime) -> None:
    """All that it told of has its effect."""
    row = db.session.get_one(BullhornBatch, row_id, populate_existing=True)
    row.settled_at, row.payload = now, []


def newest() -> BullhornBatch | None:
    """The batch that came last; one that was lost came never."""
    query = select(BullhornBatch).where(BullhornBatch.events > 0)
    return db.session.scalar(query.order_by(BullhornBatch.received_at.desc(), BullhornBatch.id.desc()).limit(1))


def open_ones() -> int:
    """How many batches wait."""
    return db.session.scalar(select(func.count()).where(BullhornBatch.settled_at.is_(None))) or 0


def forget(before: datetime) -> int:
    """Batches that were settled before a moment have served; answers how many went."""
    old = delete(BullhornBatch).where(BullhornBatch.settled_at < before)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined] # a DELETE's result has it
