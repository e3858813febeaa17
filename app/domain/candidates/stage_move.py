"""Moves between the stages of the journey, each with its day, its reason and who made it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db


class StageMove(Base):
    """`from_stage` is None where the candidate came in."""

    __tablename__ = "stage_move"
    __table_args__ = (Index(None, "candidate_id", "moved_at"), Index(None, "moved_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    from_stage: Mapped[str | None] = mapped_column(String(10), default=None, info=PERSONAL)
    to_stage: Mapped[str] = mapped_column(String(10), info=PERSONAL)
    reason: Mapped[str] = mapped_column(String(200), default="", info=PERSONAL)
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)


def record(
    candidate_id: int, came_from: str | None, to: str, *, reason: str, by_id: int | None, now: datetime
) -> StageMove:
    """Write a move down; whoever makes it sets the candidate's stage."""
    row = StageMove(
        candidate_id=candidate_id, from_stage=came_from, to_stage=to, reason=reason, moved_by_id=by_id, moved_at=now
    )
    db.session.add(row)
    return row
