"""A link in a mail by which its recipient logs a contact with one candidate, without signing in and by a button."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


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
