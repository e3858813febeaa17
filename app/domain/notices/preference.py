"""What a recipient does not want to receive, and addresses that refuse our mail."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Unsubscription(Base):
    """A recipient said no to a kind of mail; the row goes when they say yes again."""

    __tablename__ = "unsubscription"

    recipient: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FlaggedAddress(Base):
    """An address whose mail server said that it does not exist or does not want our mail."""

    __tablename__ = "flagged_address"

    address: Mapped[str] = mapped_column(String(254), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
