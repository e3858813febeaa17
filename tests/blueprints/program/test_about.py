"""The page about the program, which everybody at the agency may read."""

import pytest

from app.db import db
from app.domain.agency import picture
from app.domain.agency.person import Person
from tests import make
from tests.blueprints.program.conftest import present
from tests.make import PNG
from tests.people import Browser, People

ABOUT = "/program/about"


@pytest.mark.parametrize("who", ["sanne", "tess", "lead", "ines", "ada", "otto"])
def test_everybody_reads_it(browser: Browser, people: People, who: str) -> None:
    page = browser.sign_in(getattr(people, who)).get(ABOUT)
    assert page.status_code == 200
    assert "<h1>Vaste Band</h1>" in page.text


def test_a_visitor_does_not(browser: Browser, people: People) -> None:
    assert browser.get(ABOUT).status_code == 303


def test_it_tells_why_who_when_and_how(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        present().why, present().sponsor_message = "Omdat niemand vergeten mag worden", "Daar sta ik voor"
        ines = db.session.get(Person, people.ines.id)
        assert ines
        ines.picture_id = picture.store(PNG, make.START).id
        db.session.commit()
    page = browser.sign_in(people.sanne).get(ABOUT).text
    for told in ("Omdat niemand", "Ines Visser", "Daar sta ik voor", "Elke vrijdag van 14:30 tot 15:15", "Gesprek"):
        assert told in page
    assert 'alt="Foto van Ines Visser"' in page


def test_without_a_sponsor_it_says_so(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        present().sponsor_id = None
        db.session.commit()
    assert "Nog niemand staat voor het programma" in browser.sign_in(people.sanne).get(ABOUT).text


def test_in_english_the_days_keep_their_capitals(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        sanne = db.session.get(Person, people.sanne.id)
        assert sanne
        sanne.language = "en"
        db.session.commit()
    assert "Every Friday from 14:30 to 15:15" in browser.sign_in(people.sanne).get(ABOUT).text
