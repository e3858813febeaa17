"""The scan: ten answers, the two lowest, and when it is time for the next."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.db import db
from app.domain.agency.person import Person
from app.domain.oversight import scan
from app.domain.oversight.scan import Incomplete, Question, Scan
from app.domain.program import season
from tests import make

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
DAY = date(2026, 10, 1)


def ines() -> int:
    return db.session.query(Person).one().id


def took(program_id: int, day: date = DAY, **answers: int) -> Scan:
    given = {str(each): answers.get(each, 4) for each in Question}
    return scan.take(program_id, given, "", by_id=ines(), now=NOW, today=day)


@pytest.fixture
def program_id(session: None) -> int:
    make.agency()
    return make.program(sponsor=make.person("Ines Visser")).id


@pytest.mark.parametrize("wrong", [{"time": 0}, {"time": 6}])
def test_each_of_ten_is_answered_from_one_to_five(program_id: int, wrong: dict[str, int]) -> None:
    with pytest.raises(Incomplete):
        took(program_id, DAY, **wrong)
    with pytest.raises(Incomplete):
        scan.take(program_id, {Question.TIME: 3}, "", by_id=1, now=NOW, today=DAY)


def test_the_two_lowest_are_advised_and_nothing_where_all_is_well(program_id: int) -> None:
    row = took(program_id, measuring=1, name=3, channels=3)
    assert scan.lowest(row) == [Question.MEASURING, Question.NAME]
    row.answers = dict.fromkeys(Question, 5)
    assert scan.lowest(row) == []


def test_whoever_presses_twice_wrote_it_down_once(program_id: int) -> None:
    assert took(program_id) is took(program_id)
    assert took(program_id, time=1) is not took(program_id)
    assert len(scan.all_of(program_id)) == 3


def test_the_average_of_all_ten(program_id: int) -> None:
    assert scan.average(took(program_id, name=2, owner=1)) == pytest.approx(3.5)


def test_it_is_due_at_first_and_when_a_season_has_begun(program_id: int) -> None:
    assert scan.is_due(program_id, None, DAY)
    row = took(program_id)
    assert not scan.is_due(program_id, row, DAY)
    season.add(program_id, "Najaar", DAY, DAY + timedelta(days=34), by_id=None, now=NOW)
    assert scan.is_due(program_id, row, DAY)
    again = took(program_id)
    assert not scan.is_due(program_id, again, DAY)
    assert not scan.is_due(program_id, again, DAY + timedelta(days=40))


def test_the_newest_comes_first(program_id: int) -> None:
    older, newer = took(program_id), took(program_id, time=5)
    assert scan.all_of(program_id) == [newer, older]
