"""The practice queue: three invented candidates, the screen of the real one, and no row in any table."""

import re

import pytest
from sqlalchemy import func, select

from app.db import Base, db
from tests.people import Browser, make_people

PRACTICE = "/block/practice"


@pytest.fixture
def sanne(browser: Browser) -> Browser:
    with browser.app.app_context():
        people = make_people()
    return browser.sign_in(people.sanne)


def name_on(html: str) -> str:
    found = re.search(r'id="queue-name"[^>]*>([^<]+)<', html)
    assert found
    return found[1]


def rows(browser: Browser) -> dict[str, int]:
    with browser.app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_it_shows_a_card_with_its_reasons(sanne: Browser) -> None:
    html = sanne.get(PRACTICE).text
    assert name_on(html) == "Noor Voorbeeld"
    assert "Je zou gisteren terugbellen" in html
    assert html.count('class="button primary"') == 1


def test_an_outcome_brings_the_next_and_can_be_undone(sanne: Browser) -> None:
    html = sanne.get(f"{PRACTICE}?order=012&outcome=spoke").text
    assert name_on(html) == "Sem Voorbeeld"
    assert "Noor: Gesproken. Dit was oefenen; er is niets vastgelegd." in html
    undo = re.search(r'href="(/block/practice\?[^"]+)"[^>]*data-key="z"', html)
    assert undo
    assert name_on(sanne.get(undo[1].replace("&amp;", "&")).text) == "Noor Voorbeeld"


@pytest.mark.parametrize(
    ("step", "name"),
    [("skip", "Sem Voorbeeld"), ("next", "Sem Voorbeeld"), ("back", "Vera Voorbeeld"), ("", "Noor Voorbeeld")],
)
def test_the_pile_turns(sanne: Browser, step: str, name: str) -> None:
    assert name_on(sanne.get(f"{PRACTICE}?order=012&step={step}").text) == name


def test_it_ends(sanne: Browser) -> None:
    html = sanne.get(f"{PRACTICE}?order=2&log=0-spoke.1-later&outcome=no_answer").text
    assert "Je hebt 3 kandidaten benaderd" in html
    assert "Deze drie waren verzonnen" in html
    assert name_on(sanne.get(PRACTICE, part=True).text) == "Noor Voorbeeld"


@pytest.mark.parametrize("asked", ["order=9", "order=00", "order=012&log=0-spoke", "log=x", "order=&log=0-spoke.1-fly"])
def test_an_address_that_cannot_be_is_the_beginning(sanne: Browser, asked: str) -> None:
    assert name_on(sanne.get(f"{PRACTICE}?{asked}").text) == "Noor Voorbeeld"


def test_nothing_is_kept(sanne: Browser) -> None:
    before = rows(sanne)
    for asked in (
        "order=012&outcome=spoke",
        "order=12&log=0-spoke&step=skip",
        "order=&log=0-spoke.1-later.2-spoke&outcome=spoke",
    ):
        assert sanne.client.get(f"{PRACTICE}?{asked}").status_code == 200
    assert rows(sanne) == before
