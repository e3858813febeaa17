"""The contact state: one row per candidate with what ranking needs, kept by the rooms that write contacts."""

from datetime import datetime

from sqlalchemy import Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class ContactState(Base):
    """`unanswered_1..3` are the newest three attempts since the last inbound contact or answer, newest first."""

    __tablename__ = "contact_state"
    __table_args__ = (Index(None, "owner_id", "tau"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    last_two_way_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    last_attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    last_attempt_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    last_attempt_answered: Mapped[bool] = mapped_column(default=False)
    last_inbound_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    unanswered_1: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    unanswered_2: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    unanswered_3: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    answers: Mapped[int] = mapped_column(default=0)
    promise_id: Mapped[int | None] = mapped_column(default=None)
    promise_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    trigger: Mapped[str | None] = mapped_column(String(20), default=None)
    trigger_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    tau: Mapped[float | None] = mapped_column(Double, default=None)
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    do_not_contact_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
