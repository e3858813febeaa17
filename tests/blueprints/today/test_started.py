"""A contact that was begun is asked about on Today, in a part of its own."""

import pytest

from app.db import db
from app.domain.actions.contact_start import ContactStart
from tests import make
from tests.domain.actions.test_action import count
from tests.people import Browser, make_people


@pytest.fixture
def sanne(browser: Browser) -> tuple[Browser, int]:
    with browser.app.app_context():
        people = make_people()
        candidate_id = make.candidate("Aisha Bakker", owner=people.sanne).id
        db.session.commit()
        return browser.sign_in(people.sanne), candidate_id


def test_it_is_asked_until_it_is_logged(sanne: tuple[Browser, int]) -> None:
    browser, who = sanne
    assert browser.post(f"/started/{who}/phone", at="/account").status_code == 204
    asked = browser.get("/started", part=True).text
    assert "Je belde Aisha om" in asked
    key = asked.split('name="key" value="')[1].split('"')[0]
    facts = {"candidate": who, "outcome": "spoke", "key": key, "view": "started"}
    logged = browser.post("/actions", facts, part=True, at="/account")
    assert (logged.status_code, 'id="started"' in logged.text, "Je belde" in logged.text) == (200, True, False)


def test_nothing_came_of_it(sanne: tuple[Browser, int]) -> None:
    browser, who = sanne
    browser.post(f"/started/{who}/whatsapp", at="/account")
    assert browser.post(f"/started/{who}/dropped", at="/account").status_code == 303
    assert "WhatsApp" not in browser.get("/started", part=True).text
    assert browser.client.get("/started").status_code == 303


def test_only_channels_and_candidates_that_one_knows(sanne: tuple[Browser, int]) -> None:
    browser, who = sanne
    assert browser.post(f"/started/{who}/pigeon", at="/account").status_code == 404
    assert browser.post(f"/started/{who + 1}/phone", at="/account").status_code == 404
    with browser.app.app_context():
        assert count(ContactStart) == 0
