"""Merging two candidates who are one person: the history moves to the one who stays, and can move back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class Merge(Base):
    """`moved` holds the ids of the rows that moved, by table; `before` what was overwritten or dropped."""

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, info=PERSONAL)
    merged_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
