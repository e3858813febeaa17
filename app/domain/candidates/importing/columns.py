"""Which column of a file holds what: guessed from its header, else from what is in it, each with how sure that is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.candidates.address import Unreachable, recognise
from app.domain.candidates.importing.cells import (
    available_in,
    channel_in,
    day_in,
    language_in,
    number_in,
    stage_in,
    truth_in,
)
from app.domain.candidates.importing.headers import (
    BY_HEADER,
    REPEATABLE,
    Column,
    column_of,
    meant_by,
    spellings,
    vendor_of,
)

ENOUGH = 0.6
SHORTEST_PART = 4
READS: dict[Column, Callable[[str], object]] = {
    Column.STAGE: stage_in,
    Column.REGISTERED: day_in,
    Column.PREFERRED: channel_in,
    Column.AVAILABLE_FROM: lambda text: available_in(text, date.min),
    Column.HOURS_WEEK: number_in,
    Column.TRAVEL_KM: number_in,
    Column.LANGUAGE: language_in,
    Column.CONSENT: truth_in,
    Column.CONSENT_ON: day_in,
    Column.CONSENT_UNTIL: day_in,
}


class Sure(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Guess:
    column: Column
    sure: Sure


NOTHING = Guess(Column.IGNORED, Sure.NO)


def guess(header: Sequence[str], samples: Sequence[Sequence[str]]) -> list[Guess]:
    """What each column holds, in the order of the columns; what is certain goes before what is likely."""
    vendor = vendor_of(header)
    values = [[row[at] for row in samples if at < len(row) and row[at]] for at in range(len(header))]
    guesses = [_by_name(meant_by(vendor, name), name, values[at]) for at, name in enumerate(header)]
    taken = _once(guesses)
    for at, name in enumerate(header):
        if guesses[at] is None:
            likely = _likely(name, values[at])
            guesses[at] = NOTHING if likely in taken - REPEATABLE or not likely else Guess(likely, Sure.LIKELY)
            taken.add(likely)
    return [each or NOTHING for each in guesses]


def _once(guesses: list[Guess | None]) -> set[Column]:
    """Leave a column that only one can hold to the first of two."""
    taken: set[Column] = set()
    for at, each in enumerate(guesses):
        if each is None:
            continue
        if each.column in taken - REPEATABLE:
            guesses[at] = NOTHING
        taken.add(each.column)
    return taken


def _by_name(meant: Column | None, name: str, values: Sequence[str]) -> Guess | None:
    column = meant if meant is not None else column_of(name)
    return Guess(column, Sure.CERTAIN) if column is not None and _readable(column, values) else None


def _likely(name: str, values: Sequence[str]) -> Column:
    """What the values look like, else what a part of the header says."""
    seen = _by_content(values)
    if seen != Column.IGNORED:
        return seen
    plain = f" {spellings(name)[-1]} "
    inside = [known for known in BY_HEADER if len(known) >= SHORTEST_PART and f" {known} " in plain]
    part = BY_HEADER[max(inside, key=len)] if inside else Column.IGNORED
    return part if _readable(part, values) else Column.IGNORED


def _readable(column: Column, values: Sequence[str]) -> bool:
    """A column named 'status' or 'datum' holds many things; most of its values must be such a thing."""
    reads = READS.get(column)
    return reads is None or sum(reads(value) is not None for value in values) >= ENOUGH * len(values)


def _by_content(values: Sequence[str]) -> Column:
    found: list[str] = []
    for value in values:
        try:
            found.append(recognise(value)[0])
        except Unreachable:
            continue
    common = max(set(found), key=found.count, default="")
    return Column(common) if values and found.count(common) >= ENOUGH * len(values) and common else Column.IGNORED
