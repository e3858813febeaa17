"""A season: the weeks in which a board runs before everybody starts again, with a pause after it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Season(Base):
    """From `first` to `last`, both included; seasons do not overlap, the days between them are a pause."""

    __tablename__ = "season"
    __table_args__ = (UniqueConstraint("program_id", "first"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str] = mapped_column(String(60))
    first: Mapped[date]
    last: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
