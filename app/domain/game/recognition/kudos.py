"""Kudos: a few a month from one colleague to another, tied to a value of the program, and never changed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class ProgramValue(Base):
    """What the program stands for, and kudos are given for."""

    __tablename__ = "program_value"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    label_nl: Mapped[str] = mapped_column(String(60))
    label_en: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Kudos(Base):
    """`given_on` is the local day; `hidden_at`: somebody who runs the program took the words away, the rest stands."""

    __tablename__ = "kudos"
    __table_args__ = (Index(None, "giver_id", "given_on"), Index(None, "receiver_id", "given_on"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    giver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    value_id: Mapped[int] = mapped_column(ForeignKey("program_value.id"))
    text: Mapped[str] = mapped_column(String(280))
    given_on: Mapped[date]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
