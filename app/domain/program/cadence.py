"""Cadence: how long a candidate may go without an attempt, by stage or by the state of an application."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

LONGEST = 365


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


def set_rule(program_id: int, situation: str, days: int | None, by_id: int, at: datetime) -> None:
    """How long a candidate in a situation may go without an attempt; None is as usual again.

    Raises:
        ValueError: no number of days from one to a year.
    """
    if days is None:
        own = CadenceRule.program_id == program_id, CadenceRule.situation == situation
        db.session.execute(delete(CadenceRule).where(*own))
    elif 1 <= days <= LONGEST:
        rule = CadenceRule(program_id=program_id, situation=situation, days=days, set_by_id=by_id, set_at=at)
        db.session.merge(rule)
    else:
        raise ValueError(f"no cadence of {days} days")


def rules_of(program_id: int) -> dict[str, int]:
    """In how many days, for the situations in which it is not as usual."""
    rows = select(CadenceRule.situation, CadenceRule.days).where(CadenceRule.program_id == program_id)
    return {row.situation: row.days for row in db.session.execute(rows)}
