"""Tests of contracts: the days on which people are employed, as they were agreed over time."""

from datetime import UTC, date, datetime

import pytest

from app.domain.program import contract
from tests.people import People, make_people

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def _days(people: People) -> list[int]:
    found = contract.days_of([people.sanne.id], MONDAY, SUNDAY)[people.sanne.id]
    return sorted(day.day for day in found)


def test_without_a_contract_it_is_monday_to_friday(people: People) -> None:
    assert _days(people) == [16, 17, 18, 19, 20]
    assert contract.weekdays_on(people.sanne.id, MONDAY) == {0, 1, 2, 3, 4}


def test_an_agreement_holds_until_the_next(people: People) -> None:
    contract.set_days(people.sanne, {0, 5}, date(2026, 11, 1), by_id=None, now=NOW)
    contract.set_days(people.sanne, {3, 4}, date(2026, 11, 19), by_id=None, now=NOW)
    assert _days(people) == [16, 19, 20]
    assert contract.weekdays_on(people.sanne.id, MONDAY) == {0, 5}


def test_before_the_first_agreement_it_is_monday_to_friday(people: People) -> None:
    contract.set_days(people.sanne, (), date(2026, 11, 18), by_id=None, now=NOW)
    assert _days(people) == [16, 17]


def test_the_same_day_is_said_anew(people: People) -> None:
    contract.set_days(people.sanne, {0}, MONDAY, by_id=None, now=NOW)
    contract.set_days(people.sanne, {1}, MONDAY, by_id=people.ada.id, now=NOW)
    assert _days(people) == [17]
    assert [row.recorded_by_id for row in contract.history(people.sanne.id)] == [people.ada.id]


def test_a_week_has_seven_days(people: People) -> None:
    with pytest.raises(ValueError, match="no such day"):
        contract.set_days(people.sanne, {7}, MONDAY, by_id=None, now=NOW)
