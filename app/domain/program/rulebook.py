"""The rules of the game as they were published: an edition for every change, and who has read which."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class RulesEdition(Base):
    """`content` are the settings that the page is written from, as they hold from `valid_from` on."""

    __tablename__ = "rules_edition"
    __table_args__ = (UniqueConstraint("program_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    valid_from: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RulesRead(Base):
    """The newest edition that somebody has looked at."""

    __tablename__ = "rules_read"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    number: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
