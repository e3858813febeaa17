"""People who keep coming back: on at least three days of the last seven, however low their score is."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime


class ComingBack(Base):
    """Somebody came on at least three days of seven; found again at the earliest after fourteen days."""

    __tablename__ = "coming_back"
    __table_args__ = (Index(None, "candidate_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    days: Mapped[int] = mapped_column(info=PERSONAL)
