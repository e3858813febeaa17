"""The pulse: once a quarter the staff is asked what the program is called and who its sponsor is.

Nobody's answer is kept: who answered and what was answered stand apart, and answers are only counted.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

KIND = "pulse"
MOST = 12


class Question(StrEnum):
    """What is asked, in this order."""

    PROGRAM = "program"
    SPONSOR = "sponsor"
    BLOCK = "block"
    HELP = "help"


class Said(StrEnum):
    """What is counted of an answer to a question that has a right one."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


HELPS = range(1, 6)
"""Whether the program helps: from not at all to very much."""


class Pulse(Base):
    """`quarter` is its first day; `choices` are those that were offered by question, with the right one first."""

    __tablename__ = "pulse"
    __table_args__ = (UniqueConstraint("program_id", "quarter"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    quarter: Mapped[date]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_on: Mapped[date]
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    invited: Mapped[int] = mapped_column(default=0)


class PulseCount(Base):
    """How often a choice was made."""

    __tablename__ = "pulse_count"

    pulse_id: Mapped[int] = mapped_column(ForeignKey("pulse.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(16), primary_key=True)
    choice: Mapped[str] = mapped_column(String(40), primary_key=True)
    times: Mapped[int] = mapped_column(default=0)


class PulseGiven(Base):
    """Who answered, without a moment; it goes when the pulse has closed."""

    __tablename__ = "pulse_given"

    pulse_id: Mapped[int] = mapped_column(ForeignKey("pulse.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


def running(program_id: int, today: date) -> Pulse | None:
    """The pulse that can be answered today."""
    rows = select(Pulse).where(Pulse.program_id == program_id, Pulse.closes_on >= today)
    return db.session.scalar(rows.order_by(Pulse.quarter.desc()).limit(1))


def over(program_id: int, today: date) -> Sequence[Pulse]:
    """Those that closed and of which more is kept than the counts."""
    rows = select(Pulse).where(Pulse.program_id == program_id, Pulse.closes_on < today)
    return [each for each in db.session.scalars(rows) if each.choices]


def all_of(program_id: int) -> Sequence[Pulse]:
    """Every pulse, the newest first."""
    rows = select(Pulse).where(Pulse.program_id == program_id).order_by(Pulse.quarter.desc())
    return db.session.scalars(rows.limit(MOST)).all()


def about(pulse_id: int) -> str:
    """What notices of it are about."""
    return f"{KIND}:{pulse_id}"
