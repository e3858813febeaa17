"""A table as text: its encoding, its separator and its rows, read line by line so that a long file takes no memory."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice

from app.domain.candidates.table_row import LONGEST_CELL, MOST_CELLS, Fault, Row, Unusable

SEPARATORS = (";", ",", "\t", "|")
SNIFFED = 5
LONGEST_LINE = 1_000_000
FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""With one of these a cell begins that some spreadsheet reckons with; the last four are as wide as Japanese ones."""
AS_WINDOWS = "fanfare-as-windows"
BLANK = " \t\r\n\u00a0;,|"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are Windows-1252, as Dutch Excel writes it, also when only some lines of a file are."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error(AS_WINDOWS, _as_windows)


def rows_of(content: bytes, separator: str) -> Iterator[Row]:
    """The rows that are not blank.

    Raises:
        Unusable: it is no text, a line is endless, or the quotation marks do not match.
    """
    reader = csv.reader(_lines(content, separator), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip(BLANK) for cell in cells):
                yield Row(line, [_read(cell) for cell in cells])
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unusable(Fault.QUOTES, line) from error
    except UnicodeError as error:
        raise Unusable(Fault.ENCODING) from error


def separator_of(content: bytes, known: Callable[[str], bool]) -> str:
    """What Excel's first line `sep=;` says, else what gives the most known headers, else the most columns."""
    try:
        first = _stream(content).readline(SNIFFED + 5).strip().strip('"')
    except UnicodeError:
        raise Unusable(Fault.ENCODING) from None
    if first.lower().startswith("sep=") and len(first) <= len("sep=;"):
        return first[4:] or "\t"

    def fit(separator: str) -> tuple[int, int]:
        head: list[list[str]] = []
        with suppress(Unusable):
            head.extend(row.cells for row in islice(rows_of(content, separator), SNIFFED))
        return max((sum(map(known, cells)) for cells in head), default=0), len(head[0]) if head else 0

    return max(SEPARATORS, key=fit)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unguarded` gives the same cell back."""
    return f"'{cell}" if cell[:1] in FORMULA or cell.startswith("'") else cell


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and (cell[1:2] in FORMULA or cell[1:2] == "'") else cell


def _stream(content: bytes) -> io.TextIOWrapper:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding, errors = ("utf-16", "strict") if marked else ("utf-8-sig", AS_WINDOWS)
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors=errors, newline="")


def _lines(content: bytes, separator: str) -> Iterator[str]:
    """The lines, whatever ends them; the line that names the separator stays as a blank one, to keep the numbers."""
    stream = _stream(content)
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise Unusable(Fault.LONG_LINE, number)
        if line.count(separator) > MOST_CELLS:
            raise Unusable(Fault.TOO_MANY_COLUMNS, line.count(separator) + 1)
        yield line if number > 1 or not line.strip().strip('"').lower().startswith("sep=") else "\n"


def _read(cell: str) -> str:
    if "\0" in cell:
        raise Unusable(Fault.ENCODING)
    if len(cell) > LONGEST_CELL:
        raise Unusable(Fault.LONG_LINE)
    return unguarded(cell.strip())
