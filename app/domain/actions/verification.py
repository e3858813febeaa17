"""Verification: the proof that an action came to be, after which it earns the rest of what its kind is worth."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Verification(Base):
    """A row for every action whose kind pays most of its points on proof; `evidence` is None until there is some.

    `owing` are the points that the proof pays; `evidence` is reply, calendar, provider or approval.
    """

    __tablename__ = "verification"
    __table_args__ = (Index(None, "candidate_id", "evidence"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("engagement_action.id"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    owing: Mapped[int]
    evidence: Mapped[str | None] = mapped_column(String(10), default=None)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
