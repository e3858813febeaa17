"""The live log of a source: the last hundred events that it sent, and what became of each."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime

KEPT = 100


class IntakeLogLine(Base):
    """A ring: event `number` of a source lies in slot number % 100, so that there are never more rows than that."""

    __tablename__ = "intake_log"

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    type: Mapped[str] = mapped_column(String(20), default="")
    event: Mapped[str] = mapped_column(String(80), default="")
    message_id: Mapped[str] = mapped_column(String(100), default="")
    fate: Mapped[str] = mapped_column(String(30))
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True, default=None)
