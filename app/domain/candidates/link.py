"""A candidate's link: it opens one page of their own without an account, for one purpose and for a while."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class LinkPurpose(StrEnum):
    REACH = "reach"
    KNOWN = "known"
    RENEW = "renew"
    REFER = "refer"
    STOP = "stop"


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
