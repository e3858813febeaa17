"""What a mail provider says became of a mail: kept as it came until it is understood, once per event."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class ProviderEvent(Base):
    """`event_id` is the provider's own; `payload` holds an address and goes when the event is settled.

    `outcome` says what it was taken for, and is None until then.
    """

    __tablename__ = "provider_event"
    __table_args__ = (UniqueConstraint("provider", "event_id"), Index(None, "settled_at", "received_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    provider: Mapped[str] = mapped_column(String(10))
    event_id: Mapped[str] = mapped_column(String(120))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    outcome: Mapped[str | None] = mapped_column(String(40), default=None)
