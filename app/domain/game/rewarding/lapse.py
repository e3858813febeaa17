"""Coins that will lapse: announced at least sixty days before, and never otherwise."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class CoinLapse(Base):
    """Coins earned before a day and not spent by `lapses_on` go then; the oldest are spent first."""

    __tablename__ = "coin_lapse"
    __table_args__ = (UniqueConstraint("program_id", "lapses_on"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    earned_before: Mapped[date]
    lapses_on: Mapped[date]
    announced_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
