"""The follow-up block: the weekly time that the agency reserves for its candidates."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Block(Base):
    __tablename__ = "block"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), unique=True)
    weekday: Mapped[int] = mapped_column(default=4)
    starts: Mapped[int] = mapped_column(default=14 * 60 + 30)
    minutes: Mapped[int] = mapped_column(default=45)
