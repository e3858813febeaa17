"""The pace of an import: portions as large as a moment allows, and rest for whoever else wants the database."""

from app.domain.candidates.importing.pace import BREATH, HOLDS, LEAST, MOST, SHARE, Pace


def test_alone_on_a_quick_machine_it_hardly_rests() -> None:
    pace = Pace()
    assert (pace.rest(0.0, HOLDS / 2), pace.rows) == (BREATH, MOST)


def test_whoever_waits_has_the_database_for_longer_than_the_import() -> None:
    assert Pace().rest(0.3, 0.2) == SHARE * 0.2


def test_portions_that_hold_the_database_for_too_long_become_smaller_and_large_again() -> None:
    pace = Pace()
    pace.rest(0.0, 2 * HOLDS)
    smaller = pace.rows
    pace.rest(0.0, HOLDS / 4)
    assert (smaller, pace.rows) == (MOST // 2, MOST)


def test_a_portion_has_some_rows_on_the_slowest_machine() -> None:
    pace = Pace()
    pace.rest(0.0, 60.0)
    assert pace.rows == LEAST


def test_what_took_no_time_is_no_measure() -> None:
    pace = Pace()
    assert (pace.rest(0.0, 0.0), pace.rows) == (BREATH, MOST)
