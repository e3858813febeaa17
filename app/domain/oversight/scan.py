"""The scan: ten questions on where the agency stands, answered at setup and with every season."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Scan(Base):
    """`answers` by question, from 1 (not at all) to 5 (wholly); `season_id` None before the first season."""

    __tablename__ = "scan"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answers: Mapped[dict[str, int]] = mapped_column(JSON)
    season_id: Mapped[int | None] = mapped_column(ForeignKey("season.id"), default=None)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    note: Mapped[str] = mapped_column(Text, default="")
