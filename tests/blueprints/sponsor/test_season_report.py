"""The season report as a page and as a table."""

from datetime import timedelta

import pytest

from app import clock
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.program import season
from app.domain.program.program import the_program
from tests.people import Browser, People, make_people

URL = "/sponsor/season"


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


def begun(browser: Browser) -> int:
    """A season that began eight weeks ago."""
    with browser.app.app_context():
        program, first = the_program(), clock.local_day(clock.now(), the_zone()) - timedelta(weeks=8)
        assert program
        row = season.add(program.id, "Najaar", first, first + timedelta(weeks=12), by_id=None, now=clock.now())
        db.session.commit()
        return row.id


def test_without_a_season_it_says_so(browser: Browser, people: People) -> None:
    assert "Er is nog geen seizoen begonnen" in browser.sign_in(people.ines).get(URL).text


def test_without_a_pause_there_is_not_enough_to_compare_with(browser: Browser, people: People) -> None:
    begun(browser)
    text = browser.sign_in(people.ines).get(URL).text
    assert "8 weken van het seizoen zijn voorbij, naast 0 weken pauze" in " ".join(text.split())


def test_it_is_a_table_too(browser: Browser, people: People) -> None:
    answer = browser.sign_in(people.ines).get(f"{URL}/{begun(browser)}.csv")
    assert answer.text.splitlines()[0].endswith("Minstens;Hoogstens")
    assert "Plaatsingen per week" in answer.text


def test_another_season_does_not_exist(browser: Browser, people: People) -> None:
    assert browser.sign_in(people.ines).client.get(f"{URL}/{begun(browser) + 1}").status_code == 404
