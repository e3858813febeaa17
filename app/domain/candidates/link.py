"""A candidate's link: it opens one page of their own without an account, for one purpose and for a while."""

from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.agency import token as tokens
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate

LONGEST_TRAIL = 10
LONGEST_MARK = 32
SHOWN = 20


class LinkPurpose(StrEnum):
    REACH = "reach"
    KNOWN = "known"
    RENEW = "renew"
    REFER = "refer"
    STOP = "stop"
    APPLY = "apply"
    FEEDBACK = "feedback"
    TIMES = "times"


LIVES = MappingProxyType(
    {
        LinkPurpose.REACH: timedelta(days=30),
        LinkPurpose.KNOWN: timedelta(days=1),
        LinkPurpose.RENEW: timedelta(days=60),
        LinkPurpose.REFER: timedelta(days=90),
        LinkPurpose.STOP: timedelta(days=400),
        LinkPurpose.APPLY: timedelta(days=14),
        LinkPurpose.FEEDBACK: timedelta(days=30),
        LinkPurpose.TIMES: timedelta(days=14),
    }
)


class CandidateLink(Base):
    """We keep only the token's hash: whoever reads our database cannot open the page."""

    __tablename__ = "candidate_link"
    __table_args__ = (Index(None, "candidate_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    purpose: Mapped[LinkPurpose] = mapped_column(String(8), info=PERSONAL)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    @property
    def mark(self) -> str:
        """What names this link for ever, without opening it: ids are given out again after an erasure."""
        return self.token_hash[:LONGEST_MARK]

    def is_open(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.expires_at


class Made(NamedTuple):
    """A new link; its token is known only now."""

    row: CandidateLink
    token: str


def make(candidate_id: int, purpose: LinkPurpose, *, by_id: int | None, now: datetime) -> Made:
    """Make a link for one purpose; links that were made before keep working until they end."""
    token = tokens.fresh()
    row = CandidateLink(
        candidate_id=candidate_id,
        purpose=purpose,
        token_hash=tokens.hashed(token),
        made_by_id=by_id,
        made_at=now,
        expires_at=now + LIVES[purpose],
    )
    db.session.add(row)
    db.session.flush()
    return Made(row, token)


def opened(token: str, purpose: LinkPurpose, now: datetime) -> CandidateLink | None:
    """The link that a token opens; ended, expired, unknown, or of somebody who was forgotten is the same None."""
    row = db.session.scalar(
        select(CandidateLink).where(CandidateLink.token_hash == tokens.hashed(token), CandidateLink.purpose == purpose)
    )
    if row is None or not row.is_open(now) or holder(row) is None:
        return None
    return row


def holder(row: CandidateLink) -> Candidate | None:
    """Whose page it is: whoever was merged into somebody else is that one since; None when they were forgotten."""
    found = db.session.get(Candidate, row.candidate_id)
    for _ in range(LONGEST_TRAIL):
        if found is None or found.merged_into_id is None:
            break
        found = db.session.get(Candidate, found.merged_into_id)
    return found if found and found.merged_into_id is None and found.anonymised_at is None else None


def used(row: CandidateLink, now: datetime) -> None:
    """The candidate did something by this link; looking at the page is not that."""
    row.used_at = now
    db.session.flush()


def end(row: CandidateLink, now: datetime) -> None:
    """The link opens nothing any more."""
    row.ended_at = row.ended_at or now
    db.session.flush()


class Listed(NamedTuple):
    """A link, and who made it; nobody's when the candidate asked for it."""

    row: CandidateLink
    maker: str | None


def links_of(candidate_id: int) -> list[Listed]:
    """The newest links of a candidate; those to stop, which every mail has below it, are not told."""
    rows = (
        select(CandidateLink, Person.name)
        .outerjoin(Person, Person.id == CandidateLink.made_by_id)
        .where(CandidateLink.candidate_id == candidate_id, CandidateLink.purpose != LinkPurpose.STOP)
        .order_by(CandidateLink.id.desc())
    )
    return [Listed(*row) for row in db.session.execute(rows.limit(SHOWN))]


def one_of(candidate_id: int, link_id: int) -> CandidateLink | None:
    """One link of this candidate and of nobody else."""
    return db.session.scalar(
        select(CandidateLink).where(CandidateLink.id == link_id, CandidateLink.candidate_id == candidate_id)
    )
