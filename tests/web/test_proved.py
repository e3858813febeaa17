"""What goes far asks who somebody is, when they signed in longer ago: a session that lies open is not enough."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency import password
from app.domain.agency.person import Person
from app.domain.candidates import exporting
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.exporting import Format
from tests import make
from tests.people import Browser, People, make_people

RIGHT = "paars olifant fiets"
SANNE, ANYBODY = "sanne@voorbeeld.nl", "iemand@voorbeeld.nl"


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


def test_a_narrow_list_is_as_narrow_after_the_proof(browser: Browser, people: People) -> None:
    """Else whoever asked for a few would take everybody along."""
    ada, narrow = browser.sign_in(people.ada), "/candidates/exports?owner=none&q=lasser"
    with browser.app.app_context():
        db.session.get_one(Person, people.ada.id).password_hash = password.hashed(RIGHT)
        db.session.commit()
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        asked = ada.get(narrow).headers["Location"]
        sent = {"csrf_token": ada._token("/account"), "all": "1"}
        pressed = ada.client.post(narrow, data=sent, headers={"Referer": f"http://localhost{narrow}"})
        assert pressed.headers["Location"] == asked
        assert ada.post(asked, {"proof": RIGHT}).headers["Location"] == narrow


def test_so_is_a_file_that_was_made_before(browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    with browser.app.app_context():
        made = exporting.ask(people.ada, [], Format.CSV, "nl", clock.now())
        db.session.commit()
        url = f"/candidates/exports/{made.id}/file"
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert ada.get(url).headers["Location"] == f"/account/proof?next={url}"


def test_so_is_all_that_is_known_of_a_candidate_and_what_people_are_paid(browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    with browser.app.app_context():
        known = f"/candidates/{make.candidate('Fenna').id}/access.json"
        db.session.commit()
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        for url in (known, "/budget/payroll.csv"):
            assert ada.get(url).headers["Location"] == f"/account/proof?next={url}"


def test_nobody_is_let_in_by_a_session_that_lies_open(browser: Browser, people: People) -> None:
    """Another address, or role, a link that the page shows, a new administrator: by each of them somebody comes in."""
    ada, sanne = browser.sign_in(people.ada), f"/people/{people.sanne.id}"
    own = {
        "name": "Sanne de Vries",
        "email": "sanne@voorbeeld.nl",
        "role": "recruiter",
        "team_id": people.sanne.team_id,
    }
    new = {"name": "Iemand", "email": ANYBODY, "role": "admin", "team_id": ""}
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        for url, sent in (
            (sanne, own | {"email": ANYBODY}),
            (sanne, own | {"role": "admin"}),
            (f"{sanne}/invitation", {}),
            ("/program/sponsor", {"sponsor_name": "Iemand", "sponsor_email": ANYBODY}),
            ("/people", new),
        ):
            assert ada.post(url, sent).headers["Location"].startswith("/account/proof"), (url, sent)
        assert "Er is nog niets bewaard." in ada.get("/account/proof").text
        assert ada.post(sanne, own | {"name": "Sanne Smit"}).headers["Location"] == "/people"
        assert ada.post("/people", new | {"role": "recruiter"}).headers["Location"].startswith("/people/")
    with browser.app.app_context():
        found = db.session.get_one(Person, people.sanne.id)
        assert (found.name, found.email, found.role) == ("Sanne Smit", "sanne@voorbeeld.nl", "recruiter")
        assert db.session.scalars(select(Person.role).where(Person.email == "iemand@voorbeeld.nl")).all() == [
            "recruiter"
        ]


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
