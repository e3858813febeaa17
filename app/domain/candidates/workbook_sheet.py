"""One sheet of a workbook, cell by cell: shared text, numbers, days and truths as people see them."""

import re
from array import array
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO, Protocol
from xml.parsers import expat

from app.domain.candidates.table_row import LONGEST_CELL, MOST_CELLS, Fault, Row, Unusable

CHUNK = 65_536
LONGEST_TAG = 1_000_000
DEEPEST = 100
LONGEST_TEXT = 1_000_000
"""Of one cell while it is read, spaces included; what is kept of it is shorter still."""
MOST_TEXT = 120_000_000
BASE = 26
DATES = frozenset((*range(14, 18), 22))
"""Excel's own formats that show a day."""
QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
ESCAPED = re.compile("_x00(?:0[0-9A-Fa-f]|1[0-9A-Fa-f])_")


class Handler(Protocol):
    """What listens to a part of XML; names come without a prefix."""

    def started(self, name: str, attributes: dict[str, str]) -> None: ...

    def ended(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def parse(part: IO[bytes], handler: Handler) -> Iterator[None]:
    """Read a part of XML, pausing after each piece.

    Raises:
        ExpatError: it is no XML, it declares entities of its own, or its tags are endless or too deep.
    """
    reader = expat.ParserCreate()
    reader.buffer_text = True

    def refuse(*_declaration: object) -> None:
        raise expat.ExpatError("a workbook declares no document type")

    depth = cut = 0

    def begun(name: str, attributes: dict[str, str]) -> None:
        """Some writers prefix every name, and then the first one too."""
        nonlocal depth, cut
        if not depth:
            cut = name.find(":") + 1
        depth += 1
        if depth > DEEPEST:
            raise expat.ExpatError("a tag within a tag within a tag")
        handler.started(name[cut:], attributes)

    def done(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.ended(name[cut:])

    reader.StartDoctypeDeclHandler = refuse
    reader.StartElementHandler = begun
    reader.EndElementHandler = done
    reader.CharacterDataHandler = handler.text
    yield from _fed(reader, part)


def _fed(reader: expat.XMLParserType, part: IO[bytes]) -> Iterator[None]:
    fed = 0
    while chunk := part.read(CHUNK):
        reader.Parse(chunk, False)  # noqa: FBT003 - the parser takes no keyword
        fed += len(chunk)
        if fed - reader.CurrentByteIndex > LONGEST_TAG:
            raise expat.ExpatError("a tag or a remark is endless")
        yield
    reader.Parse(b"", True)  # noqa: FBT003 - as above
    yield


class Strings:
    """The shared text of a workbook, kept as bytes in one piece: a million names take little."""

    def __init__(self, part: IO[bytes] | None) -> None:
        self.content = bytearray()
        self.ends = array("Q")
        self.pieces: list[str] = []
        self.length = 0
        self.reading = False
        for _ in parse(part, self) if part else ():
            if len(self.content) > MOST_TEXT:
                raise Unusable(Fault.TOO_LARGE, MOST_TEXT // 1_000_000)

    def __getitem__(self, at: int) -> str:
        return self.content[self.ends[at - 1] if at else 0 : self.ends[at]].decode()

    def started(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self.pieces, self.length = [], 0
        self.reading = name == "t"

    def text(self, text: str) -> None:
        if not self.reading:
            return
        self.pieces.append(text)
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise Unusable(Fault.LONG_LINE)

    def ended(self, name: str) -> None:
        self.reading = self.reading and name != "t"
        if name == "rPh":
            self.pieces.pop()
        if name == "si":
            self.content += "".join(self.pieces).encode()
            self.ends.append(len(self.content))


class Styles:
    """`dates` are the numbers of the cell styles that show a number as a day."""

    def __init__(self, part: IO[bytes] | None) -> None:
        self.codes: dict[int, str] = {}
        self.used: list[int] = []
        self.place = ""
        for _ in parse(part, self) if part else ():
            pass
        shows_day = DATES | {number for number, code in self.codes.items() if _shows_day(code)}
        self.dates = frozenset(at for at, number in enumerate(self.used) if number in shows_day)

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"cellXfs", "cellStyleXfs", "dxfs"}:
            self.place = name
        elif name == "numFmt":
            self.codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "xf" and self.place == "cellXfs":
            self.used.append(int(attributes.get("numFmtId", "0")))

    def ended(self, name: str) -> None:
        """Only what begins counts."""

    def text(self, text: str) -> None:
        """Styles hold no text."""


def _shows_day(code: str) -> bool:
    return re.search("[dy]", QUOTED.sub("", code.lower())) is not None


class SheetRows:
    """Reads sheets of one workbook."""

    def __init__(self, strings: Strings, dates: frozenset[int], *, since_1904: bool) -> None:
        self.strings = strings
        self.dates = dates
        self.epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet has no zone

    def read(self, part: IO[bytes] | None) -> Iterator[Row]:
        """The rows that are not blank, as far as their last filled cell."""
        sheet = _Sheet(self)
        for _ in parse(part, sheet) if part else ():
            yield from sheet.done
            sheet.done.clear()

    def shown(self, kind: str, style: int, text: str) -> str:
        """What a cell shows: text as it is, whole numbers without a point, days as 31-12-2026."""
        if kind == "s":
            return self.strings[int(text)] if text else ""
        if kind == "b":
            return "ja" if text == "1" else "nee"
        if kind in {"str", "inlineStr", "e", "d"}:
            return "" if kind == "e" else text
        return self._number(style, text)

    def _number(self, style: int, text: str) -> str:
        try:
            number = float(text)
            if style in self.dates:
                return f"{self.epoch + timedelta(days=number):%d-%m-%Y}"
        except (ValueError, OverflowError):
            return text
        return str(int(number)) if number.is_integer() else repr(number)


class _Sheet:
    """The state of reading a sheet: the cell and the row that are being read, and the rows that are done."""

    def __init__(self, owner: SheetRows) -> None:
        self.owner = owner
        self.done: list[Row] = []
        self.line = 0
        self.cells: list[str] = []
        self.at = -1
        self.kind, self.style = "", 0
        self.pieces: list[str] = []
        self.length = 0
        self.reading = False

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.line = int(attributes.get("r") or self.line + 1)
            self.cells, self.at = [], -1
        elif name == "c":
            self.at = _column(attributes["r"]) if "r" in attributes else self.at + 1
            self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", "0"))
            self.pieces, self.length = [], 0
        self.reading = name in {"v", "t"}

    def text(self, text: str) -> None:
        if not self.reading:
            return
        self.pieces.append(text)
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise Unusable(Fault.LONG_LINE, self.line)

    def ended(self, name: str) -> None:
        if name == "c":
            self._keep(self.owner.shown(self.kind, self.style, "".join(self.pieces)))
        elif name == "row" and self.cells:
            self.done.append(Row(self.line, self.cells))
        if name in {"v", "t"}:
            self.reading = False

    def _keep(self, text: str) -> None:
        cell = (ESCAPED.sub(" ", text) if "_x00" in text else text).strip()
        if not cell:
            return
        if self.at >= MOST_CELLS:
            raise Unusable(Fault.TOO_MANY_COLUMNS, self.at + 1)
        if len(cell) > LONGEST_CELL:
            raise Unusable(Fault.LONG_LINE, self.line)
        self.cells += [""] * (self.at - len(self.cells))
        self.cells.append(cell)


def _column(reference: str) -> int:
    """Counted from 0: 'A1' is 0, 'AB12' is 27."""
    number = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        number = number * BASE + ord(letter) - ord("A") + 1
    return max(number - 1, 0)
