"""What software asked for under a key of its own: asked again, it is not done again."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db, is_sqlite

KEPT = timedelta(days=7)
LONGEST = 64


class IdempotencyKey(Base):
    """`request_hash` is of method, path and body; nothing of the answer is kept but its status and which row it was."""

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str] = mapped_column(String(LONGEST))
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column()
    resource_id: Mapped[int] = mapped_column()
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Differs(Exception):  # noqa: N818 - it names what is the case
    """The same key came with something else before."""


def before(person_id: int, key: str, request_hash: str, at: datetime) -> IdempotencyKey | None:
    """What came of the same request before; in the write transaction, so that of equal ones at once one is the first.

    Raises:
        Differs: under this key something else was asked.
    """
    if not is_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(_lock(person_id, key))))
    known = select(IdempotencyKey).where(IdempotencyKey.person_id == person_id, IdempotencyKey.key == key)
    row = db.session.scalar(known)
    if row is not None and row.at <= at - KEPT:
        db.session.delete(row)
        db.session.flush()
        return None
    if row is not None and row.request_hash != request_hash:
        raise Differs
    return row


def _lock(person_id: int, key: str) -> int:
    digest = hashlib.sha256(f"{person_id} {key}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def forget_old(now: datetime) -> int:
    """A key counts for a week; answers how many went."""
    gone = delete(IdempotencyKey).where(IdempotencyKey.at <= now - KEPT).returning(IdempotencyKey.id)
    return len(db.session.scalars(gone).all())
