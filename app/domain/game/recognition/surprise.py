"""The sponsor's surprise: recognition that nobody counted on, without points, at times with a gift."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Surprise(Base):
    """`cents` is what comes with it, including VAT; `competition_id` is the one that kept it for a surprise."""

    __tablename__ = "surprise"
    __table_args__ = (Index(None, "receiver_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    giver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(String(280))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cents: Mapped[int] = mapped_column(default=0)
    kind_of_reward: Mapped[str] = mapped_column(String(10), default="symbolic")
    competition_id: Mapped[int | None] = mapped_column(ForeignKey("competition.id"), default=None)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
