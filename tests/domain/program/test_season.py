"""Tests of seasons: they do not overlap, and they close at noon of the next working day."""

from datetime import UTC, date, datetime

import pytest

from app.domain.program import absence, season
from app.domain.program.program import the_program
from app.domain.program.season import NotASeason, Overlaps, Season, SeasonOver
from tests.people import make_people

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 2), date(2026, 12, 6)


@pytest.fixture
def program_id(session: None) -> int:
    make_people()
    program = the_program()
    assert program
    return program.id


@pytest.fixture
def autumn(program_id: int) -> Season:
    return season.add(program_id, "Herfst", FIRST, LAST, by_id=None, now=NOW)


def test_a_day_is_in_at_most_one(program_id: int, autumn: Season) -> None:
    with pytest.raises(Overlaps) as refused:
        season.add(program_id, "Winter", LAST, date(2027, 1, 31), by_id=None, now=NOW)
    assert refused.value.other is autumn
    assert season.at(program_id, LAST) is autumn
    assert season.at(program_id, date(2026, 12, 7)) is None


@pytest.mark.parametrize("last", [date(2026, 11, 1), date(2027, 11, 3)])
def test_it_lasts_from_a_day_to_a_year(program_id: int, last: date) -> None:
    with pytest.raises(NotASeason):
        season.add(program_id, "Herfst", FIRST, last, by_id=None, now=NOW)


def test_in_the_pause_the_one_before_is_the_present_one(program_id: int, autumn: Season) -> None:
    season.add(program_id, "Winter", date(2026, 12, 14), date(2027, 1, 31), by_id=None, now=NOW)
    assert season.current(program_id, date(2026, 12, 10)) is autumn
    assert [each.name for each in season.all_of(program_id)] == ["Winter", "Herfst"]


def test_a_pause_is_after_a_season_until_the_next(program_id: int, autumn: Season) -> None:
    in_pause = date(2026, 12, 10)
    assert season.pause_at(program_id, in_pause) == (date(2026, 12, 7), None)
    season.add(program_id, "Winter", date(2026, 12, 14), date(2027, 1, 31), by_id=None, now=NOW)
    assert season.pause_at(program_id, in_pause) == (date(2026, 12, 7), date(2026, 12, 14))
    inside = (FIRST, LAST, date(2026, 12, 14))
    assert [season.pause_at(program_id, day) for day in (date(2026, 11, 1), *inside)] == [None] * 4


def test_it_closes_at_noon_of_the_next_working_day(program_id: int, autumn: Season) -> None:
    assert season.closes_at(autumn) == datetime(2026, 12, 7, 11, tzinfo=UTC)
    absence.record(absence.EVERYBODY, date(2026, 12, 7), date(2026, 12, 8), by_id=None, now=NOW)
    assert season.closes_at(autumn) == datetime(2026, 12, 9, 11, tzinfo=UTC)


def test_over_christmas_it_stays_open(program_id: int) -> None:
    row = season.add(program_id, "Jaar", FIRST, date(2026, 12, 24), by_id=None, now=NOW)
    assert season.closes_at(row) == datetime(2026, 12, 28, 11, tzinfo=UTC)


def test_it_is_closed_for_its_days_only(program_id: int, autumn: Season) -> None:
    closed = datetime(2026, 12, 7, 11, tzinfo=UTC)
    assert season.closed_for(program_id, LAST, closed) is autumn
    assert season.closed_for(program_id, LAST, NOW) is None
    assert season.closed_for(program_id, date(2026, 12, 7), closed) is None


def test_a_closed_season_keeps_its_days_and_may_be_renamed(autumn: Season) -> None:
    later = datetime(2026, 12, 8, tzinfo=UTC)
    with pytest.raises(SeasonOver):
        season.change(autumn, "Herfst", FIRST, date(2026, 12, 5), later)
    season.change(autumn, "Najaar", FIRST, LAST, later)
    assert autumn.name == "Najaar"


def test_only_what_has_not_begun_can_be_dropped(program_id: int, autumn: Season) -> None:
    with pytest.raises(SeasonOver):
        season.drop(autumn, FIRST)
    season.drop(autumn, date(2026, 11, 1))
    assert season.at(program_id, FIRST) is None
