"""Standings: the running total of every person and team on every board, kept with the ledger in one transaction."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Standing(Base):
    """A board is (program, scope, period kind, period start); `subject_id` is a person or a team by `scope`.

    `helped` is the number of distinct candidates with points; `sort_key` is what the board is ordered by.
    """

    __tablename__ = "standing"
    __table_args__ = (
        Index(None, "program_id", "scope", "period", "period_start", "sort_key"),
        Index(None, "program_id", "scope", "period", "period_start", "team_id", "sort_key"),
    )

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(String(6), primary_key=True)
    period: Mapped[str] = mapped_column(String(6), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    points: Mapped[int] = mapped_column(default=0)
    actions: Mapped[int] = mapped_column(default=0)
    helped: Mapped[int] = mapped_column(default=0)
    sort_key: Mapped[int] = mapped_column(default=0)
