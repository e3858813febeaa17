"""What an unknown visitor did, kept for a while: it joins a candidate when a trusted source says who it was."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, cast

from sqlalchemy import JSON, ForeignKey, Index, String, Table, UniqueConstraint, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.journey.machine import Verdict
from app.domain.journey.visitor import Visitor

KEPT = 30 * clock.DAY
MOST_OF_VISITOR = 500
MOST_OF_SOURCE = 100_000
ROOM = 1_000
"""So many more than needed go at once, so that a flood does not look for the oldest at each of its events."""


class Visit(Base):
    """No candidate is behind it, and it is nobody's until one is; `vacancy` is the reference that the source gave."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("source_id", "external_id"),
        Index(None, "anonymous_id", "occurred_at"),
        Index(None, "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    external_id: Mapped[str] = mapped_column(String(120))
    anonymous_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(80))
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verdict: Mapped[str] = mapped_column(String(8), default="human")
    vacancy: Mapped[str | None] = mapped_column(String(80), default=None)
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)


class Waiting(NamedTuple):
    """A visit as it comes in, and as it leaves when it joins somebody."""

    source_id: int
    external_id: str
    anonymous_id: str
    kind: str
    occurred_at: datetime
    verdict: str = "human"
    vacancy: str | None = None
    payload: dict[str, Any] | None = None


class Kept(StrEnum):
    """Not FRESH: it was here already, or as much is kept of its visitor as we keep."""

    FRESH = "fresh"
    KNOWN = "known"
    TOO_MANY = "too_many"


TABLE = cast("Table", Visit.__table__)
INSERT = (
    insert(TABLE).on_conflict_do_nothing(index_elements=["source_id", "external_id"]).returning(TABLE.c.external_id)
)
TAKEN = tuple(TABLE.c[name] for name in Waiting._fields)


def keep(source_id: int, visits: Sequence[Waiting], now: datetime) -> list[Kept]:
    """Keep at most some hundreds of visits that a source sent, each once; the answers are in their order.

    Of a source that has sent as much as we keep the oldest go: whoever floods it must not keep the next visitors out.
    """
    _make_room(source_id, len(visits))
    within = _within(visits)
    rows = [each._asdict() | {"received_at": now} for each, fits in zip(visits, within, strict=True) if fits]
    rows.sort(key=lambda row: str(row["external_id"]))
    fresh = set(db.session.connection().execute(INSERT, rows).scalars()) if rows else set()
    found = []
    for each, fits in zip(visits, within, strict=True):
        found.append((Kept.FRESH if each.external_id in fresh else Kept.KNOWN) if fits else Kept.TOO_MANY)
        fresh.discard(each.external_id)
    return found


def _make_room(source_id: int, coming: int) -> None:
    if _count_of(source_id) + coming > MOST_OF_SOURCE:
        mine = select(TABLE.c.id).where(TABLE.c.source_id == source_id).order_by(TABLE.c.received_at, TABLE.c.id)
        db.session.execute(delete(TABLE).where(TABLE.c.id.in_(mine.limit(coming + ROOM))))


def _within(visits: Sequence[Waiting]) -> list[bool]:
    """Which of them still fit, of their visitor."""
    of = Counter(_counts({each.anonymous_id for each in visits}))
    found = []
    for each in visits:
        found.append(of[each.anonymous_id] < MOST_OF_VISITOR)
        of[each.anonymous_id] += 1
    return found


def _counts(anonymous_ids: Collection[str]) -> dict[str, int]:
    query = select(TABLE.c.anonymous_id, func.count()).where(TABLE.c.anonymous_id.in_(anonymous_ids))
    return {str(key): count for key, count in db.session.connection().execute(query.group_by(TABLE.c.anonymous_id))}


def _count_of(source_id: int) -> int:
    some = select(TABLE.c.id).where(TABLE.c.source_id == source_id).limit(MOST_OF_SOURCE).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def take(anonymous_id: str, most: int) -> list[Waiting]:
    """The oldest visits of a visitor, which wait no longer; whoever takes them gives them to a candidate."""
    first = select(TABLE.c.id).where(TABLE.c.anonymous_id == anonymous_id).order_by(TABLE.c.occurred_at, TABLE.c.id)
    taken = delete(TABLE).where(TABLE.c.id.in_(first.limit(most))).returning(*TAKEN)
    return sorted((Waiting(*row) for row in db.session.connection().execute(taken)), key=lambda each: each.occurred_at)


def left_behind(limit: int) -> list[str]:
    """Visitors who were introduced while somebody else kept a visit of theirs, or who had very many."""
    waits = exists().where(TABLE.c.anonymous_id == Visitor.anonymous_id)
    return list(db.session.scalars(select(Visitor.anonymous_id).where(waits).order_by(Visitor.id).limit(limit)))


def unsure(anonymous_ids: Collection[str], since: datetime) -> list[tuple[int, str, datetime]]:
    """What waits of these visitors and may be a machine's: number, visitor, moment."""
    query = select(TABLE.c.id, TABLE.c.anonymous_id, TABLE.c.occurred_at).where(
        TABLE.c.anonymous_id.in_(anonymous_ids), TABLE.c.occurred_at >= since, TABLE.c.verdict == Verdict.UNKNOWN
    )
    return [(id_, key, at) for id_, key, at in db.session.connection().execute(query)]


def settle(ids: Collection[int]) -> None:
    """These visits were a person's."""
    if ids:
        db.session.execute(update(TABLE).where(TABLE.c.id.in_(ids)).values(verdict=Verdict.HUMAN))


def is_old(now: datetime) -> bool:
    """Whether there is anything to forget."""
    return db.session.scalar(select(TABLE.c.id).where(TABLE.c.received_at < now - KEPT).limit(1)) is not None


def forget_old(now: datetime, limit: int) -> int:
    """Let go of visits whose visitor nobody introduced in a month; answers how many."""
    old = select(TABLE.c.id).where(TABLE.c.received_at < now - KEPT).order_by(TABLE.c.received_at).limit(limit)
    return len(db.session.execute(delete(TABLE).where(TABLE.c.id.in_(old)).returning(TABLE.c.id)).all())
