"""An export of candidates: a file in the layout that an import reads, made for one person and kept for a day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, ColumnElement, ForeignKey, LargeBinary, String, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person, Role
from app.domain.candidates import table_file, table_workbook
from app.domain.candidates.exporting_lines import Wording, header
from app.domain.candidates.exporting_pool import lines, widths

AT_ONCE = 2_000
MOST = 200_000
SHOWN = 5
TRIES = 3
KEPT = timedelta(days=1)
SEPARATOR = ";"
"""What a Dutch spreadsheet expects; the mark before the text lets it read the accents."""


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


class State(StrEnum):
    """HANDED: the file was handed over at once and never kept. GONE: it was kept for its day."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    HANDED = "handed"
    GONE = "gone"
    FAILED = "failed"


class CandidateExport(Base):
    """`query` holds the ids of the candidates, as they were when it was asked for; `content` is the file once made.

    `made` counts the rows so far, `tries` how often it was begun.
    """

    __tablename__ = "candidate_export"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    format: Mapped[str] = mapped_column(String(4))
    query: Mapped[dict[str, list[int]]] = mapped_column(JSON, deferred=True)
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(8), default=State.WAITING, index=True)
    rows: Mapped[int] = mapped_column(default=0)
    made: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, default=None)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


BEGUN = CandidateExport.state.in_((State.WAITING, State.MAKING))


def file_of(
    person: Person, ids: Sequence[int], format_: Format, wording: Wording, tell: Callable[[int], None]
) -> bytes:
    """The file with those of these candidates whom the person may see, in their order; `tell` hears of the progress."""
    wide = widths(ids)
    return written(format_, header(wide, wording), lines(person, ids, wide, wording, tell))


def written(format_: Format, names: Sequence[str], rows: Iterator[Sequence[str]]) -> bytes:
    if format_ == Format.XLSX:
        return table_workbook.write(names, rows)
    return table_file.compose(names, rows, SEPARATOR)


def handed(person: Person, rows: int, format_: Format, language: str, now: datetime) -> None:
    """Remember that somebody took so many candidates with them at once."""
    row = CandidateExport(
        format=format_,
        query={},
        language=language,
        state=State.HANDED,
        rows=rows,
        made=rows,
        created_by_id=person.id,
        created_at=now,
        finished_at=now,
    )
    db.session.add(row)
    db.session.flush()


def ask(person: Person, ids: Sequence[int], format_: Format, language: str, now: datetime) -> CandidateExport:
    """Ask for a file that takes longer to make; a job makes it."""
    row = CandidateExport(
        format=format_,
        query={"id": list(ids)},
        language=language,
        rows=len(ids),
        created_by_id=person.id,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def claim(now: datetime) -> CandidateExport | None:
    """The export that waits longest; one that was begun before and did not end is begun anew, but not for ever."""
    row = db.session.scalar(select(CandidateExport).where(BEGUN).order_by(CandidateExport.id).limit(1))
    if row is None:
        return None
    row.state, row.made, row.tries = State.MAKING, 0, row.tries + 1
    if row.tries > TRIES:
        row.state, row.finished_at, row.query = State.FAILED, now, {}
    db.session.flush()
    return row


def made(export_id: int, rows: int) -> None:
    """So many rows are in the file."""
    db.session.execute(update(CandidateExport).where(CandidateExport.id == export_id).values(made=rows))


def finish(export_id: int, content: bytes, now: datetime) -> None:
    """The file is there, unless somebody was faster."""
    mine = update(CandidateExport).where(CandidateExport.id == export_id, CandidateExport.state == State.MAKING)
    db.session.execute(mine.values(state=State.READY, content=content, query={}, finished_at=now))


def forget_old(now: datetime) -> None:
    """Forget the files that were kept for their day."""
    _forget(list(db.session.scalars(select(CandidateExport.id).where(_kept_long(now)))))


def forget_files() -> None:
    """Somebody is erased: forget every file that is kept, and begin anew with what is being made."""
    _forget(list(db.session.scalars(select(CandidateExport.id).where(CandidateExport.content.is_not(None)))))
    making = update(CandidateExport).where(CandidateExport.state == State.MAKING)
    db.session.execute(making.values(state=State.WAITING))


def _forget(ids: Sequence[int]) -> None:
    if ids:
        gone = update(CandidateExport).where(CandidateExport.id.in_(ids))
        db.session.execute(gone.values(state=State.GONE, content=None, query={}))


def is_due(now: datetime) -> bool:
    """Whether there is a file to make or to forget; asked often, so that it writes nothing."""
    return db.session.scalar(select(CandidateExport.id).where(or_(BEGUN, _kept_long(now))).limit(1)) is not None


def _kept_long(now: datetime) -> ColumnElement[bool]:
    return and_(CandidateExport.state == State.READY, CandidateExport.finished_at <= now - KEPT)


def for_person(person: Person, export_id: int) -> CandidateExport | None:
    """An export that a person may see: one's own, and for administrators everybody's."""
    row = db.session.get(CandidateExport, export_id)
    allowed = row is not None and (person.role == Role.ADMIN or row.created_by_id == person.id)
    return row if allowed else None


def is_kept(row: CandidateExport, now: datetime) -> bool:
    """Whether the file is there to be had."""
    return row.state == State.READY and row.finished_at is not None and now < row.finished_at + KEPT


def content_of(row: CandidateExport, now: datetime) -> bytes | None:
    """The file, while it is kept."""
    return row.content if is_kept(row, now) else None


def latest(person: Person) -> list[CandidateExport]:
    """The newest exports that a person may see."""
    query = select(CandidateExport).order_by(CandidateExport.id.desc()).limit(SHOWN)
    if person.role != Role.ADMIN:
        query = query.where(CandidateExport.created_by_id == person.id)
    return list(db.session.scalars(query))
