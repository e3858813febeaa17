"""The library of useful things to share: career advice, news of the sector, events."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class ItemKind(StrEnum):
    ADVICE = "advice"
    NEWS = "news"
    EVENT = "event"
    OTHER = "other"


class SharedItem(Base):
    """`roles` and `aspirations` are words by which it is offered for a candidate; without any it suits everybody.

    `text` is the prepared message, in which {naam} and {link} are filled in; `text_en` the same in English.
    """

    __tablename__ = "shared_item"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[ItemKind] = mapped_column(String(8), default=ItemKind.ADVICE)
    url: Mapped[str] = mapped_column(String(500))
    roles: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    aspirations: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    text: Mapped[str] = mapped_column(String(1000), default="")
    text_en: Mapped[str] = mapped_column(String(1000), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
