"""Action kinds, and the versioned rule that says what each is worth."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class ActionKind(Base):
    """`outcome` is the outcome key that logs this kind; None for kinds that follow from other facts."""

    __tablename__ = "action_kind"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    code: Mapped[str] = mapped_column(String(80), unique=True)
    label_nl: Mapped[str] = mapped_column(String(80))
    label_en: Mapped[str] = mapped_column(String(80))
    place_class: Mapped[str | None] = mapped_column(String(12), default=None)
    two_way: Mapped[bool] = mapped_column(default=False)
    known: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class ActionRule(Base):
    """What a kind is worth from a day on; a later version never changes what was earned before."""

    __tablename__ = "action_rule"
    __table_args__ = (UniqueConstraint("kind_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind_id: Mapped[int] = mapped_column(ForeignKey("action_kind.id"))
    version: Mapped[int]
    points: Mapped[int]
    valid_from: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
