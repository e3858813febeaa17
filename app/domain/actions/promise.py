"""A promise: a follow-up that was agreed with a candidate for a day and a time."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Promise(Base):
    __tablename__ = "promise"
    __table_args__ = (Index(None, "candidate_id", "due_at"), Index(None, "person_id", "due_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[str | None] = mapped_column(String(10), default=None)
    made_by_action_id: Mapped[int | None] = mapped_column(ForeignKey("engagement_action.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kept_by_action_id: Mapped[int | None] = mapped_column(ForeignKey("engagement_action.id"), default=None)
    kept_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
