"""A redemption: coins, stock and budget held together for a reward, until it is handed over or let go."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class RedemptionState(StrEnum):
    """The last four are ends; every end but fulfilled lets go of what was held, once."""

    REQUESTED = "requested"
    APPROVED = "approved"
    FULFILLED = "fulfilled"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Redemption(Base):
    """`price` and `cents` are those of the moment of asking; `coin_entry_id` is the row that took the coins.

    Without a decision by `expires_at` it lapses. `key` is the form's, so that it counts once however often it arrives.
    """

    __tablename__ = "redemption"
    __table_args__ = (Index(None, "person_id", "requested_at"), Index(None, "reward_id"), Index(None, "state"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    reward_id: Mapped[int] = mapped_column(ForeignKey("reward.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    price: Mapped[int]
    cents: Mapped[int]
    state: Mapped[str] = mapped_column(String(9), default=RedemptionState.REQUESTED)
    coin_entry_id: Mapped[int | None] = mapped_column(ForeignKey("coin_entry.id"), default=None)
    budget_id: Mapped[int | None] = mapped_column(ForeignKey("budget.id"), default=None)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RedemptionMove(Base):
    """Every step of a redemption: who took it, when, and what they said."""

    __tablename__ = "redemption_move"
    __table_args__ = (Index(None, "redemption_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    redemption_id: Mapped[int] = mapped_column(ForeignKey("redemption.id"))
    state: Mapped[str] = mapped_column(String(9))
    note: Mapped[str] = mapped_column(String(300), default="")
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
