"""The score of a candidate as it was written into Carerix: which, and when."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class CarerixScore(Base):
    __tablename__ = "carerix_score"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    shown: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
