"""A source of touchpoints: a website, a mail tool or another system, known by its write key."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import BigInteger, ForeignKey, String, Table, and_, bindparam, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.agency import token
from app.domain.candidates.candidate import LARGEST_ID

MOST = 50
OVERLAP = 7 * clock.DAY


class Source(Base):
    """`trusted` keys are kept on servers; a key in a public page is not a secret and changes no identity.

    The key before the last change works until `previous_until`. `heard` counts the events that came, good or not.
    """

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(80))
    trusted: Mapped[bool] = mapped_column(default=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    key_hint: Mapped[str] = mapped_column(String(12))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    previous_hash: Mapped[str | None] = mapped_column(String(64), unique=True, default=None)
    previous_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    heard: Mapped[int] = mapped_column(BigInteger, default=0)
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


BEFORE = and_(Source.previous_hash == bindparam("mark"), Source.previous_until > bindparam("now"))
HOLDS = select(Source).where(or_(Source.key_hash == bindparam("mark"), BEFORE), Source.revoked_at.is_(None))


class Full(Exception):  # noqa: N818 - it names what is the case
    """There are as many sources as we keep."""


def make(name: str, by_id: int | None, now: datetime, *, trusted: bool = True) -> tuple[Source, str]:
    """A new source with its write key, which is known only now: we keep its hash.

    Raises:
        Full: there are too many already.
    """
    if len(listed()) >= MOST:
        raise Full
    key = token.fresh()
    row = Source(
        name=name,
        trusted=trusted,
        key_hash=token.hashed(key),
        key_hint=_hint(key),
        created_by_id=by_id,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row, key


def _hint(key: str) -> str:
    return f"{key[:4]}…{key[-4:]}"


def rotate(source_id: int, now: datetime) -> tuple[Source, str] | None:
    """Give a source another key; the one before works for a week more, so that nothing is lost meanwhile.

    None when there is no such source, or it was revoked.
    """
    row = one(source_id)
    if row is None or row.revoked_at is not None:
        return None
    key = token.fresh()
    row.previous_hash, row.previous_until = row.key_hash, now + OVERLAP
    row.key_hash, row.key_hint = token.hashed(key), _hint(key)
    db.session.flush()
    return row, key


def end_previous(source_id: int, now: datetime) -> Source | None:
    """The key before the last change opens nothing from now on. None when there is no such source."""
    row = one(source_id)
    if row and row.previous_until and row.previous_until > now:
        row.previous_until = now
    return row


def revoke(source_id: int, now: datetime) -> Source | None:
    """End a source's keys; what came in by them stays. None when there is no such source."""
    row = one(source_id)
    if row and row.revoked_at is None:
        row.revoked_at = now
    return row


def one(source_id: int) -> Source | None:
    """A source by its number; None when there is none."""
    return db.session.get(Source, source_id) if 0 < source_id <= LARGEST_ID else None


def by_key(key: str, now: datetime) -> Source | None:
    """The source that holds this key, or held it until a short while ago, unless it was revoked."""
    return db.session.scalar(HOLDS, {"mark": token.hashed(key), "now": now})


def heard(source_id: int, number: int, now: datetime) -> int:
    """Count events that came, good or not; answers how many came in all."""
    counted = (
        update(TABLE)
        .where(TABLE.c.id == source_id)
        .values(heard=TABLE.c.heard + number, heard_at=now)
        .returning(TABLE.c.heard)
    )
    return int(db.session.connection().execute(counted).scalar_one())


def listed() -> Sequence[Source]:
    """All sources, those in use first, newest first."""
    newest = select(Source).order_by(Source.revoked_at.is_not(None), Source.created_at.desc(), Source.id.desc())
    return db.session.scalars(newest.limit(MOST)).all()


TABLE = cast("Table", Source.__table__)
