"""A touchpoint: what a candidate did, as an immutable row."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class TouchpointKind(Base):
    """`role`: inbound (the candidate wrote or rang), form, visit, ours, or other."""

    __tablename__ = "touchpoint_kind"

    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    label_nl: Mapped[str] = mapped_column(String(80))
    label_en: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(10), default="other")
    known: Mapped[bool] = mapped_column(default=True)


class Touchpoint(Base):
    __tablename__ = "touchpoint"
    __table_args__ = (UniqueConstraint("source", "external_id"), Index(None, "candidate_id", "occurred_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    kind: Mapped[str] = mapped_column(ForeignKey("touchpoint_kind.code"))
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    local_date: Mapped[date]
    source: Mapped[str] = mapped_column(String(40))
    external_id: Mapped[str] = mapped_column(String(120))
    verdict: Mapped[str] = mapped_column(String(8), default="human")
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    reversed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
