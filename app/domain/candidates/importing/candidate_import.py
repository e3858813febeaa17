"""An import of candidates: a file that was brought, what its columns hold, and how far it is."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from sqlalchemy import JSON, CursorResult, ForeignKey, LargeBinary, String, delete, or_, select, update
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person, Role
from app.domain.candidates import table_file
from app.domain.candidates.importing import trace
from app.domain.candidates.importing.headers import NAMING, REPEATABLE, Column, Vendor, is_header, vendor_of
from app.domain.candidates.importing.pack import packed, unpacked
from app.domain.candidates.importing.trace import ImportChange, ImportRefusal
from app.domain.candidates.table_row import Row

FORGOTTEN = "forgotten"
"""Among the counts: how many rows of a file that is being written were emptied, because somebody was erased."""
AT_ONCE = 1_000
SHOWN = 10
KEPT = timedelta(days=30)
LEASE = timedelta(minutes=2)


class State(StrEnum):
    """CLOSED: it was written so long ago that it cannot be undone any more."""

    COLUMNS = "columns"
    REHEARSING = "rehearsing"
    REHEARSED = "rehearsed"
    WRITING = "writing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    CLOSED = "closed"


WORKING = (State.REHEARSING, State.WRITING, State.UNDOING)
UNWRITTEN = (State.COLUMNS, State.REHEARSING, State.REHEARSED)


class CandidateImport(Base):
    """`counts` are of the rehearsal until writing begins, then of what was written; `layout` is known again by it.

    `content` holds the packed rows and goes when the import is done; `separator` is empty for a workbook; `vendor` is
    whose export it was recognised as. `written` rows are behind it. `lease_until`: a process works on it until then.
    `trouble` is why it stopped.
    """

    __tablename__ = "candidate_import"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    separator: Mapped[str] = mapped_column(String(1), default="")
    header: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    vendor: Mapped[Vendor] = mapped_column(String(12), default=Vendor.NONE)
    layout: Mapped[str] = mapped_column(String(64), index=True)
    columns: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    state: Mapped[State] = mapped_column(String(10), default=State.COLUMNS, index=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default_factory=dict)
    unknown_owners: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    rows: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    trouble: Mapped[str] = mapped_column(String(300), default="")
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)


class Mapping(StrEnum):
    """Why a choice of columns will not do."""

    NO_NAME = "no_name"
    TWICE = "twice"


class Unclear(ValueError):  # noqa: N818 - it names what is the case
    """The columns chosen cannot be read; `column` is the one chosen twice."""

    def __init__(self, fault: Mapping, column: Column = Column.IGNORED) -> None:
        super().__init__(fault)
        self.fault = fault
        self.column = column


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that could be read: its header, and its rows packed."""

    header: list[str]
    separator: str
    content: bytes
    rows: int


def read(content: bytes, most_rows: int) -> Brought:
    """A file as somebody brings it; reading it takes seconds when it is long, and little memory.

    Raises:
        Unusable: it is no table, or too large.
    """
    table = table_file.opened(content, most_rows, is_header)
    rows, count = packed(table.rows)
    return Brought(table.header, table.separator, rows, count)


def receive(person: Person, file_name: str, brought: Brought, now: datetime) -> CandidateImport:
    """Keep a file that was brought."""
    row = CandidateImport(
        file_name=file_name[-200:],
        content=brought.content,
        separator=brought.separator,
        header=brought.header,
        vendor=vendor_of(brought.header),
        layout=hashlib.sha256("\n".join(brought.header).encode()).hexdigest(),
        rows=brought.rows,
        created_by_id=person.id,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def sample(row: CandidateImport, most: int) -> list[Row]:
    """The first rows of the file."""
    found = unpacked(row.content, 0 if row.separator else len(row.header))
    return [each for each, _ in zip(found, range(most), strict=False)]


def checked_columns(chosen: Sequence[str]) -> list[Column]:
    """The columns as somebody chose them.

    Raises:
        Unclear: no column is a name, or two hold what only one can.
    """
    columns = [Column(each) for each in chosen]
    if not NAMING & set(columns):
        raise Unclear(Mapping.NO_NAME)
    for column, times in Counter(columns).items():
        if times > 1 and column not in REPEATABLE:
            raise Unclear(Mapping.TWICE, column)
    return columns


def rehearse(import_id: int, columns: Sequence[Column]) -> bool:
    """Let the rehearsal of these columns begin; False when it was written already."""
    turn = update(CandidateImport).where(CandidateImport.id == import_id, CandidateImport.state.in_(UNWRITTEN))
    said = {"columns": [str(column) for column in columns], "counts": {}, "unknown_owners": [], "written": 0}
    return _hit(turn.values(state=State.REHEARSING, trouble="", **said))


def go_on(import_id: int) -> None:
    """Let the writing of what was rehearsed begin, or go on with whatever stopped."""
    this = update(CandidateImport).where(CandidateImport.id == import_id)
    db.session.execute(this.where(CandidateImport.state.in_(WORKING)).values(trouble=""))
    db.session.execute(this.where(CandidateImport.state == State.REHEARSED).values(state=State.WRITING, trouble=""))


def claim(import_id: int, now: datetime) -> bool:
    """Take an import for a while, so that one process works on it; False when another one does."""
    free = or_(CandidateImport.lease_until.is_(None), CandidateImport.lease_until <= now)
    return _hit(update(CandidateImport).where(CandidateImport.id == import_id, free).values(lease_until=now + LEASE))


def release(import_id: int, trouble: str = "") -> None:
    """Give it back; `trouble` says why it could not go on."""
    ended = update(CandidateImport).where(CandidateImport.id == import_id)
    db.session.execute(ended.values(lease_until=None, trouble=trouble[:300]))


def waiting(now: datetime) -> list[CandidateImport]:
    """The imports that some process should work on, oldest first."""
    free = or_(CandidateImport.lease_until.is_(None), CandidateImport.lease_until <= now)
    rows = select(CandidateImport).where(CandidateImport.state.in_(WORKING), CandidateImport.trouble == "", free)
    return list(db.session.scalars(rows.order_by(CandidateImport.id).limit(SHOWN)))


def locked(import_id: int) -> CandidateImport | None:
    """As it is now, held until the transaction ends."""
    query = select(CandidateImport).where(CandidateImport.id == import_id).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def _hit(statement: object) -> bool:
    return cast("CursorResult[object]", db.session.execute(statement)).rowcount == 1  # type: ignore[call-overload]


def remove(row: CandidateImport) -> bool:
    """Forget a file of which nothing was written; False when something was."""
    if row.state not in UNWRITTEN:
        return False
    trace.forget(row.id)
    db.session.delete(row)
    db.session.flush()
    return True


def forget_old(now: datetime) -> None:
    """Forget what imports of a month ago and before left: copies of personal data that have done their work."""
    old = CandidateImport.created_at < now - KEPT
    ids = select(CandidateImport.id).where(old, CandidateImport.state != State.CLOSED).scalar_subquery()
    for table in (ImportRefusal, ImportChange):
        db.session.execute(delete(table).where(table.import_id.in_(ids)))
    db.session.execute(delete(CandidateImport).where(old, CandidateImport.state.in_((*UNWRITTEN, State.UNDONE))))
    db.session.execute(update(CandidateImport).where(old).values(state=State.CLOSED, content=b"", lease_until=None))


def for_person(person: Person, import_id: int) -> CandidateImport | None:
    """An import that a person may see: one's own, and for administrators everybody's."""
    row = db.session.get(CandidateImport, import_id)
    allowed = row is not None and (person.role == Role.ADMIN or row.created_by_id == person.id)
    return row if allowed else None


def latest(person: Person) -> list[CandidateImport]:
    """The newest imports that a person may see."""
    query = select(CandidateImport).order_by(CandidateImport.id.desc()).limit(SHOWN)
    if person.role != Role.ADMIN:
        query = query.where(CandidateImport.created_by_id == person.id)
    return list(db.session.scalars(query))


def remembered(row: CandidateImport) -> list[Column]:
    """The columns that were chosen the last time a file had this layout; none when it is new."""
    before = select(CandidateImport.columns).where(
        CandidateImport.layout == row.layout, CandidateImport.id != row.id, CandidateImport.state != State.COLUMNS
    )
    columns = db.session.scalar(before.order_by(CandidateImport.id.desc()).limit(1))
    return [Column(each) for each in columns or ()]
