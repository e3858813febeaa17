"""When somebody wants to be told: not at night, not while away, and if they like all of a day at once."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db


class DeliveryTimes(Base):
    """Quiet from `quiet_from` until `quiet_until`, in minutes after local midnight and often over it; None: never.

    `once_a_day`: what may wait comes in one mail a day. Nothing that may be left out is sent before `away_until`.
    """

    __tablename__ = "delivery_times"

    recipient: Mapped[str] = mapped_column(String(80), primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    quiet_from: Mapped[int | None] = mapped_column(default=None)
    quiet_until: Mapped[int | None] = mapped_column(default=None)
    once_a_day: Mapped[bool] = mapped_column(default=False)
    away_until: Mapped[date | None] = mapped_column(default=None)


def of(recipient: str) -> DeliveryTimes | None:
    """What somebody chose; None when they chose nothing."""
    return db.session.get(DeliveryTimes, recipient)
