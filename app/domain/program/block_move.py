"""A follow-up block that its owner put at another time for one week; it counts in full there."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class BlockMove(Base):
    """`week` is the Monday of the ISO week whose block begins at `starts_at` instead."""

    __tablename__ = "block_move"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
