"""What an unknown visitor did, kept for a while: it joins a candidate when a trusted source says who it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Visit(Base):
    """No candidate is behind it, and it is nobody's until one is; `vacancy` is the reference that the source gave."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("source_id", "external_id"),
        Index(None, "anonymous_id", "occurred_at"),
        Index(None, "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    external_id: Mapped[str] = mapped_column(String(120))
    anonymous_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(80))
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verdict: Mapped[str] = mapped_column(String(8), default="human")
    vacancy: Mapped[str | None] = mapped_column(String(80), default=None)
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
