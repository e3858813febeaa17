"""Public holidays of the Netherlands: days on which nobody is expected to work."""

from datetime import date
from functools import cache


def closed_days(first: date, last: date) -> frozenset[date]:
    """The public holidays from the first to the last day, both included."""
    years = range(first.year, last.year + 1)
    return frozenset(day for year in years for day in _of_year(year) if first <= day <= last)


@cache
def _of_year(year: int) -> frozenset[date]:
    from holidays import country_holidays  # noqa: PLC0415 - it is heavy, and few processes ask

    return frozenset(country_holidays("NL", years=year))
