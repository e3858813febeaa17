"""Something in how somebody logs that is unlike the rest: shown to the person first, and never punished by itself."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Anomaly(Base):
    """`evidence` are the figures behind it, ids only; `answer` is what the person says of it."""

    __tablename__ = "anomaly"
    __table_args__ = (UniqueConstraint("person_id", "kind", "week"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(16))
    week: Mapped[date]
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
