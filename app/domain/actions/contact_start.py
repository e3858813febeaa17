"""A contact that was started by opening a channel: what came of it is asked when the recruiter is back."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class ContactStart(Base):
    """It is settled when the outcome is logged, or when the recruiter says that nothing came of it."""

    __tablename__ = "contact_start"
    __table_args__ = (Index(None, "person_id", "settled_at"), Index(None, "candidate_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    channel: Mapped[str] = mapped_column(String(10), info=PERSONAL)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
