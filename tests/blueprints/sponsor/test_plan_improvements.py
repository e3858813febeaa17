"""The improvement log and the sponsor's deeds, as everybody reads them and as those who lead change them."""

from collections.abc import Iterator

import pytest
import time_machine

from app.db import db
from app.domain.oversight.improvement import Improvement
from app.domain.oversight.sponsor_deed import SponsorDeed
from tests.domain.oversight.scene import NOW
from tests.people import Browser, People, make_people

IDEA = "Bel elke afwijzing."


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    with time_machine.travel(NOW, tick=False):
        with browser.app.app_context():
            made = make_people()
        yield made


@pytest.fixture
def url(browser: Browser, people: People) -> str:
    """Of an idea that a recruiter raised."""
    browser.sign_in(people.sanne).post("/sponsor/improvements", {"idea": IDEA})
    with browser.app.app_context():
        return f"/sponsor/improvements/{db.session.query(Improvement).one().id}"


def test_anybody_raises_an_idea_and_everybody_reads_it(browser: Browser, people: People, url: str) -> None:
    otto = browser.sign_in(people.otto)
    page = otto.get("/sponsor/improvements").text
    assert IDEA in page
    assert "Sanne de Vries" in page
    assert IDEA not in otto.get("/sponsor/improvements?state=done").text
    assert otto.post("/sponsor/improvements", {"idea": "x" * 201}).status_code == 422
    assert "Wie het oppakt" not in otto.get(url).text


def test_a_lead_takes_it_up_and_closes_it_with_a_result(browser: Browser, people: People, url: str) -> None:
    lead = browser.sign_in(people.lead)
    assert lead.post(f"{url}/owner", {"owner_id": "0", "measure": ""}).status_code == 422
    assert lead.post(f"{url}/owner", {"owner_id": people.bram.id, "measure": "coverage"}).status_code == 303
    page = lead.get(url).text
    assert "Bram Jansen sinds" in page
    assert "Op tijd gesproken, ervoor" in page
    assert lead.post(f"{url}/result", {"how": "done", "result": ""}).status_code == 422
    assert lead.post(f"{url}/result", {"how": "done", "result": "Het werkt."}).status_code == 303
    assert "Het werkt." in lead.get("/sponsor/improvements?state=done").text


def test_whoever_left_takes_nothing_up(browser: Browser, people: People, url: str) -> None:
    lead = browser.sign_in(people.lead)
    html = lead.get(url).text
    assert f'<option value="{people.bram.id}">' in html
    assert f'<option value="{people.gone.id}">' not in html
    assert lead.post(f"{url}/owner", {"owner_id": people.gone.id, "measure": ""}).status_code == 422


def test_closing_is_undone(browser: Browser, people: People, url: str) -> None:
    lead = browser.sign_in(people.lead)
    lead.post(f"{url}/result", {"how": "dropped", "result": "Past niet."})
    again = lead.post(f"{url}/owner", {"owner_id": people.bram.id, "measure": ""})
    assert again.status_code == 303
    assert "Iemand was je voor" in lead.get(url).text
    lead.post(f"{url}/return")
    assert "Past niet." not in lead.get(url).text


def test_what_nobody_began_cannot_be_carried_out(browser: Browser, people: People, url: str) -> None:
    ines = browser.sign_in(people.ines)
    ines.post(f"{url}/result", {"how": "done", "result": "Klaar."})
    assert "Iemand was je voor" in ines.get(url).text


def test_a_recruiter_does_not_take_up_or_close(browser: Browser, people: People, url: str) -> None:
    sanne = browser.sign_in(people.sanne)
    for what in ("owner", "result", "return"):
        assert sanne.post(f"{url}/{what}").status_code == 404


def test_what_the_sponsor_did_is_read_by_everybody(browser: Browser, people: People) -> None:
    ines, sanne = browser.sign_in(people.ines), browser.sign_in(people.sanne)
    told = {"text": "Zelf vier mensen gebeld.", "day": "2026-10-28"}
    assert ines.post("/sponsor/deeds", told).status_code == 303
    assert "Zelf vier mensen gebeld." in sanne.get("/sponsor/deeds").text
    assert "Zelf vier mensen gebeld." in sanne.get("/program/about").text
    assert sanne.post("/sponsor/deeds", told).status_code == 404
    with browser.app.app_context():
        number = db.session.query(SponsorDeed).one().id
    ines.post(f"/sponsor/deeds/{number}/removal")
    assert "Zelf vier mensen gebeld." not in sanne.get("/sponsor/deeds").text


def test_a_deed_is_not_of_tomorrow(browser: Browser, people: People) -> None:
    answer = browser.sign_in(people.ines).post("/sponsor/deeds", {"text": "Straks.", "day": "2026-11-30"})
    assert answer.status_code == 422
    assert "moet nog komen" in answer.text
