"""Cadence: how long a candidate may go without an attempt, by stage or by the state of an application."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class CadenceRule(Base):
    """`situation` is a stage, or a state of an application, which goes before it; states count working days.

    Without a row the usual one counts.
    """

    __tablename__ = "cadence_rule"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True)
    situation: Mapped[str] = mapped_column(String(12), primary_key=True)
    days: Mapped[int]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
