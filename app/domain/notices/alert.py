"""An alert: something that somebody should hear within minutes, if it is still so when they can be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Alert(Base):
    """`recipient` and `about` are opaque (person:12, candidate:34); `period` is what makes it the same alert.

    It waits until it was `told` by a mail, or `withdrawn` because it is no longer so.
    """

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("kind", "recipient", "period"),
        Index(None, "state", "due_at"),
        Index(None, "about", "state"),
        Index(None, "recipient", "told_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[str] = mapped_column(String(80))
    period: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(9), default="waiting")
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
