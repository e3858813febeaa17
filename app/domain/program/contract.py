"""The days of the week on which somebody is employed to work: what their score is weighed by."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Contract(Base):
    """`weekdays` holds a bit for each day, Monday the lowest; it counts from `valid_from` until a later one does."""

    __tablename__ = "contract"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    weekdays: Mapped[int]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
