"""A table of text as people bring it: its encoding, its separator, its rows; and the same layout written back."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

SEPARATORS = (";", ",", "\t", "|")
MOST_COLUMNS = 200
SNIFFED = 20
FORMULA = frozenset("=+-@\t\r")
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
FEWEST_DIGITS = 8


class Fault(StrEnum):
    EMPTY = "empty"
    OFFICE = "office"
    ENCODING = "encoding"
    NO_HEADER = "no_header"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    QUOTES = "quotes"


class Unusable(ValueError):  # noqa: N818 - it names what is the case
    """The file as a whole cannot be read; `detail` is the line or the number that it is about."""

    def __init__(self, fault: Fault, detail: int = 0) -> None:
        super().__init__(f"{fault} ({detail})")
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is where the row begins in the file, counted from 1 as an editor shows it."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    header: list[str]
    rows: list[Row]
    separator: str


def read(content: bytes, most_rows: int) -> Table:
    """The rows of a file of separated values, with the header apart; blank lines are left out.

    Raises:
        Unusable: it is empty, not such a file, without header, or too large.
    """
    text, separator = _named_separator(decode(content))
    rows = _rows(text, separator or sniff(text), most_rows)
    if not rows:
        raise Unusable(Fault.EMPTY)
    header = [cell.strip() for cell in rows[0].cells]
    if any(_looks_like_data(cell) for cell in header):
        raise Unusable(Fault.NO_HEADER)
    if len(header) > MOST_COLUMNS:
        raise Unusable(Fault.TOO_MANY_COLUMNS, len(header))
    if len(rows) == 1:
        raise Unusable(Fault.NO_ROWS)
    return Table(header, rows[1:], separator or sniff(text))


def decode(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else Windows-1252 as Dutch Excel writes it.

    Raises:
        Unusable: it is no text, or it is a workbook.
    """
    if not content.strip():
        raise Unusable(Fault.EMPTY)
    if content.startswith(OFFICE):
        raise Unusable(Fault.OFFICE)
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unusable(Fault.ENCODING)


def sniff(text: str) -> str:
    """The separator that gives the first rows the most columns; a semicolon when none does."""
    sample = "".join(text.splitlines(keepends=True)[:SNIFFED])

    def columns(separator: str) -> int:
        try:
            return len(next(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), []))
        except csv.Error:
            return 0

    return max(SEPARATORS, key=columns)


def write(header: Sequence[str], rows: Iterable[Sequence[str]], separator: str) -> bytes:
    """The same layout for a spreadsheet, with a mark so that it reads the accents."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow([guarded(cell) for cell in header])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unguarded` gives the same cell back."""
    return f"'{cell}" if cell[:1] in FORMULA or cell.startswith("'") else cell


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and (cell[1:2] in FORMULA or cell[1:2] == "'") else cell


def _named_separator(text: str) -> tuple[str, str]:
    """Excel's first line `sep=;` names the separator; it stays as an empty line, so that lines keep their numbers."""
    first, end, rest = text.partition("\n")
    name = first.strip().strip('"').lower()
    if name.startswith("sep=") and len(name) <= len("sep=;"):
        return end + rest, name[4:] or "\t"
    return text, ""


def _rows(text: str, separator: str, most: int) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, [unguarded(cell.strip()) for cell in cells]))
            if len(rows) > most + 1:
                raise Unusable(Fault.TOO_MANY_ROWS, most)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unusable(Fault.QUOTES, line) from error
    return rows


def _looks_like_data(cell: str) -> bool:
    digits = sum(map(str.isdigit, cell))
    return "@" in cell or (digits >= FEWEST_DIGITS and digits * 2 > len(cell))
