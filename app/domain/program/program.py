"""The engagement program: its name, its look, why the agency does it, and its executive sponsor."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db


class Program(Base):
    __tablename__ = "program"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(60))
    slogan: Mapped[str] = mapped_column(String(120), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    hue: Mapped[int | None] = mapped_column(default=None)
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"), default=None)
    sponsor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    sponsor_message: Mapped[str] = mapped_column(Text, default="")
    started_on: Mapped[date]


class WorksCouncilConsent(Base):
    """The works council agreed, or there is none and why; without this row person-level views are off."""

    __tablename__ = "works_council_consent"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    exists: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(300), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


def the_program() -> Program | None:
    """The program of this agency, or None before setup."""
    return db.session.scalar(select(Program).order_by(Program.id).limit(1))
