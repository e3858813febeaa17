"""A row as a line of JSON, the same on either engine, and back."""

import math
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import orjson
from sqlalchemy import Connection

from app.backup.shape import Shape

PORTION = 1000
"""Rows that are read or written together, unless one of them may be a whole file."""
PORTION_BYTES = 4_000_000


def lines(connection: Connection, shape: Shape) -> Iterator[bytes]:
    """Every row of a table as a line, in the order of its key."""
    size = 1 if shape.is_bulky else PORTION
    found = connection.execute(shape.rows(connection.dialect.name).execution_options(yield_per=size))
    numbers = [at for at, kind in enumerate(shape.kinds) if kind == "number"]
    for row in found:
        yield _line(list(row), numbers)


def _line(values: list[Any], numbers: Sequence[int]) -> bytes:
    for at in numbers:
        if values[at] is not None and not math.isfinite(values[at]):
            values[at] = str(values[at])
    return orjson.dumps(values, default=_bytes, option=orjson.OPT_APPEND_NEWLINE)


def _bytes(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode("ascii")
    raise TypeError(f"no backup can hold {type(value).__name__}")


READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {"moment": datetime.fromisoformat, "day": date.fromisoformat, "bytes": b64decode, "number": float}
)


def rows(portion: Iterable[bytes], shape: Shape) -> Iterator[list[Any]]:
    """The values of lines.

    Raises:
        ValueError: a line is no row of this table.
    """
    readers = [(at, READERS[kind]) for at, kind in enumerate(shape.kinds) if kind in READERS]
    for line in portion:
        values: list[Any] = orjson.loads(line)
        if len(values) != len(shape.columns):
            raise ValueError(f"a row of {shape.name} has {len(values)} values, not {len(shape.columns)}")
        for at, read in readers:
            if values[at] is not None:
                values[at] = read(values[at])
        yield values


def portions(all_lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Lines in portions that fit into memory, however long each of them is."""
    portion: list[bytes] = []
    size = 0
    for line in all_lines:
        portion.append(line)
        size += len(line)
        if len(portion) == PORTION or size > PORTION_BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion
