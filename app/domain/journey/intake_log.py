"""The live log of a source: the last hundred events that it sent, and what became of each."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypeVarTuple, cast

from sqlalchemy import BigInteger, ForeignKey, Select, String, Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.candidates import candidate
from app.domain.journey import source

KEPT = 100
Columns = TypeVarTuple("Columns")


class IntakeLogLine(Base):
    """A ring: event `number` of a source lies in slot number % 100, so that there are never more rows than that."""

    __tablename__ = "intake_log"

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    type: Mapped[str] = mapped_column(String(20), default="")
    event: Mapped[str] = mapped_column(String(80), default="")
    message_id: Mapped[str] = mapped_column(String(100), default="")
    fate: Mapped[str] = mapped_column(String(30))
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True, default=None)


class Line(NamedTuple):
    """An event as the log tells it; whoever sends what cannot be read at all sends no type and no message id."""

    type: str
    event: str
    message_id: str
    fate: str
    candidate_id: int | None = None


TABLE = cast("Table", IntakeLogLine.__table__)
_NEW = insert(TABLE)
WRITE = _NEW.on_conflict_do_update(
    index_elements=["source_id", "slot"],
    set_={column.name: _NEW.excluded[column.name] for column in TABLE.c if not column.primary_key},
)


def write(source_id: int, lines: Sequence[Line], now: datetime) -> None:
    """Log what a source sent at once, and count it; of very much only the last is kept.

    The source is held until the transaction ends: call it last.
    """
    if not lines:
        return
    first = source.heard(source_id, len(lines), now) - len(lines)
    kept = list(enumerate(lines, first))[-KEPT:]
    db.session.connection().execute(WRITE, [_row(source_id, number, line, now) for number, line in kept])


def _row(source_id: int, number: int, line: Line, now: datetime) -> dict[str, object]:
    return {
        "source_id": source_id,
        "slot": number % KEPT,
        "number": number,
        "received_at": now,
        "type": line.type[:20],
        "event": line.event[:80],
        "message_id": line.message_id[:100],
        "fate": line.fate,
        "candidate_id": line.candidate_id,
    }


def latest(source_id: int) -> list[IntakeLogLine]:
    """The last hundred events of a source, newest first."""
    return list(db.session.scalars(_newest(select(IntakeLogLine), source_id)))


class Shown(NamedTuple):
    """A line of the log, and the candidate of whom it told when whoever looks may see them."""

    line: IntakeLogLine
    candidate_id: int | None
    name: str | None


def shown(source_id: int, viewer: Person) -> list[Shown]:
    """The same with the names of candidates."""
    theirs = candidate.visible(viewer).subquery()
    rows = select(IntakeLogLine, theirs.c.id, theirs.c.name)
    joined = rows.outerjoin(theirs, theirs.c.id == IntakeLogLine.candidate_id)
    return [Shown(*row) for row in db.session.execute(_newest(joined, source_id))]


def _newest(rows: Select[*Columns], source_id: int) -> Select[*Columns]:
    of = rows.where(IntakeLogLine.source_id == source_id).order_by(IntakeLogLine.number.desc()).limit(KEPT)
    return of.execution_options(populate_existing=True)
