"""How somebody appears on boards and screens: by name, under another name, as a colleague, or not at all."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Appearance(Base):
    """What a person chose for themselves: `choice` is named or hidden; without a row they have not chosen yet."""

    __tablename__ = "appearance"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    choice: Mapped[str] = mapped_column(String(6))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
