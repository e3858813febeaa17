"""A manual adjustment of points: with a reason that the person sees, above a limit with a second pair of eyes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Adjustment(Base):
    """`decision` is None while it waits for somebody else, then approved or declined; only approved ones move points.

    The reason is text, so it is kept here and never in the ledger.
    """

    __tablename__ = "adjustment"
    __table_args__ = (Index(None, "person_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decision: Mapped[str | None] = mapped_column(String(8), default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
