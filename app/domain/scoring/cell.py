"""Awards of the score: one cell per candidate, kind, local day and ruleset, and the score that they add up to."""

from datetime import date

from sqlalchemy import Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Cell(Base):
    """`key` is the largest event key of the day's hits, in epoch seconds."""

    __tablename__ = "cell"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[float] = mapped_column(Double)
    counted: Mapped[bool] = mapped_column(default=True)
    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id"))


class EngagementScore(Base):
    """`tau`: the moment, in epoch seconds, at which the score will have decayed to one point."""

    __tablename__ = "engagement_score"
    __table_args__ = (Index(None, "ruleset_id", "tau"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"), primary_key=True)
    tau: Mapped[float] = mapped_column(Double)
