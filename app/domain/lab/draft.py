"""A draft in the lab: rules of points or of the score that hold nowhere yet, to be tried on the past."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class LabDraft(Base):
    """`subject` is `points` or `score`; `published_as` is the number of the version that it became."""

    __tablename__ = "lab_draft"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    subject: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(60))
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    published_as: Mapped[int | None] = mapped_column(default=None)
    discarded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
