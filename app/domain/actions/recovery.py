"""Recovery: something went wrong for a candidate, and we put it right within a working day."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Index, Integer, String, bindparam, null, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates.candidate import PRESENT, Candidate


class Cause(StrEnum):
    LOW_SCORE = "low_score"
    COMPLAINT = "complaint"
    BROKEN_PROMISE = "broken_promise"


class Recovery(Base):
    """Open until somebody spoke with the candidate; `about` names the answer, complaint or promise that opened it."""

    __tablename__ = "recovery"
    __table_args__ = (
        Index(None, "candidate_id", "closed_at"),
        Index(None, "due_at"),
        Index("uq_recovery_about", "cause", "about", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    cause: Mapped[Cause] = mapped_column(String(16), info=PERSONAL)
    about: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    closed_by_action_id: Mapped[int | None] = mapped_column(ForeignKey("engagement_action.id"), default=None)


SHOWN = 20
OWED = (
    select(Recovery.due_at, Recovery.candidate_id, Candidate.name, Recovery.cause, null().label("channel"), Recovery.id)
    .join(Candidate, Candidate.id == Recovery.candidate_id)
    .where(PRESENT, Candidate.owner_id == bindparam("me", type_=Integer()), Recovery.closed_at.is_(None))
    .order_by(Recovery.due_at, Recovery.id)
    .limit(SHOWN)
)
"""What somebody (`me`) has to put right with the candidates whom they look after, the most urgent first."""


class Open(NamedTuple):
    """Something to put right, with whom and by when."""

    due_at: datetime
    candidate_id: int
    name: str
    cause: Cause


def open_of(candidate_id: int) -> Recovery | None:
    """What is to be put right with a candidate."""
    query = select(Recovery).where(Recovery.candidate_id == candidate_id, Recovery.closed_at.is_(None))
    return db.session.scalar(query.order_by(Recovery.due_at).limit(1))


def from_row(row: Sequence[Any]) -> Open:
    """What is to be put right, from a row of the answer."""
    due_at, candidate_id, name, cause, *_ = row
    return Open(due_at, candidate_id, name, Cause(cause))
