"""Erasure: a candidate who asks for it is forgotten everywhere, except as a number in the ledger."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, cast, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Page, UtcDateTime, db, page_of
from app.domain.candidates.candidate import Candidate
from app.domain.custody import anonymise, erasure_log, known_by

PORTION = 500


class Reason(StrEnum):
    """ASKED: they asked for it. OBJECTED: they object and we have no stronger ground. UNLAWFUL: we never had one."""

    ASKED = "asked"
    OBJECTED = "objected"
    UNLAWFUL = "unlawful"


class Erasure(Base):
    """`candidate_id` is only a number by now. `marks` are keyed hashes of what they were known by.

    With the marks an erasure is repeated on a restored backup, and whoever another system had before it does not come
    back from there, without keeping whom it was about.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(String(12))
    marks: Mapped[list[str]] = mapped_column(JSON)
    erased_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)


def erase(candidate_id: int, *, by_id: int | None, reason: Reason, key: bytes, now: datetime) -> Erasure:
    """Forget a candidate and write down that it was done. After the commit `db.wipe()` takes the bytes away too."""
    ids = anonymise.hold([candidate_id])
    marks = known_by.marks_elsewhere(ids, key).union(*known_by.marks_of(ids, key).values())
    row = Erasure(
        candidate_id=candidate_id,
        reason=reason,
        marks=sorted(marks),
        erased_by_id=by_id,
        erased_at=now,
    )
    anonymise.anonymise_many(ids, now)
    db.session.add(row)
    db.session.flush()
    return row


def replay(lines: Iterable[str], *, key: bytes, now: datetime) -> list[int]:
    """Repeat erasures after a backup was restored, from the lines of the log; answers who was forgotten again.

    Raises:
        ValueError: a line is not one of the log's.
    """
    for line in lines:
        _write_down(line)
    db.session.flush()
    marks = {mark for (found,) in db.session.execute(select(Erasure.marks)) for mark in found}
    again = [each for ids in _everybody() for each in _marked(ids, marks, key)] if marks else []
    for at in range(0, len(again), PORTION):
        anonymise.anonymise_many(again[at : at + PORTION], now)
    return again


def _write_down(line: str) -> None:
    """Keep an erasure that the restored copy does not know of."""
    facts = erasure_log.read(line)
    known = select(Erasure.id).where(
        Erasure.candidate_id == facts["candidate_id"], Erasure.erased_at == facts["erased_at"]
    )
    if db.session.scalar(known) is None:
        db.session.add(Erasure(**facts))


def _everybody() -> Iterator[list[int]]:
    ids = select(Candidate.id).where(Candidate.anonymised_at.is_(None)).order_by(Candidate.id).limit(PORTION)
    portion = db.session.scalars(ids).all()
    while portion:
        yield list(portion)
        portion = db.session.scalars(ids.where(Candidate.id > portion[-1])).all()


def _marked(ids: Collection[int], marks: set[str], key: bytes) -> list[int]:
    found = known_by.marks_of(ids, key)
    return [candidate_id for candidate_id, own in found.items() if not own.isdisjoint(marks)]


def was_erased(marks: Collection[str], registered_at: datetime | None) -> bool:
    """Whether somebody who is known by one of these marks was forgotten, after they were registered elsewhere.

    Whoever registered anew since then came back themselves.
    """
    kept = cast(Erasure.marks, String)
    found = select(Erasure.id).where(or_(*[kept.contains(mark) for mark in marks]))
    if registered_at is not None:
        found = found.where(Erasure.erased_at >= registered_at)
    return db.session.scalar(found.limit(1)) is not None


def done(number: int = 1) -> Page[Erasure]:
    """What was erased, newest first."""
    return page_of(select(Erasure).order_by(Erasure.erased_at.desc(), Erasure.id.desc()), number)


def latest(limit: int = 10) -> Sequence[Erasure]:
    """The newest erasures."""
    return db.session.scalars(select(Erasure).order_by(Erasure.id.desc()).limit(limit)).all()
