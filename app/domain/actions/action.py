"""An engagement action: what a recruiter did for a candidate, what came of it, and what it earned."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class EngagementAction(Base):
    """`person_id` is None for what a system did; `points` and `award_reason` are what was decided when recorded."""

    __tablename__ = "engagement_action"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index(None, "candidate_id", "occurred_at"),
        Index(None, "person_id", "local_date"),
        Index(None, "local_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    kind_id: Mapped[int] = mapped_column(ForeignKey("action_kind.id"))
    outcome: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str | None] = mapped_column(String(10), default=None)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    local_date: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    source: Mapped[str] = mapped_column(String(8), default="page")
    external_id: Mapped[str | None] = mapped_column(String(120), default=None)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    note: Mapped[str | None] = mapped_column(Text, default=None)
    points: Mapped[int] = mapped_column(default=0)
    award_reason: Mapped[str | None] = mapped_column(String(20), default=None)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
