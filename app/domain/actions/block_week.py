"""Block weeks: what became of each person's follow-up block in each ISO week, once the week is settled."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class WeekState(StrEnum):
    """EXCUSED by leave, a holiday or a closure, at no cost; FROZEN: missed, and a freeze was used for it."""

    KEPT = "kept"
    EXCUSED = "excused"
    FROZEN = "frozen"
    MISSED = "missed"


class BlockWeek(Base):
    """`week` is the Monday, `actions` how many qualifying ones were in the block that began at `block_at`."""

    __tablename__ = "block_week"
    __table_args__ = (Index(None, "week"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[WeekState] = mapped_column(String(8))
    actions: Mapped[int] = mapped_column(default=0)
    block_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    settled_at: Mapped[datetime] = mapped_column(UtcDateTime)
