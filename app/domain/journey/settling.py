"""Clicks that wait for their verdict: within a minute and a half a scanner has shown what it is."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Settling(Base):
    """`message` is what the links came in, `link` tells them apart; the row goes when the verdict is settled."""

    __tablename__ = "settling"
    __table_args__ = (Index(None, "message", "at"), Index(None, "settles_at"))

    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id"), primary_key=True)
    message: Mapped[str] = mapped_column(String(64))
    link: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settles_at: Mapped[datetime] = mapped_column(UtcDateTime)
    trapped: Mapped[bool] = mapped_column(default=False)
