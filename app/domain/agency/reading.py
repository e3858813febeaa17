"""How many different candidates somebody's software read within an hour: only fingerprints are kept, for so long."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Index, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.sign_in import fingerprint

WINDOW = timedelta(hours=1)


class ReadingMark(Base):
    """Somebody's software read a candidate: who and whom are fingerprints, so that the row names neither."""

    __tablename__ = "reading_mark"
    __table_args__ = (Index(None, "reader_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    reader_hash: Mapped[str] = mapped_column(String(64))
    candidate_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def by(person_id: int, key: str) -> str:
    """Whose reading it is, as a fingerprint."""
    return fingerprint(f"read by person {person_id}", key)


def marks(candidate_ids: Collection[int], key: str) -> frozenset[str]:
    """What tells candidates apart, as fingerprints."""
    return frozenset(fingerprint(f"read candidate {each}", key) for each in candidate_ids)


def lately(reader: str, at: datetime) -> frozenset[str]:
    """Whom they read in the hour before a moment."""
    theirs = ReadingMark.reader_hash == reader, ReadingMark.at > at - WINDOW
    return frozenset(db.session.scalars(select(ReadingMark.candidate_hash).where(*theirs)))


def note(reader: str, them: Collection[str], at: datetime) -> None:
    """They read these as well."""
    rows = [{"reader_hash": reader, "candidate_hash": each, "at": at} for each in sorted(them)]
    if rows:
        db.session.execute(insert(ReadingMark), rows)


def forget_old(now: datetime) -> int:
    """What was read longer ago says nothing any more; answers how many went."""
    gone = delete(ReadingMark).where(ReadingMark.at <= now - WINDOW).returning(ReadingMark.id)
    return len(db.session.scalars(gone).all())
