"""Time between two moments in SQL, and the median of many of them told as how often each length occurred."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Moment = ColumnElement[Any] | InstrumentedAttribute[Any]


class whole_hours(FunctionElement[int]):  # noqa: N801 - it reads as a function of SQL
    """The whole hours from the second moment to the first."""

    type = Integer()
    inherit_cache = True


@compiles(whole_hours, "sqlite")
def _sqlite(element: whole_hours, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - as the compiler calls it
    later, earlier = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST((julianday({later}) - julianday({earlier})) * 24 + 0.00001 AS INTEGER)"


@compiles(whole_hours, "postgresql")
def _postgresql(element: whole_hours, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - as above
    later, earlier = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(floor(extract(epoch FROM {later} - {earlier}) / 3600) AS INTEGER)"


def hours_between(later: Moment, earlier: Moment) -> ColumnElement[int]:
    """The same, as a column."""
    return whole_hours(later, earlier)


def median(lengths: Iterable[tuple[int, int]]) -> float | None:
    """The middle of lengths that occurred so many times each; of an even number the mean of the middle two."""
    ordered = sorted((length, times) for length, times in lengths if times)
    whole = sum(times for _, times in ordered)
    if not whole:
        return None
    return (_at(ordered, (whole - 1) // 2) + _at(ordered, whole // 2)) / 2


def _at(ordered: list[tuple[int, int]], place: int) -> int:
    for length, times in ordered:
        if place < times:
            return length
        place -= times
    raise IndexError(place)
