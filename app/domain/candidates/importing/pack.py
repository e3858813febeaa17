"""The rows of a brought file, packed small: read once from whatever it was, then again and again, line by line."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator

from app.domain.candidates.table_row import Fault, Row, Unusable

LEVEL = 3
SEPARATOR = ";"


def packed(rows: Iterable[Row]) -> tuple[bytes, int]:
    """The rows in one piece, and how many they are.

    Raises:
        Unusable: there are none, or one of them cannot be read.
    """
    out, count = io.BytesIO(), 0
    with (
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=LEVEL, mtime=0) as zipped,
        io.TextIOWrapper(zipped, "utf-8", newline="") as text,
    ):
        writer = csv.writer(text, delimiter=SEPARATOR)
        for count, row in enumerate(rows, 1):  # noqa: B007 - the last number is how many there are
            writer.writerow([row.line, *row.cells])
    if not count:
        raise Unusable(Fault.NO_ROWS)
    return out.getvalue(), count


def unpacked(content: bytes, width: int = 0) -> Iterator[Row]:
    """The rows again, filled up to a width: those of a workbook end at their last filled cell."""
    with (
        gzip.GzipFile(fileobj=io.BytesIO(content)) as zipped,
        io.TextIOWrapper(zipped, "utf-8", newline="") as text,
    ):
        for line, *cells in csv.reader(text, delimiter=SEPARATOR):
            yield Row(int(line), cells + [""] * (width - len(cells)))
