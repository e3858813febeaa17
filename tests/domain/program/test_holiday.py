"""Public holidays of the Netherlands."""

from datetime import date

from app.domain.program.holiday import closed_days


def test_both_days_are_included() -> None:
    assert closed_days(date(2026, 12, 25), date(2026, 12, 26)) == {date(2026, 12, 25), date(2026, 12, 26)}


def test_it_goes_over_the_year() -> None:
    assert date(2027, 1, 1) in closed_days(date(2026, 12, 28), date(2027, 1, 3))


def test_kings_day_moves_from_a_sunday() -> None:
    assert closed_days(date(2025, 4, 22), date(2025, 4, 30)) == {date(2025, 4, 26)}


def test_an_ordinary_week_has_none() -> None:
    assert closed_days(date(2026, 11, 16), date(2026, 11, 22)) == frozenset()
