"""Absence: days on which somebody, or the whole agency, does not work; why is nobody's business."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Absence(Base):
    """From `first` to `last`, both included. Without a person it is a closure of the agency, and `label` names it."""

    __tablename__ = "absence"
    __table_args__ = (Index(None, "person_id", "last"), Index(None, "last"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    first: Mapped[date]
    last: Mapped[date]
    label: Mapped[str] = mapped_column(String(80), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
