"""A touchpoint: what a candidate did, as an immutable row."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, Index, String, Table, UniqueConstraint, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.journey.touchpoint_kind import KindRole, ensure

MOST_AHEAD = timedelta(minutes=5)
SURVEYS = text("kind = 'survey_answered'")


class Touchpoint(Base):
    """`source` and `external_id` say which event it was, so that hearing of it again changes nothing."""

    __tablename__ = "touchpoint"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index(None, "candidate_id", "occurred_at"),
        Index("ix_touchpoint_survey", "candidate_id", "occurred_at", sqlite_where=SURVEYS, postgresql_where=SURVEYS),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    kind: Mapped[str] = mapped_column(ForeignKey("touchpoint_kind.code"), info=PERSONAL)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    local_date: Mapped[date]
    source: Mapped[str] = mapped_column(String(40))
    external_id: Mapped[str] = mapped_column(String(120), info=PERSONAL)
    verdict: Mapped[str] = mapped_column(String(8), default="human")
    vacancy: Mapped[str | None] = mapped_column(String(80), default=None, info=PERSONAL)
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None, info=PERSONAL)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    reversed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Hit(NamedTuple):
    """A touchpoint as it comes in; `payload` is small, and its keys are the kind's."""

    candidate_id: int
    kind: str
    occurred_at: datetime
    source: str
    external_id: str
    verdict: str = "human"
    payload: dict[str, Any] | None = None
    recorded_by_id: int | None = None
    vacancy: str | None = None


class Recorded(NamedTuple):
    """A hit as it was stored; without an id it was known already."""

    id: int | None
    hit: Hit
    local_date: date
    role: KindRole


TABLE = cast("Table", Touchpoint.__table__)
INSERT = (
    insert(TABLE)
    .on_conflict_do_nothing(index_elements=["source", "external_id"])
    .returning(TABLE.c.id, TABLE.c.source, TABLE.c.external_id)
)


def record(hit: Hit, now: datetime, zone: ZoneInfo) -> Recorded:
    """Store one hit, once."""
    return record_many([hit], now, zone)[0]


def record_many(hits: Sequence[Hit], now: datetime, zone: ZoneInfo) -> list[Recorded]:
    """Store up to some hundreds of hits, each once; the answer is in their order.

    What claims to have happened later than five minutes from now is stored as happening now, and says so.
    """
    if not hits:
        return []
    roles = ensure({hit.kind for hit in hits})
    seen = [_in_time(hit, now) for hit in hits]
    days = [clock.local_day(hit.occurred_at, zone) for hit in seen]
    new = _insert([_row(hit, now, day) for hit, day in zip(seen, days, strict=True)])
    return [
        Recorded(new.pop((hit.source, hit.external_id), None), hit, day, roles[hit.kind])
        for hit, day in zip(seen, days, strict=True)
    ]


def _insert(rows: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """The ids of the rows that are new; inserted in one order, so that no two writers wait for each other."""
    rows.sort(key=lambda row: (row["source"], row["external_id"]))
    found = db.session.connection().execute(INSERT, rows)
    return {(source, external_id): id_ for id_, source, external_id in found}


def _in_time(hit: Hit, now: datetime) -> Hit:
    if hit.occurred_at <= now + MOST_AHEAD:
        return hit
    claimed = {"claimed_at": hit.occurred_at.isoformat()}
    return hit._replace(occurred_at=now, payload=(hit.payload or {}) | claimed)


def _row(hit: Hit, now: datetime, day: date) -> dict[str, Any]:
    return hit._asdict() | {"received_at": now, "local_date": day}


def take_back(touchpoint_id: int, now: datetime) -> Touchpoint | None:
    """Reverse a touchpoint that was wrong; None when there is none or it was reversed before."""
    found = db.session.get(Touchpoint, touchpoint_id, with_for_update=True)
    if found is None or found.reversed_at is not None:
        return None
    found.reversed_at = now
    return found


class Scored(NamedTuple):
    """What the score needs to know of a touchpoint."""

    id: int
    candidate_id: int
    kind: str
    occurred_at: datetime
    local_date: date
    verdict: str


SCORED = select(
    TABLE.c.id, TABLE.c.candidate_id, TABLE.c.kind, TABLE.c.occurred_at, TABLE.c.local_date, TABLE.c.verdict
).where(TABLE.c.reversed_at.is_(None))


def history(candidate_ids: Iterable[int], until: datetime | None = None) -> list[Scored]:
    """All touchpoints of some candidates that stand, up to and including a moment, in order of arrival."""
    query = SCORED.where(TABLE.c.candidate_id.in_(list(candidate_ids)))
    if until is not None:
        query = query.where(TABLE.c.occurred_at <= until)
    return [Scored(*row) for row in db.session.execute(query.order_by(TABLE.c.id))]
