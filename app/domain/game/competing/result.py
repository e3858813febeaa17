"""The result of a competition: a snapshot with its hash, first provisional, then final and never changed."""

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime


class Result(Base):
    """`body` is the snapshot with people and sides as numbers, never names; `digest` is its SHA-256, canonical JSON.

    `edition` counts the provisional ones of one competition; the last is the one that is `final`.
    """

    __tablename__ = "competition_result"
    __table_args__ = (UniqueConstraint("competition_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    edition: Mapped[int]
    final: Mapped[bool]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


def canonical(body: dict[str, Any]) -> bytes:
    """A snapshot as its digest is taken of it: keys in order, no spaces."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


class Dispute(Base):
    """Somebody who takes part says that the provisional result is wrong; the result waits until it is decided."""

    __tablename__ = "competition_dispute"
    __table_args__ = (UniqueConstraint("competition_id", "person_id", "opened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    upheld: Mapped[bool | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Amendment(Base):
    """What was said of a competition after its rules were locked, or of its result after it was final."""

    __tablename__ = "competition_amendment"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
