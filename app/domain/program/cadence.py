"""Cadence: how long a candidate may go without an attempt, by stage or by the state of an application."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.program.program import Program, rhythm_changed

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
    rhythm_changed()


def rules_of(program: Program) -> Mapping[str, int]:
    """In how many days, for the situations in which it is not as usual; asked for once after every change."""
    return _rules(program.id, program.rhythm) if program.rhythm else {}


@lru_cache(maxsize=8)
def _rules(program_id: int, _mark: str) -> Mapping[str, int]:
    rows = select(CadenceRule.situation, CadenceRule.days).where(CadenceRule.program_id == program_id)
    return MappingProxyType({row.situation: row.days for row in db.session.execute(rows)})
