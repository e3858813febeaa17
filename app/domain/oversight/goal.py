"""A goal of the sponsor's plan: a figure of the page that is to move from where it was to a target, by a day."""

from datetime import date, datetime

from sqlalchemy import Double, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Goal(Base):
    """`baseline` is what `measure` was when the goal was made, None when it had no value; `ended_at`: given up."""

    __tablename__ = "goal"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    measure: Mapped[str] = mapped_column(String(24))
    target: Mapped[float] = mapped_column(Double)
    due_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    baseline: Mapped[float | None] = mapped_column(Double, default=None)
    why: Mapped[str] = mapped_column(String(200), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    reached_on: Mapped[date | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
