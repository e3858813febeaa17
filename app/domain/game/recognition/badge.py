"""Badges: what somebody has shown to be good at, derived from the ledger and given once."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class BadgeAward(Base):
    """`earned_on` is the day on which it was deserved; found again from the ledger it is the same row."""

    __tablename__ = "badge_award"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    badge: Mapped[str] = mapped_column(String(12), primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    earned_on: Mapped[date]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
