"""What the sponsor did this month, in their own words, for everybody to read."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class SponsorDeed(Base):
    """`day` is when it was done."""

    __tablename__ = "sponsor_deed"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    day: Mapped[date]
    text: Mapped[str] = mapped_column(String(400))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
