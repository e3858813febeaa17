"""A picture that somebody uploaded: a logo or a photo, raster only."""

import hashlib
from datetime import datetime

from sqlalchemy import LargeBinary, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, deferred, mapped_column, undefer

from app.db import Base, UtcDateTime, db
from app.domain.agency.picture_metadata import without_metadata
from app.domain.agency.picture_size import size_of

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 25_000_000
"""As many as a good camera takes; whoever looks needs four bytes for each."""
SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))


class NotAPicture(ValueError):  # noqa: N818 - it says what the file is
    """The file is no PNG, JPEG, WebP or GIF, larger than 2 MB, or a picture of too many pixels."""


class Picture(Base):
    __tablename__ = "picture"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    content_type: Mapped[str] = mapped_column(String(30))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


def store(content: bytes, at: datetime) -> Picture:
    """Keep a picture as it looks; the same picture is kept once.

    Raises:
        NotAPicture: it is none of the kinds that we show, or too large.
    """
    kind, content = content_type(content), bare(content)
    digest = hashlib.sha256(content).hexdigest()
    found = _by_digest(digest)
    if found:
        return found
    picture = Picture(digest=digest, content_type=kind, content=content, uploaded_at=at)
    try:
        with db.session.begin_nested():
            db.session.add(picture)
    except IntegrityError:
        return db.session.scalars(select(Picture).where(Picture.digest == digest)).one()
    return picture


def content_type(content: bytes) -> str:
    """What kind of picture it is, by its header and never by its name.

    Raises:
        NotAPicture: it is none of the kinds that we show, or too large.
    """
    kind = next((kind for signature, kind in SIGNATURES if content.startswith(signature)), None)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "image/webp"
    size = size_of(kind, content) if kind and len(content) <= MOST_BYTES else None
    if kind is None or size is None or not 0 < size.width * size.height <= MOST_PIXELS:
        raise NotAPicture
    return kind


def bare(content: bytes) -> bytes:
    """A picture that tells nothing of where, when and by whom it was made.

    Raises:
        NotAPicture: it is none of the kinds that we show, too large, or cannot be read to its end.
    """
    found = without_metadata(content_type(content), content)
    if found is None:
        raise NotAPicture
    return found


def _by_digest(digest: str) -> Picture | None:
    return db.session.scalar(select(Picture).where(Picture.digest == digest))


def find(picture_id: int) -> Picture | None:
    """A picture with its content."""
    return db.session.get(Picture, picture_id, options=[undefer(Picture.content)])
