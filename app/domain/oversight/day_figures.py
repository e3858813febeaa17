"""Figures of days: what the sponsor's page sums up instead of millions of rows, counted anew soon after a change."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime

BY_KEY = {"sqlite_with_rowid": False}
"""Rows lie in the order of their key, so that the days of a period are read in one go."""


class ActivityDay(Base):
    """What a person did on a local day and did not take back: all actions, and those with an answer."""

    __tablename__ = "activity_day"
    __table_args__ = (Index(None, "person_id", "day"), BY_KEY)

    day: Mapped[date] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    actions: Mapped[int]
    answered: Mapped[int]
    tried: Mapped[int]


class FigureDay(Base):
    """A figure of a local day about the candidates of a team, as `late:engage`; team 0 has those without an owner."""

    __tablename__ = "figure_day"
    __table_args__ = (Index(None, "measure", "day"), BY_KEY)

    day: Mapped[date] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(String(32), primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[float] = mapped_column(Double)


class FigureMark(Base):
    """How far the figures are: what was recorded after it, or taken back after it, is still to be counted."""

    __tablename__ = "figure_mark"

    name: Mapped[str] = mapped_column(String(24), primary_key=True)
    row_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
