"""What a candidate is found by: name, role, number, addresses and labels in one line, without capitals and accents."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base


class CandidateSearch(Base):
    """A copy in a table of its own, so that looking through a hundred thousand reads little."""

    __tablename__ = "candidate_search"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text, info=PERSONAL)
