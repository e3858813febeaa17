"""Feedback: what a candidate was asked about a stage of their journey, and what they answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class Feedback(Base):
    """`score` is a face from 1 (bad) to 5 (good), `answer` the same for the rotating `question`, `recommends` 0-10.

    `recommends` is asked only at the end (`at_the_end`). `team_id` and `person_id` are whose care it was when asked.
    """

    __tablename__ = "feedback"
    __table_args__ = (Index(None, "candidate_id", "asked_at"), Index(None, "answered_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    stage: Mapped[str] = mapped_column(String(10), info=PERSONAL)
    at_the_end: Mapped[bool] = mapped_column(default=False)
    question: Mapped[str] = mapped_column(String(20), info=PERSONAL)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    lapses_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    score: Mapped[int | None] = mapped_column(default=None, info=PERSONAL)
    answer: Mapped[int | None] = mapped_column(default=None, info=PERSONAL)
    recommends: Mapped[int | None] = mapped_column(default=None, info=PERSONAL)
    said: Mapped[str] = mapped_column(String(1000), default="", info=PERSONAL)
