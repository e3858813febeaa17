"""A link in a mail by which its recipient logs a contact with one candidate, without signing in and by a button."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.agency import token
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible_to

LASTS = clock.WEEK


class LogLink(Base):
    """We keep only the token's hash. It serves for one person, one candidate and one contact."""

    __tablename__ = "log_link"
    __table_args__ = (Index(None, "candidate_id"), Index(None, "expires_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("engagement_action.id"), default=None)


def make(person_id: int, candidate_id: int, now: datetime) -> str:
    """A new link; returns its token, which is nowhere else."""
    fresh = token.fresh()
    row = LogLink(
        token_hash=token.hashed(fresh),
        person_id=person_id,
        candidate_id=candidate_id,
        made_at=now,
        expires_at=now + LASTS,
    )
    db.session.add(row)
    db.session.flush()
    return fresh


def opened(sent: str, now: datetime) -> tuple[LogLink, Person, Candidate] | None:
    """The link with whose and about whom it is; None when it ended, they left, or may not see the candidate now."""
    query = select(LogLink, Person).join(Person, Person.id == LogLink.person_id)
    row = db.session.execute(query.where(LogLink.token_hash == token.hashed(sent), LogLink.expires_at > now)).first()
    if row is None or not row.Person.is_active:
        return None
    candidate = visible_to(row.Person, row.LogLink.candidate_id)
    return (row.LogLink, row.Person, candidate) if candidate else None


def forget_ended(now: datetime) -> int:
    """Links that ended are gone for good; returns how many."""
    return db.session.connection().execute(delete(LogLink).where(LogLink.expires_at <= now)).rowcount
