"""Coins: a second ledger beside the points, earned with them and spent on rewards."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class CoinEntry(Base):
    """Append-only and signed: balance less owed is the sum. `kind` is earn, reversal, spend, release or expire."""

    __tablename__ = "coin_entry"
    __table_args__ = (Index(None, "person_id", "id"), Index(None, "source_kind", "source_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(8))
    coins: Mapped[int]
    source_kind: Mapped[str] = mapped_column(String(12))
    source_id: Mapped[int]
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)


class CoinBalance(Base):
    """`balance` can be spent; `owed` was taken back after it had been spent, and comes off the next earnings."""

    __tablename__ = "coin_balance"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    balance: Mapped[int] = mapped_column(default=0)
    owed: Mapped[int] = mapped_column(default=0)
