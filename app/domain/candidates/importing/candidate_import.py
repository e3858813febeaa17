"""An import of candidates: a file that was brought, what its columns hold, a rehearsal, and writing in portions."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person, Role
from app.domain.candidates import table_file
from app.domain.candidates.importing.columns import NAMING, REPEATABLE, Column
from app.domain.candidates.importing.match import Judged, carry_out, judge, owners
from app.domain.candidates.importing.rows import Entry, Reason, Refusal, entries
from app.domain.candidates.table_file import Table

PORTION = 500
SHOWN = 5
KEPT = timedelta(days=30)


class State(StrEnum):
    COLUMNS = "columns"
    REHEARSED = "rehearsed"
    WRITING = "writing"
    DONE = "done"


class CandidateImport(Base):
    """`counts` are of the rehearsal until writing begins, then of what was written; `layout` is known again by it.

    `content` goes when the import is done; `vendor` is whose export it was recognised as. `lease_until`: a process
    reads or writes it until then. `trouble` is why it stopped.
    """

    __tablename__ = "candidate_import"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    vendor: Mapped[str] = mapped_column(String(12), default="")
    layout: Mapped[str] = mapped_column(String(64), index=True)
    columns: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    state: Mapped[State] = mapped_column(String(10), default=State.COLUMNS)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default_factory=dict)
    refused: Mapped[list[list[Any]]] = mapped_column(JSON, deferred=True, default_factory=list)
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
class Rehearsal:
    """What an import would do."""

    counts: dict[str, int]
    refused: list[Refusal]
    unknown_owners: list[str]


def receive(person: Person, file_name: str, content: bytes, table: Table, now: datetime) -> CandidateImport:
    """Keep a file that was brought and that could be read as this table."""
    row = CandidateImport(
        file_name=file_name[-200:],
        content=content,
        layout=_layout(table.header),
        rows=len(table.rows),
        created_by_id=person.id,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def table_of(row: CandidateImport) -> Table:
    """The file's rows; it was read before, so that it can be read."""
    return table_file.read(row.content, row.rows)


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


def items_of(row: CandidateImport, columns: Sequence[Column], zone: ZoneInfo) -> list[Entry | Refusal]:
    """The file's rows as entries and refusals, read as of the day on which it was brought."""
    table = table_of(row)
    return list(entries(table.rows, len(table.header), columns, clock.local_day(row.created_at, zone)))


def rehearse(person: Person, items: Sequence[Entry | Refusal]) -> Rehearsal:
    """What an import of these rows would do; nothing is written."""
    counts: Counter[str] = Counter()
    refused: list[Refusal] = []
    for portion in _portions(items):
        for judged in judge(person, portion):
            _count(judged, counts, refused)
    known = owners()
    told = {item.owner for item in items if isinstance(item, Entry) and item.owner}
    return Rehearsal(dict(counts), refused, sorted(name for name in told if name.casefold() not in known))


def settle(import_id: int, columns: Sequence[Column], rehearsal: Rehearsal) -> None:
    """Keep the columns and what the rehearsal said; what is being written already stays as it is."""
    row = _locked(import_id)
    if row is None or row.state not in (State.COLUMNS, State.REHEARSED):
        return
    row.columns = [str(column) for column in columns]
    row.counts = rehearsal.counts
    row.refused = _kept(rehearsal.refused)
    row.unknown_owners = rehearsal.unknown_owners[:50]
    row.state = State.REHEARSED
    db.session.flush()


def advance(import_id: int, person: Person, table: Table, zone: ZoneInfo, now: datetime) -> CandidateImport | None:
    """Write the next portion of rows; whoever asks at the same time writes the one after it."""
    row = _locked(import_id)
    if row is None or row.state not in (State.REHEARSED, State.WRITING):
        return row
    counts = Counter(row.counts if row.state == State.WRITING else {})
    refused: list[Refusal] = []
    portion = _portion(row, table, zone)
    judged = judge(person, portion)
    for each in judged:
        _count(each, counts, refused)
    carry_out(person, [each for each in judged if isinstance(each, Judged)], zone, now)
    row.counts = dict(counts)
    lines = {item.line for item in portion}
    row.refused = [known for known in row.refused if known[0] not in lines] + _kept(refused)
    row.written += len(judged)
    row.state = State.WRITING if row.written < row.rows else State.DONE
    row.finished_at = now if row.state == State.DONE else None
    db.session.flush()
    return row


def remove(row: CandidateImport) -> None:
    """Forget a file; candidates that it brought stay."""
    db.session.delete(row)
    db.session.flush()


def forget_old(now: datetime) -> None:
    """Forget files of a month ago and before: they are copies of personal data that have done their work."""
    db.session.execute(delete(CandidateImport).where(CandidateImport.created_at < now - KEPT))


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


def refusals(row: CandidateImport) -> list[Refusal]:
    """The rows that were refused, in the file's order."""
    return sorted(
        (Refusal(line, Reason(reason), about) for line, reason, about in row.refused), key=lambda each: each.line
    )


def _kept(refused: Sequence[Refusal]) -> list[list[Any]]:
    return [[each.line, str(each.reason), each.about] for each in refused]


def _layout(header: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(header).encode()).hexdigest()


def _locked(import_id: int) -> CandidateImport | None:
    return db.session.get(CandidateImport, import_id, with_for_update=True)


def _portion(row: CandidateImport, table: Table, zone: ZoneInfo) -> list[Entry | Refusal]:
    """The rows whose turn it is; the rehearsal knows who was in the file before them."""
    rows = table.rows[row.written : row.written + PORTION]
    twice = {line: about for line, reason, about in row.refused if reason == Reason.TWICE}
    columns = [Column(each) for each in row.columns]
    read = entries(rows, len(table.header), columns, clock.local_day(row.created_at, zone))
    return [Refusal(item.line, Reason.TWICE, twice[item.line]) if item.line in twice else item for item in read]


def _portions(items: Sequence[Entry | Refusal]) -> Iterator[Sequence[Entry | Refusal]]:
    for start in range(0, len(items), PORTION):
        yield items[start : start + PORTION]


def _count(judged: Judged | Refusal, counts: Counter[str], refused: list[Refusal]) -> None:
    """Count what becomes of a row, and by what it was known again."""
    if isinstance(judged, Refusal):
        refused.append(judged)
        counts["refused"] += 1
        return
    counts[judged.verdict] += 1
    if judged.by:
        counts[f"by_{judged.by}"] += 1
    elif not judged.entry.keys:
        counts["keyless"] += 1
