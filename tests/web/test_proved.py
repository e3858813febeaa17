"""What goes far asks who somebody is, when they signed in longer ago: a session that lies open is not enough."""

from datetime import timedelta

import pytest
import time_machine

from app import clock
from app.db import db
from app.domain.candidates.candidate import Candidate
from tests import make
from tests.people import Browser, People, make_people


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


def test_a_list_of_candidates_is_taken_along_after_a_proof(browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    assert ada.get("/candidates/exports").status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        asked = ada.get("/candidates/exports")
        assert asked.status_code == 303
        assert asked.headers["Location"].startswith("/account/proof?next=/candidates/exports")
        assert ada.post("/candidates/exports", {"all": "1"}).status_code == 303


def test_nobody_is_erased_from_a_session_that_lies_open(browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    with browser.app.app_context():
        fenna = make.candidate("Fenna").id
        db.session.commit()
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        answer = ada.post(f"/candidates/{fenna}/erasure", {"reason": "asked", "sure": "1"})
        assert answer.headers["Location"].startswith("/account/proof")
    with browser.app.app_context():
        row = db.session.get(Candidate, fenna)
        assert row
        assert row.name == "Fenna"


def test_sessions_are_ended_after_a_proof(browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    other = browser.sign_in(people.ada)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        answer = ada.post("/account/sessions/revocation")
        assert answer.headers["Location"].startswith("/account/proof")
        assert other.get("/account").status_code == 200
