"""Files of events, cut-offs and points, as the commands that score a history read them."""

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TextIO, cast

from app import clock
from app.domain.scoring.replay import Event

COLUMNS = ("entity", "ts", "kind")


class Cuts(NamedTuple):
    """The moments by the text that the file has for them, and the kinds that are the act to be foretold."""

    moments: Mapping[str, datetime]
    acts: frozenset[str]


def events(path: Path) -> Iterator[Event]:
    """Raises ValueError: a column is missing, or a line cannot be read; it is named."""
    with _opened(path) as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise ValueError(f"{path}: no column {', '.join(missing)}")
        for row in reader:
            try:
                yield Event(row["entity"], row["kind"], clock.parse(row["ts"] or ""))
            except (ValueError, OverflowError) as error:
                raise ValueError(f"{path}, line {reader.line_num}: {error}") from error


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return cast("TextIO", gzip.open(path, "rt", newline="", encoding="utf-8"))
    return path.open(newline="", encoding="utf-8")


def cuts(path: Path) -> Cuts:
    """Raises ValueError: the file is no JSON object with moments in "cuts"."""
    given = _object(path)
    found, acts = given.get("cuts"), given.get("acts", [])
    if not found or not _texts(found):
        raise ValueError(f'{path}: no list of moments in "cuts"')
    if not _texts(acts):
        raise ValueError(f'{path}: "acts" is no list of kinds')
    return Cuts({cut: clock.parse(cut) for cut in found}, frozenset(acts))


def _texts(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(each, str) for each in given)


def points(path: Path) -> dict[str, float]:
    """Raises ValueError: something in it is no number."""
    found = _object(path)
    wrong = [kind for kind, points in found.items() if isinstance(points, bool) or not isinstance(points, int | float)]
    if wrong:
        raise ValueError(f"{path}: the points of {', '.join(wrong)} are no number")
    return {kind: float(points) for kind, points in found.items()}


def _object(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    if not isinstance(found, dict):
        raise ValueError(f"{path}: no JSON object")  # noqa: TRY004 - one kind of fault for all that is wrong in a file
    return found
