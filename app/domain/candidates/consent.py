"""The consent ledger: what a candidate allowed, when, how and to which text, and when they took it back."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class ConsentPurpose(StrEnum):
    """POOL: keep me in the talent pool. CONTACT: approach me. TRACKING: record what I look at."""

    POOL = "pool"
    CONTACT = "contact"
    TRACKING = "tracking"


class Consent(Base):
    """Rows are only added: the newest one for a purpose and channel counts. `terms_id` None: a text not ours."""

    __tablename__ = "consent"
    __table_args__ = (Index(None, "candidate_id", "purpose", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    purpose: Mapped[ConsentPurpose] = mapped_column(String(10), info=PERSONAL)
    channel: Mapped[str | None] = mapped_column(String(10), default=None, info=PERSONAL)
    given: Mapped[bool] = mapped_column(info=PERSONAL)
    via: Mapped[str] = mapped_column(String(12), info=PERSONAL)
    terms_id: Mapped[int | None] = mapped_column(ForeignKey("privacy_terms.id"), default=None, info=PERSONAL)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
