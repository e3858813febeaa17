"""The nightly check: a sample of the candidates is counted anew, and any difference is an alarm."""

from datetime import datetime

from sqlalchemy import Double
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class ScoreCheck(Base):
    """`worst` is the largest difference in tau, in seconds; `example` a candidate for whom it was found."""

    __tablename__ = "score_check"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    ruleset_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    sampled: Mapped[int]
    differing: Mapped[int]
    worst: Mapped[float] = mapped_column(Double)
    example: Mapped[int | None] = mapped_column(default=None)
