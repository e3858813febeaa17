"""A wish to be forgotten: a candidate asks for it on a page of their own, and an administrator sees to it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates.candidate import PRESENT, Candidate

MOST = 200


class ErasureWish(Base):
    """One per candidate; it goes with them, or when they take it back."""

    __tablename__ = "erasure_wish"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info=PERSONAL)


def ask(candidate_id: int, now: datetime) -> bool:
    """Remember the wish; False when it stood already."""
    row = insert(ErasureWish).values(candidate_id=candidate_id, asked_at=now)
    once = row.on_conflict_do_nothing(index_elements=["candidate_id"])
    return db.session.scalar(once.returning(ErasureWish.candidate_id)) is not None


def take_back(candidate_id: int) -> None:
    """They want to stay after all."""
    found = db.session.get(ErasureWish, candidate_id)
    if found is not None:
        db.session.delete(found)
        db.session.flush()


def asked_at(candidate_id: int) -> datetime | None:
    """Since when a candidate wants to be forgotten."""
    return db.session.scalar(select(ErasureWish.asked_at).where(ErasureWish.candidate_id == candidate_id))


def waiting() -> Sequence[tuple[Candidate, datetime]]:
    """Who waits to be forgotten, longest first: for the administrators."""
    rows = (
        select(Candidate, ErasureWish.asked_at)
        .join(Candidate, Candidate.id == ErasureWish.candidate_id)
        .where(PRESENT)
        .order_by(ErasureWish.asked_at, ErasureWish.candidate_id)
    )
    return [(candidate, at) for candidate, at in db.session.execute(rows.limit(MOST))]
