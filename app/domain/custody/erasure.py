"""Erasure: a candidate who asks for it is forgotten everywhere, except as a number in the ledger."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Erasure(Base):
    """`candidate_id` is only a number by now. `marks` are keyed hashes of what they were known by.

    With the marks an erasure is repeated on a restored backup without keeping whom it was about.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(String(12))
    marks: Mapped[list[str]] = mapped_column(JSON)
    erased_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)
