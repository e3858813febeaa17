"""A source of touchpoints: a website, a mail tool or another system, known by its write key."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import token

MOST = 50


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


class Full(Exception):  # noqa: N818 - it names what is the case
    """There are as many sources as we keep."""


def make(name: str, by_id: int | None, now: datetime) -> tuple[Source, str]:
    """A new source with its write key, which is known only now: we keep its hash.

    Raises:
        Full: there are too many already.
    """
    if len(listed()) >= MOST:
        raise Full
    key = token.fresh()
    row = Source(
        name=name,
        key_hash=token.hashed(key),
        key_hint=f"{key[:4]}…{key[-4:]}",
        created_by_id=by_id,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row, key


def revoke(source_id: int, now: datetime) -> Source | None:
    """End a key; what came in by it stays. None when there is no such source."""
    row = db.session.get(Source, source_id)
    if row and row.revoked_at is None:
        row.revoked_at = now
    return row


def by_key(key: str) -> Source | None:
    """The trusted source that holds this key, unless it was revoked."""
    holds = select(Source).where(Source.key_hash == token.hashed(key), Source.revoked_at.is_(None), Source.trusted)
    return db.session.scalar(holds)


def listed() -> Sequence[Source]:
    """All sources, those in use first, newest first."""
    newest = select(Source).order_by(Source.revoked_at.is_not(None), Source.created_at.desc(), Source.id.desc())
    return db.session.scalars(newest.limit(MOST)).all()
