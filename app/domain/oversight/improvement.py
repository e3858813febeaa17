"""The improvement log: an idea, who takes it up, and what came of it; its days are markers on the charts."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Improvement(Base):
    """`started_on`: someone took it up; `ended_on` with a `result`, or with `dropped` when nothing came of it."""

    __tablename__ = "improvement"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    idea: Mapped[str] = mapped_column(String(200))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    measure: Mapped[str | None] = mapped_column(String(24), default=None)
    started_on: Mapped[date | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    dropped: Mapped[bool] = mapped_column(default=False)
    result: Mapped[str] = mapped_column(String(400), default="")
