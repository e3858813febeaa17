"""A table as people bring it, as text or as a workbook: its header, its rows; and the same layout written back."""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from app.domain.candidates import table_text, table_workbook
from app.domain.candidates.table_row import MOST_COLUMNS, Fault, Row, Unusable
from app.domain.candidates.table_text import FORMULA, guarded, unguarded
from app.domain.candidates.table_workbook import write as write_workbook

__all__ = [
    "FORMULA",
    "Fault",
    "Opened",
    "Row",
    "Table",
    "Unusable",
    "compose",
    "guarded",
    "opened",
    "read",
    "unguarded",
    "write_workbook",
]

HEADER_WITHIN = 5
FEWEST_DIGITS = 8
WORKBOOK = b"PK\x03\x04"
REFUSED = {b"\xd0\xcf\x11\xe0": Fault.OLD_WORKBOOK, b"%PDF": Fault.PDF}


@dataclass(frozen=True, slots=True)
class Opened:
    """A table whose rows are still to be read, once; `separator` is empty for a workbook."""

    header: list[str]
    rows: Iterator[Row]
    separator: str


@dataclass(frozen=True, slots=True)
class Table:
    header: list[str]
    rows: list[Row]
    separator: str


def read(content: bytes, most_rows: int) -> Table:
    """All rows of a table, with the header apart; blank lines are left out.

    Raises:
        Unusable: it is empty, not such a file, without header, or too large.
    """
    table = opened(content, most_rows)
    rows = list(table.rows)
    if not rows:
        raise Unusable(Fault.NO_ROWS)
    return Table(table.header, rows, table.separator)


def opened(content: bytes, most_rows: int, known: Callable[[str], bool] = lambda _: False) -> Opened:
    """A table, to be read row by row; `known` tells a header, so that titles above it are passed over.

    Raises:
        Unusable: as `read`; what is wrong with a row that is still to be read, when it is read.
    """
    separator, rows = _rows(content, known)
    head = list(islice(rows, HEADER_WITHIN))
    if not head:
        raise Unusable(Fault.EMPTY)
    at = max(range(len(head)), key=lambda number: (sum(map(known, head[number].cells)), -number))
    header = [" ".join(cell.split()) for cell in head[at].cells]
    if len(header) > MOST_COLUMNS:
        raise Unusable(Fault.TOO_MANY_COLUMNS, len(header))
    if any(_looks_like_data(cell) for cell in header):
        raise Unusable(Fault.NO_HEADER)
    return Opened(header, _counted(chain(head[at + 1 :], rows), most_rows), separator)


def compose(header: Sequence[str], rows: Iterable[Sequence[str]], separator: str) -> bytes:
    """The same layout for a spreadsheet, with a mark so that it reads the accents."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow([guarded(cell) for cell in header])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _rows(content: bytes, known: Callable[[str], bool]) -> tuple[str, Iterator[Row]]:
    if not content.strip():
        raise Unusable(Fault.EMPTY)
    for begin, fault in REFUSED.items():
        if content.startswith(begin):
            raise Unusable(fault)
    if content.startswith(WORKBOOK):
        return "", table_workbook.rows_of(content, known)
    separator = table_text.separator_of(content, known)
    return separator, table_text.rows_of(content, separator)


def _counted(rows: Iterable[Row], most: int) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if number > most:
            raise Unusable(Fault.TOO_MANY_ROWS, most)
        yield row


def _looks_like_data(cell: str) -> bool:
    digits = sum(map(str.isdigit, cell))
    return "@" in cell or (digits >= FEWEST_DIGITS and digits * 2 > len(cell))
