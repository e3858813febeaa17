"""The pulse's pages: four questions to everybody once, and the sponsor's view of the quarters."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from app.db import db
from app.domain.agency.person import Person
from app.domain.oversight import pulse_opening
from app.domain.oversight.pulse import PulseCount
from tests.people import Browser, People, make_people

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
AFTER = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    with time_machine.travel(NOW, tick=False):
        with browser.app.app_context():
            made = make_people()
            for person in db.session.query(Person):
                person.password_hash = "x"
            pulse_opening.open_one(NOW)
            db.session.commit()
        yield made


def counted(browser: Browser) -> dict[tuple[str, str], int]:
    with browser.app.app_context():
        return {(row.question, row.choice): row.times for row in db.session.query(PulseCount)}


def test_everybody_answers_once_and_the_bell_leads_there(browser: Browser, people: People) -> None:
    sanne = browser.sign_in(people.sanne)
    assert "Vier korte vragen over het programma" in sanne.get("/notices").text
    assert "Hoe heet ons programma" in sanne.get("/sponsor/pulse").text
    assert sanne.post("/sponsor/pulse", {"program": "Vaste Band", "help": "4"}).status_code == 303
    assert counted(browser) == {("program", "right"): 1, ("help", "4"): 1}
    assert "Nu niets te beantwoorden" in sanne.get("/sponsor/pulse").text
    sanne.post("/sponsor/pulse", {"program": "Vaste Band"})
    assert counted(browser)["program", "right"] == 1


def test_nothing_and_what_was_not_offered_are_no_answers(browser: Browser, people: People) -> None:
    sanne = browser.sign_in(people.sanne)
    assert "Beantwoord er minstens" in sanne.post("/sponsor/pulse", {}).text
    assert sanne.post("/sponsor/pulse", {"help": "6"}).status_code == 422
    assert sanne.post("/sponsor/pulse", {"sponsor": str(people.gone.id)}).status_code == 422
    assert counted(browser) == {}


def test_the_sponsor_is_not_asked(browser: Browser, people: People) -> None:
    assert "Nu niets te beantwoorden" in browser.sign_in(people.ines).get("/sponsor/pulse").text


def test_the_sponsor_sees_shares_when_it_has_closed(browser: Browser, people: People) -> None:
    for person in (people.sanne, people.bram, people.tess, people.lead, people.otto):
        browser.sign_in(person).post("/sponsor/pulse", {"program": "Vaste Band", "block": "0"})
    assert "Open tot en met" in browser.sign_in(people.ines).get("/sponsor/plan/pulse").text
    with time_machine.travel(AFTER, tick=False):
        page = browser.sign_in(people.ines).get("/sponsor/plan/pulse").text
    assert "100% weten hoe het programma heet" in page
    assert "0% weten wanneer hun opvolgmoment is" in page
    assert "5 mensen antwoordden" in page
