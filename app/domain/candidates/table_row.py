"""One row of a table that somebody brings, and why a table as a whole cannot be read."""

from dataclasses import dataclass
from enum import StrEnum

MOST_COLUMNS = 200
MOST_CELLS = 2_000
"""A row may be wrong by some cells; one of a million is an attack on the memory."""
LONGEST_CELL = 32_767


class Fault(StrEnum):
    EMPTY = "empty"
    OLD_WORKBOOK = "old_workbook"
    PDF = "pdf"
    BROKEN_WORKBOOK = "broken_workbook"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    NO_HEADER = "no_header"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    LONG_LINE = "long_line"
    QUOTES = "quotes"


class Unusable(ValueError):  # noqa: N818 - it names what is the case
    """The file as a whole cannot be read; `detail` is the line or the number that it is about."""

    def __init__(self, fault: Fault, detail: int = 0) -> None:
        super().__init__(f"{fault} ({detail})")
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is where the row begins in the file, counted from 1 as an editor or a spreadsheet shows it."""

    line: int
    cells: list[str]
