"""Phrases: what recruiters start from, as a prepared message or something to talk about, in the agency's own words."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class PhraseUse(StrEnum):
    """A MESSAGE is put into the channel's link; an OPENING is something to begin a conversation with."""

    MESSAGE = "message"
    OPENING = "opening"


class Phrase(Base):
    """`occasion` is why one writes: a reason of the list, a stage, or empty for any. `channel` empty: any.

    `text` may name {given_name}, {recruiter}, {agency} and {program}; `subject` is a mail's.
    """

    __tablename__ = "phrase"
    __table_args__ = (Index(None, "program_id", "use", "occasion"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    use: Mapped[PhraseUse] = mapped_column(String(8))
    occasion: Mapped[str] = mapped_column(String(24), default="")
    channel: Mapped[str] = mapped_column(String(10), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    subject: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
