"""A run of the lab: the past replayed under a draft, or a proposal sought in it; the job does it, a page follows it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class LabRun(Base):
    """`progress` from 0 to 1; `rules` are those of the draft as they were when it was asked for.

    `state` is waiting, running, done, failed or stopped.
    """

    __tablename__ = "lab_run"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    subject: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(10))
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    first: Mapped[date]
    until: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("lab_draft.id"), default=None, index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    state: Mapped[str] = mapped_column(String(8), default="waiting", index=True)
    progress: Mapped[float] = mapped_column(Double, default=0.0)
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    failure: Mapped[str] = mapped_column(Text, default="")
