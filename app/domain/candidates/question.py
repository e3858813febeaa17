"""A question that is open with a candidate: at most one at a time, so that nobody is asked from all sides."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime

OPEN = text("closed_at IS NULL")


class Question(Base):
    """`subject` is what was asked: preference, renewal or satisfaction; `answer` how it ended."""

    __tablename__ = "question"
    __table_args__ = (
        Index("uq_question_open", "candidate_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index(None, "candidate_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    subject: Mapped[str] = mapped_column(String(12), info=PERSONAL)
    channel: Mapped[str | None] = mapped_column(String(10), default=None, info=PERSONAL)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    answer: Mapped[str] = mapped_column(String(12), default="", info=PERSONAL)
