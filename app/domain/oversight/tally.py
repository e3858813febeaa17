"""Counts rows by a condition, so that several figures come from one pass over a table."""

from sqlalchemy import ColumnElement, case, func


def tally(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows meet a condition; 0 when there is no row at all."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
