"""A file of touchpoints that somebody brings: read row by row, rehearsed, then taken in by portions."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions.response import MOST, take_in_many
from app.domain.candidates import identity, table_file
from app.domain.journey.touchpoint import MOST_AHEAD, Hit
from app.domain.journey.touchpoint_kind import CODES, PRESET

COLUMNS = ("candidate", "kind", "occurred_at")
LONGEST_KIND = 80
MOST_LISTED = 200
KEPT = timedelta(days=30)
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
FARTHEST = 9_000
DUTCH = ("%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y")
BY_LABEL = {label.casefold(): kind.code for kind in PRESET for label in (kind.code, kind.label_nl, kind.label_en)}


class TouchpointFile(Base):
    """`rows` good ones are in it, `written` of them were taken in, `fresh` of those were new."""

    __tablename__ = "touchpoint_file"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    rows: Mapped[int]
    written: Mapped[int] = mapped_column(default=0)
    fresh: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[list[Any]]] = mapped_column(JSON, default_factory=list)
    unknown_kinds: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    brought_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    brought_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Fault(StrEnum):
    """Why a row is refused."""

    RAGGED = "ragged"
    NO_CANDIDATE = "no_candidate"
    NO_KIND = "no_kind"
    BAD_MOMENT = "bad_moment"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is refused; `about` is the cell that is wrong."""

    line: int
    fault: Fault
    about: str = ""


class MissingColumns(ValueError):  # noqa: N818 - it names what is the case
    """The first row does not name the columns."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.names = names


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    external_id: str
    kind: str
    at: datetime


def receive(name: str, content: bytes, most_rows: int, *, zone: ZoneInfo, by_id: int, now: datetime) -> TouchpointFile:
    """Keep a file and say what taking it in would do; files of a month ago are forgotten.

    Raises:
        Unusable: it is no table of text, or too long.
        MissingColumns: its first row does not name the columns.
    """
    read = [entry for portion in _portions(content, most_rows, zone, now) for entry in portion]
    problems = [entry for entry in read if isinstance(entry, Problem)]
    kinds = {entry.kind for entry in read if isinstance(entry, Hit)}
    db.session.execute(delete(TouchpointFile).where(TouchpointFile.brought_at < now - KEPT))
    row = TouchpointFile(
        name=name[-200:],
        content=content,
        rows=len(read) - len(problems),
        refused=len(problems),
        problems=[[problem.line, problem.fault, problem.about] for problem in problems[:MOST_LISTED]],
        unknown_kinds=sorted(kinds - CODES)[:MOST_LISTED],
        brought_by_id=by_id,
        brought_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def advance(file_id: int, hits: Sequence[Hit], now: datetime) -> TouchpointFile | None:
    """Take in the next of the file's good rows; None when all of them are in, or the file is gone."""
    row = db.session.get(TouchpointFile, file_id, with_for_update=True, populate_existing=True)
    if row is None or row.written >= row.rows:
        return None
    portion = hits[row.written : row.written + MOST]
    row.fresh += sum(taken.fresh for taken in take_in_many(portion, now, silent=True))
    row.written = row.written + len(portion) if portion else row.rows
    db.session.flush()
    return row


def good_rows(row: TouchpointFile, zone: ZoneInfo) -> list[Hit]:
    """The rows that can be taken in, as they were when the file was brought."""
    portions = _portions(row.content, row.rows + row.refused, zone, row.brought_at)
    return [entry for portion in portions for entry in portion if isinstance(entry, Hit)]


def problems_of(row: TouchpointFile) -> list[Problem]:
    """The first rows that were refused."""
    return [Problem(line, Fault(fault), about) for line, fault, about in row.problems]


def one(file_id: int) -> TouchpointFile | None:
    return db.session.get(TouchpointFile, file_id)


def latest(limit: int = 5) -> Sequence[TouchpointFile]:
    """The newest files that are still kept."""
    newest = select(TouchpointFile).order_by(TouchpointFile.brought_at.desc(), TouchpointFile.id.desc())
    return db.session.scalars(newest.limit(limit)).all()


def _portions(content: bytes, most: int, zone: ZoneInfo, now: datetime) -> Iterator[list[Hit | Problem]]:
    table = table_file.read(content, most)
    header = [name.strip().casefold() for name in table.header]
    if missing := [name for name in COLUMNS if name not in header]:
        raise MissingColumns(missing)
    places = [header.index(name) for name in COLUMNS]
    for start in range(0, len(table.rows), MOST):
        lines = [_line(row.line, row.cells, places, zone, now) for row in table.rows[start : start + MOST]]
        known = identity.find_known({line.external_id for line in lines if isinstance(line, _Line)}, ())
        yield [_hit(line, known.by_external_id) if isinstance(line, _Line) else line for line in lines]


def _line(number: int, cells: list[str], places: list[int], zone: ZoneInfo, now: datetime) -> _Line | Problem:
    if len(cells) <= max(places):
        return Problem(number, Fault.RAGGED)
    external_id, kind, said = (cells[place] for place in places)
    at = moment_in(said, zone)
    if not 0 < len(kind) <= LONGEST_KIND:
        return Problem(number, Fault.NO_KIND)
    if at is None or at > now + MOST_AHEAD:
        return Problem(number, Fault.FUTURE if at else Fault.BAD_MOMENT, said[:40])
    return _Line(number, external_id, BY_LABEL.get(kind.casefold(), kind), at)


def _hit(line: _Line, known: dict[str, int]) -> Hit | Problem:
    candidate_id = known.get(line.external_id)
    if candidate_id is None:
        return Problem(line.number, Fault.NO_CANDIDATE, line.external_id[:40])
    facts = f"{line.external_id}\n{line.kind}\n{line.at.isoformat()}"
    return Hit(candidate_id, line.kind, line.at, "file", hashlib.sha256(facts.encode()).hexdigest()[:40])


def moment_in(text: str, zone: ZoneInfo) -> datetime | None:
    """A moment as ISO 8601 or as 31-12-2026 14:30; without a zone it is the agency's wall time."""
    found = _iso(text) or next(filter(None, (_dutch(text.replace("/", "-"), form) for form in DUTCH)), None)
    if found is None or not OLDEST.year <= found.year < FARTHEST:
        return None
    moment = (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    return moment if moment >= OLDEST else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _dutch(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007 - the caller gives it its zone
    except ValueError:
        return None
