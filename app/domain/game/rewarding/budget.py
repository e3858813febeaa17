"""The reward budget: an encumbrance ledger in cents, from what was given to what was spent."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Pot(StrEnum):
    """Where money is; `outside` is before it was given to the budget."""

    OUTSIDE = "outside"
    AVAILABLE = "available"
    RESERVED = "reserved"
    COMMITTED = "committed"
    SPENT = "spent"


class Budget(Base):
    """What may be spent from `first` to `last`; the pots are cents and always sum to what was budgeted."""

    __tablename__ = "budget"
    __table_args__ = (
        CheckConstraint("available + reserved + committed + spent = budgeted", name="sum"),
        CheckConstraint("available >= 0 AND reserved >= 0 AND committed >= 0 AND spent >= 0", name="pots"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str] = mapped_column(String(60))
    first: Mapped[date]
    last: Mapped[date]
    budgeted: Mapped[int] = mapped_column(default=0)
    available: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    committed: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BudgetHold(Base):
    """What one competition, redemption or surprise holds of a budget: `total` is where its cents are, all together."""

    __tablename__ = "budget_hold"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id"),
        Index(None, "budget_id"),
        CheckConstraint("reserved + committed + spent + released = total", name="sum"),
        CheckConstraint("reserved >= 0 AND committed >= 0 AND spent >= 0 AND released >= 0", name="pots"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    budget_id: Mapped[int] = mapped_column(ForeignKey("budget.id"))
    source_kind: Mapped[str] = mapped_column(String(12))
    source_id: Mapped[int]
    total: Mapped[int]
    reserved: Mapped[int]
    committed: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    released: Mapped[int] = mapped_column(default=0)


class BudgetEntry(Base):
    """Append-only: so many cents, more than nought, went from one pot to another; `hold_id` is on whose account."""

    __tablename__ = "budget_entry"
    __table_args__ = (CheckConstraint("cents > 0", name="cents"), Index(None, "budget_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    budget_id: Mapped[int] = mapped_column(ForeignKey("budget.id"))
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("budget_hold.id"), default=None, index=True)
    from_pot: Mapped[str] = mapped_column(String(9))
    to_pot: Mapped[str] = mapped_column(String(9))
    cents: Mapped[int]
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
