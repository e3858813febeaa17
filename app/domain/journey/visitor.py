"""A visitor whom a trusted source introduced: the random id of a browser, and the candidate who sits behind it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime

LONGEST = 100


class Visitor(Base):
    """Whoever was introduced last is behind the browser from then on; what was told of others before stays theirs."""

    __tablename__ = "visitor"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    anonymous_id: Mapped[str] = mapped_column(String(LONGEST), unique=True, info=PERSONAL)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
