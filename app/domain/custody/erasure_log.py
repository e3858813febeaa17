"""The log of erasures: a file beside the database, so that a restored backup can be told who was forgotten since."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypedDict

from app import clock

NAME = "erasures.jsonl"


class Erased(Protocol):
    """What the log keeps of an erasure: a number, keyed hashes, why and when."""

    candidate_id: int
    reason: str
    marks: list[str]
    erased_at: datetime


class Line(TypedDict):
    """A line of the log, read."""

    candidate_id: int
    reason: str
    marks: list[str]
    erased_at: datetime


def append(folder: Path, erased: Erased) -> None:
    """Add a line that stays when the power goes."""
    line = json.dumps(
        {
            "candidate_id": erased.candidate_id,
            "reason": str(erased.reason),
            "marks": erased.marks,
            "erased_at": erased.erased_at.isoformat(),
        }
    )
    _add(folder / NAME, [line])


def bring(folder: Path, found: Iterable[str]) -> None:
    """Add the lines of other logs that this one has not."""
    path = folder / NAME
    known = set(lines(path))
    _add(path, [line for line in dict.fromkeys(found) if line not in known])


def _add(path: Path, new: Iterable[str]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in new)
        file.flush()
        os.fsync(file.fileno())


def lines(path: Path) -> Iterator[str]:
    """The lines of a log; none when there is no log."""
    if path.exists():
        yield from filter(None, path.read_text(encoding="utf-8").splitlines())


def read(line: str) -> Line:
    """One line.

    Raises:
        ValueError: it is not one of ours.
    """
    try:
        found = json.loads(line)
        return Line(
            candidate_id=int(found["candidate_id"]),
            reason=str(found["reason"])[:12],
            marks=[str(mark) for mark in found["marks"]],
            erased_at=clock.parse(found["erased_at"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"no line of the log of erasures: {line[:80]}") from error
