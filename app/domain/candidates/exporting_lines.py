"""The lines of an export: what is known of a candidate, in the words that the import reads the same from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app import clock
from app.domain.candidates.consent import Consent
from app.domain.candidates.exporting_columns import COLUMNS, PLAIN, REPEATED
from app.domain.candidates.importing.cells import joined
from app.domain.candidates.label import LabelKind, Told

Widths = Mapping[str, int]
UNWRITABLE = dict.fromkeys((*range(32), *range(127, 160), 0xFFFE, 0xFFFF))
"""Signs that nobody typed and no workbook may hold."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a file, in one language; `day` is how a day is written."""

    headers: Mapping[str, str]
    stages: Mapping[str, str]
    channels: Mapping[str, str]
    yes: str
    no: str
    day: str
    zone: ZoneInfo


class Line(NamedTuple):
    """What is known of one candidate, before it is put into words."""

    facts: Mapping[Any, Any]
    addresses: Mapping[str, Sequence[str]]
    labels: Sequence[Told]
    preferred: str | None = None
    consent: Consent | None = None


def header(wide: Widths, wording: Wording) -> list[str]:
    """The names of the columns."""
    return [wording.headers[column] for column in COLUMNS for _ in range(wide.get(column, 1))]


def cells(line: Line, wide: Widths, wording: Wording) -> list[str]:
    """One line in words, a cell for each column of the header."""
    found: list[str] = []
    for column in COLUMNS:
        if column in REPEATED:
            told = list(line.addresses.get(column, ()))[: wide[column]]
            found += told + [""] * (wide[column] - len(told))
        else:
            found.append(_cell(column, line, wording))
    return found


def _cell(column: str, line: Line, wording: Wording) -> str:
    if column in PLAIN:
        value = line.facts[column]
        return "" if value is None else str(value).translate(UNWRITABLE)
    return CELLS[column](line, wording).translate(UNWRITABLE)


def _day(day: date | datetime | None, wording: Wording) -> str:
    if isinstance(day, datetime):
        day = clock.local_day(day, wording.zone)
    return f"{day:{wording.day}}" if day else ""


def _labels(kind: LabelKind) -> Callable[[Line, Wording], str]:
    return lambda line, _wording: joined({each.name: each.until for each in line.labels if each.kind == kind})


def _consent(line: Line, wording: Wording) -> str:
    return "" if line.consent is None else wording.yes if line.consent.given else wording.no


CELLS: Mapping[str, Callable[[Line, Wording], str]] = {
    "preferred": lambda line, wording: wording.channels.get(line.preferred or "", ""),
    "available_from": lambda line, wording: _day(line.facts["available_from"], wording),
    "stage": lambda line, wording: wording.stages[line.facts["stage"]],
    "skills": _labels(LabelKind.SKILL),
    "certificates": _labels(LabelKind.CERTIFICATE),
    "tags": _labels(LabelKind.TAG),
    "consent": _consent,
    "consent_on": lambda line, wording: _day(line.consent.at, wording) if line.consent else "",
    "consent_until": lambda line, wording: _day(line.consent.until, wording) if line.consent else "",
    "registered": lambda line, wording: _day(line.facts["registered_at"], wording),
}
