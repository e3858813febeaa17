"""The start of a board: what an available day was worth in the weeks before it, frozen while the board runs."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class BoardStart(Base):
    """`average` is in hundredths of a point per available day; it comes with the first points on the board."""

    __tablename__ = "board_start"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(6), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    average: Mapped[int]
