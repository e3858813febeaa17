"""The shell: its dialogs are drawn once, and never for somebody to whom they do not apply."""

import re

import pytest

from app.db import db
from app.domain.agency.person import Person
from app.domain.program.program import the_program
from tests.people import Browser, People, make_people

PAGE = "/account"


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


def palette(browser: Browser, person: Person) -> str:
    return browser.sign_in(person).get(PAGE).text.partition('id="palette"')[2]


def test_each_role_goes_to_its_own_places(browser: Browser, people: People) -> None:
    assert 'href="/people' in palette(browser, people.ada)
    assert 'href="/people' not in palette(browser, people.sanne)
    assert 'href="/people' in palette(browser, people.ada)


def test_the_way_out_is_behind_ones_name_on_every_page(browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    for url in ("/account", "/board", "/candidates", "/people", "/program", "/audit"):
        name = re.findall(r'<a class="account"\s+href="/account">.*?</a>', ada.get(url).text, re.DOTALL)
        assert [url for each in name if "Ada Smit" in each] == [url]
    assert 'action="/account/sign-out"' in ada.get("/account").text


def test_they_are_drawn_anew_in_another_language_and_under_another_name(browser: Browser, people: People) -> None:
    before = palette(browser, people.sanne)
    with browser.app.app_context():
        program = the_program()
        assert program
        program.name = "Vuurwerk"
        found = db.session.get(Person, people.sanne.id)
        assert found
        found.language = "en"
        db.session.commit()
    after = palette(browser, people.sanne)
    assert "Vuurwerk" in after
    assert "Vuurwerk" not in before
    assert "Search candidates" in after
    assert "Search candidates" not in before
