"""The audit log: who did what, to whom or what, and when; rows are added, and after a year or longer forgotten."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, Index, Select, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

KEPT = timedelta(days=730)


class AuditEntry(Base):
    """`person_id` is nobody for what the installation did itself, or somebody who was not let in.

    Nothing in a row is a name, an address or a text that somebody typed: `facts` holds numbers and codes.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "person_id", "at"),
        Index(None, "what", "at"),
        Index(None, "about_kind", "about_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    what: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    about_kind: Mapped[str | None] = mapped_column(String(24), default=None)
    about_id: Mapped[int | None] = mapped_column(default=None)
    facts: Mapped[dict[str, int | str]] = mapped_column(JSON, default_factory=dict)
    agent: Mapped[str] = mapped_column(String(60), default="")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries somebody wants to see; without anything all of them. `until` is not part of it."""

    what: Collection[str] = ()
    person_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What an entry is about: a kind of row, and which."""

    kind: str
    id: int


def record(
    what: str, person_id: int | None, at: datetime, about: About | None = None, **facts: int | str
) -> AuditEntry:
    """Add what somebody did, in the same transaction as what was done; where it is known, the browser may be added."""
    entry = AuditEntry(at=at, what=what, person_id=person_id, facts=facts)
    if about:
        entry.about_kind, entry.about_id = about.kind, about.id
    db.session.add(entry)
    return entry


def lately(what: str, person_id: int, since: datetime) -> bool:
    """Whether somebody did this after a moment."""
    mine = select(AuditEntry.id).where(AuditEntry.person_id == person_id, AuditEntry.at > since)
    return db.session.scalar(mine.where(AuditEntry.what == what).limit(1)) is not None


def entries(asked: Asked) -> Select[AuditEntry]:
    """What was recorded, newest first."""
    query = select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    if asked.what:
        query = query.where(AuditEntry.what.in_(asked.what))
    if asked.person_id is not None:
        query = query.where(AuditEntry.person_id == asked.person_id)
    if asked.since:
        query = query.where(AuditEntry.at >= asked.since)
    return query.where(AuditEntry.at < asked.until) if asked.until else query


def forget_old(now: datetime) -> int:
    """What is older than two years goes; answers how much."""
    return db.session.connection().execute(delete(AuditEntry).where(AuditEntry.at < now - KEPT)).rowcount
