"""The days on which somebody is employed: who may say so, and from when they count."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from app.domain.program import contract
from tests.people import Browser, People, make_people

WEDNESDAY = datetime(2026, 11, 18, 11, tzinfo=UTC)
TWO_DAYS = {"contract-weekdays": ["0", "2"], "contract-valid_from": "2026-12-01"}


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    with time_machine.travel(WEDNESDAY, tick=False):
        with browser.app.app_context():
            people = make_people()
        yield people


def _days(browser: Browser, person_id: int, day: date) -> frozenset[int]:
    with browser.app.app_context():
        return contract.weekdays_on(person_id, day)


def _send(browser: Browser, person_id: int, **typed: object) -> int:
    url = f"/timetable/people/{person_id}"
    return browser.post(f"{url}/contract", TWO_DAYS | typed, at="/timetable").status_code


def test_a_lead_says_it_of_the_team_and_it_counts_from_then_on(browser: Browser, people: People) -> None:
    lead = browser.sign_in(people.lead)
    assert _send(lead, people.sanne.id) == 303
    assert _days(browser, people.sanne.id, date(2026, 11, 30)) == frozenset(range(5))
    assert _days(browser, people.sanne.id, date(2026, 12, 1)) == {0, 2}
    html = lead.get(f"/timetable/people/{people.sanne.id}").text
    assert "Maandag en woensdag" in html
    assert "vanaf 1 december 2026" in html


def test_one_reads_ones_own_and_does_not_change_it(browser: Browser, people: People) -> None:
    sanne = browser.sign_in(people.sanne)
    html = sanne.get("/timetable").text
    assert "Maandag t/m vrijdag, want er is niets anders vastgelegd." in html
    assert "contract-weekdays" not in html
    assert _send(sanne, people.sanne.id) == 404


def test_nor_does_a_lead_their_own_or_another_team_s(browser: Browser, people: People) -> None:
    lead = browser.sign_in(people.lead)
    assert [_send(lead, each.id) for each in (people.lead, people.otto)] == [404, 404]
    assert _send(browser.sign_in(people.ada), people.lead.id) == 303


@pytest.mark.parametrize("typed", [{"contract-weekdays": ["7"]}, {"contract-valid_from": "1026-12-01"}])
def test_what_cannot_be_is_said(browser: Browser, people: People, typed: dict[str, object]) -> None:
    assert _send(browser.sign_in(people.lead), people.sanne.id, **typed) == 422


def test_nobody_need_have_fixed_days(browser: Browser, people: People) -> None:
    lead = browser.sign_in(people.lead)
    assert _send(lead, people.sanne.id, **{"contract-weekdays": []}) == 303
    assert "Geen vaste dagen" in lead.get(f"/timetable/people/{people.sanne.id}").text
