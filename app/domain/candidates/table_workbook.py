"""A workbook (XLSX) as people bring it: the sheet that holds the table, read row by row from its zipped XML."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO
from xml.parsers import expat

from app.domain.candidates.table_row import Fault, Row, Unusable
from app.domain.candidates.workbook_sheet import SheetRows, Strings, Styles, parse

MOST_BYTES = 600_000_000
"""Unpacked; reading streams, so that this bounds the time, not the memory."""
MOST_RATIO = 100
ANY_RATIO_BYTES = 50_000_000
"""What unpacks to little may be packed as tightly as it likes; beyond that so much out of so little is a bomb."""
SMALL_PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
MOST_SMALL_BYTES = 10_000_000
PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What workbooks are packed with; other methods choose their own memory."""
MOST_PARTS = 2_000
DAMAGED = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, LookupError, RuntimeError,
    ArithmeticError, ValueError, TypeError,
)  # fmt: skip
MOST_SHEETS = 30
SNIFFED = 5


def rows_of(content: bytes, known: Callable[[str], bool]) -> Iterator[Row]:
    """The rows of the sheet that looks most like a table of what we know: hidden sheets are left alone.

    Raises:
        Unusable: it is damaged, too large when unpacked, or holds no table.
    """
    try:
        with _opened(content) as book:
            strings = Strings(_parts(book, "xl/sharedStrings.xml"))
            styles = Styles(_parts(book, "xl/styles.xml"))
            contents = Contents(book)
            rows = SheetRows(strings, styles.dates, since_1904=contents.since_1904)
            best = max(contents.sheets, key=lambda path: _fit(rows.read(_parts(book, path)), known), default="")
            yield from rows.read(_parts(book, best))
    except Unusable:
        raise
    except DAMAGED as error:
        raise Unusable(Fault.BROKEN_WORKBOOK) from error


def write(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet in which every cell is text, so that nothing is a formula and no number changes."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - it costs memory that only a download needs

    out = io.BytesIO()
    with Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, text = book.add_worksheet(), book.add_format({"num_format": "@"})
        for line, cells in enumerate(chain([header], rows)):
            for at, cell in enumerate(cells):
                if cell:
                    sheet.write_string(line, at, cell, text)
    return out.getvalue()


def _opened(content: bytes) -> zipfile.ZipFile:
    """The zip, if what it says of its own sizes is bearable; no part is read beyond what it says."""
    book = zipfile.ZipFile(io.BytesIO(content))
    parts = book.infolist()
    most = min(MOST_BYTES, max(ANY_RATIO_BYTES, MOST_RATIO * len(content)))
    large = any(part.file_size > MOST_SMALL_BYTES for part in parts if part.filename in SMALL_PARTS)
    if large or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most:
        raise Unusable(Fault.TOO_LARGE, most // 1_000_000)
    if any(part.compress_type not in PACKED_AS for part in parts):
        raise Unusable(Fault.BROKEN_WORKBOOK)
    return book


def _parts(book: zipfile.ZipFile, path: str) -> IO[bytes] | None:
    return book.open(path) if path in book.namelist() else None


def _fit(rows: Iterator[Row], known: Callable[[str], bool]) -> tuple[int, int]:
    """How many headers are known, then how wide it is, of the first rows that are not blank."""
    head = list(islice(rows, SNIFFED))
    widest = max((len(row.cells) for row in head), default=0)
    return max((sum(map(known, row.cells)) for row in head), default=0), widest if len(head) > 1 else 0


class Contents:
    """The visible sheets in their order, and whether days are counted from 1904."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        self.listed: list[str] = []
        self.targets: dict[str, str] = {}
        self.since_1904 = False
        for path in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            for _ in parse(book.open(path), self):
                pass
        paths = [_path(self.targets[each]) for each in self.listed if each in self.targets]
        known = set(book.namelist())
        self.sheets = [path for path in paths if path in known][:MOST_SHEETS]

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            self.listed.append(next((value for key, value in attributes.items() if key.endswith(":id")), ""))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def ended(self, name: str) -> None:
        """Only what begins counts."""

    def text(self, text: str) -> None:
        """It holds no text."""


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
