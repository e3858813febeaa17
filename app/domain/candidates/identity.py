"""Channel identities: every way in which a candidate can be reached, each with what we know of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Channel(StrEnum):
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    SMS = "sms"
    LINKEDIN = "linkedin"
    IN_APP = "in_app"


class Identity(Base):
    """`address` is the normalised form: E.164, a lower-case mail address, or the channel's own id."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("candidate_id", "channel", "address"), Index(None, "channel", "address"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    channel: Mapped[Channel] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(254))
    state: Mapped[str] = mapped_column(String(12), default="unverified")
    origin: Mapped[str] = mapped_column(String(80), default="")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ChannelPreference(Base):
    """Which channel a candidate prefers for a purpose; the newest row counts, older ones are its history."""

    __tablename__ = "channel_preference"
    __table_args__ = (Index(None, "candidate_id", "purpose", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    purpose: Mapped[str] = mapped_column(String(10), default="contact")
    channel: Mapped[Channel] = mapped_column(String(10))
    said_by: Mapped[str] = mapped_column(String(12), default="recruiter")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
