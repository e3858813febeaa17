"""What a source calls an event, and the kind of touchpoint that the agency takes it for."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class EventName(Base):
    """`name` is folded: sources differ in capitals. Without `kind` the event is passed over on purpose."""

    __tablename__ = "event_name"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str | None] = mapped_column(ForeignKey("touchpoint_kind.code"), default=None)
    mapped_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    mapped_at: Mapped[datetime] = mapped_column(UtcDateTime)
