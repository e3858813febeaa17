"""The rows of a log: CSV, plain or gzipped, with each row that cannot be read refused by line and reason."""

import csv
import gzip
import hashlib
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from app import clock
from app.domain.actions.contact import CLOCK_SKEW

ACTION_COLUMNS = ("recruiter", "candidate", "kind", "occurred_at")
TOUCHPOINT_COLUMNS = ("candidate", "kind", "occurred_at")
NOTE_COLUMNS = ("note", *ACTION_COLUMNS)
NEEDED = ("note", "candidate", "kind")
LONGEST = {"note": 40, "recruiter": 120, "candidate": 120, "kind": 80}


class Unreadable(Exception):  # noqa: N818 - it says what is the case
    """The file as a whole cannot be read; the text says why."""


class Refused(NamedTuple):
    """A row that was left out; lines count from 1, the header's."""

    line: int
    reason: str


class LogRow(NamedTuple):
    """`external_id`: the number of the note, else what follows from the row: the same is never taken in twice."""

    recruiter: str
    candidate: str
    kind: str
    occurred_at: datetime
    external_id: str


@dataclass(frozen=True, slots=True)
class LogFile:
    rows: list[LogRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def read(content: bytes, columns: Sequence[str], now: datetime, most: int, zone: tzinfo = UTC) -> LogFile:
    """All rows of a file, earliest first; further columns are ignored. `zone`: of moments that name none.

    Raises:
        Unreadable: no UTF-8, a column is missing, or more rows than `most`.
    """
    reader = _reader(content, columns)
    found, seen = LogFile(), Counter[str]()
    try:
        for number, cells in enumerate(reader, 1):
            if number > most:
                raise Unreadable(f"more than {most} rows")
            read_row = _row({name: (cells[name] or "").strip() for name in columns}, now, seen, zone)
            if isinstance(read_row, str):
                found.refused.append(Refused(reader.line_num, read_row))
            else:
                found.rows.append(read_row)
    except csv.Error as error:
        raise Unreadable(f"line {reader.line_num}: {error}") from error
    found.rows.sort(key=lambda row: row.occurred_at)
    return found


def _reader(content: bytes, columns: Sequence[str]) -> "csv.DictReader[str]":
    try:
        text = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise Unreadable("neither UTF-8 text nor gzipped UTF-8 text") from error
    header = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ","
    )
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise Unreadable(f"the header lacks {', '.join(missing)}")
    return reader


def _row(values: Mapping[str, str], now: datetime, seen: Counter[str], zone: tzinfo) -> LogRow | str:
    """The row, or why it is refused; equal rows are told apart by their number."""
    for name in NEEDED:
        if values.get(name) == "":
            return f"no {name}"
    if any("\x00" in value for value in values.values()):
        return "a character that no database keeps"
    for name, longest in LONGEST.items():
        if len(values.get(name, "")) > longest:
            return f"{name} longer than {longest} characters"
    try:
        at = clock.parse(values["occurred_at"], zone)
    except ValueError:
        return f"no moment in ISO 8601: {values['occurred_at'][:40]!r}"
    if at > now + CLOCK_SKEW:
        return "in the future"
    recruiter = values.get("recruiter", "")
    told = "\x1f".join((recruiter, values["candidate"], values["kind"], at.isoformat()))
    seen[told] += 1
    digest = hashlib.blake2b(f"{told}\x1f{seen[told]}".encode(), digest_size=16).hexdigest()
    return LogRow(recruiter, values["candidate"], values["kind"], at, values.get("note") or digest)
