"""The agency's rule for a second step, and taking it away from whoever lost their telephone."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency import factors
from app.domain.agency.agency import the_agency
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Role
from app.domain.notices.outbox import OutboxRow
from tests.factors import everything_of
from tests.house.matrix import MATRIX
from tests.people import Browser, People, make_people


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        found = make_people()
        for each in (found.ada, found.lead, found.sanne):
            each.password_hash = "$some"
        everything_of(found.sanne, clock.now())
        db.session.commit()
    return found


@pytest.fixture
def ada(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ada)


def rule(browser: Browser) -> str:
    with browser.app.app_context():
        agency = the_agency()
        assert agency
        return agency.second_factor


def test_how_many_have_one_stands_beside_the_rule(ada: Browser) -> None:
    page = ada.get("/people/safety").text
    assert re.findall(r"<dd>(\d van \d)</dd>", page) == ["0 van 2", "1 van 3"]
    assert "Je hebt zelf nog geen tweede stap." in page


def test_the_rule_is_set_and_kept_in_the_log(ada: Browser, people: People) -> None:
    assert ada.post("/people/safety", {"rule": "managers"}).headers["Location"] == "/people/safety"
    assert rule(ada) == "managers"
    with ada.app.app_context():
        kept = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "factor.rule")).one()
        assert (kept.person_id, kept.facts) == (people.ada.id, {"rule": "managers"})
    assert ada.get("/people/safety").headers["Location"] == "/account/safety"


@pytest.mark.parametrize("typed", ["", "nobody", "FREE"])
def test_another_rule_there_is_not(ada: Browser, typed: str) -> None:
    assert ada.post("/people/safety", {"rule": typed}).status_code == 422
    assert rule(ada) == "free"


def test_taking_it_away_signs_out_and_is_told(ada: Browser, people: People, browser: Browser) -> None:
    sanne = browser.sign_in(people.sanne)
    url = f"/people/{people.sanne.id}/factors"
    assert "Tweede stap weghalen" in ada.get(url).text
    assert ada.post(f"{url}/end").headers["Location"] == f"/people/{people.sanne.id}"
    assert sanne.get("/account").status_code == 303
    assert "Tweede stap weghalen" not in ada.get(url).text
    with ada.app.app_context():
        assert not factors.has(people.sanne.id)
        kept = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "factor.taken_away")).one()
        assert (kept.person_id, kept.about_id) == (people.ada.id, people.sanne.id)
        row = db.session.scalars(select(OutboxRow).where(OutboxRow.kind == "safety")).one()
        assert (row.recipient, row.payload) == (f"person:{people.sanne.id}", {"change": "taken_away"})


def test_whoever_lost_it_is_known_by_whoever_lets_people_in(people: People, browser: Browser) -> None:
    url = f"/people/{people.sanne.id}/factors/end"
    for each in (people.bram, people.tess, people.lead, people.ines):
        assert browser.sign_in(each).post(url).status_code == 404
    with browser.app.app_context():
        assert factors.has(people.sanne.id)
    assert MATRIX["people.take_factors"] == MATRIX["people.invite"] == {Role.ADMIN}


def test_ones_own_are_ones_own_page(ada: Browser, people: People) -> None:
    with ada.app.app_context():
        everything_of(people.ada, clock.now())
        db.session.commit()
    url = f"/people/{people.ada.id}/factors"
    assert "Tweede stap weghalen" not in ada.get(url).text
    assert ada.post(f"{url}/end").status_code == 422
    with ada.app.app_context():
        assert factors.has(people.ada.id)


@pytest.mark.parametrize("path", ["/people/safety", "/people/{}/factors/end"])
def test_a_session_that_lies_open_changes_nothing(ada: Browser, people: People, path: str) -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        answer = ada.post(path.format(people.sanne.id), {"rule": "everybody"})
    assert answer.headers["Location"].startswith("/account/proof")
    assert rule(ada) == "free"
    with ada.app.app_context():
        assert factors.has(people.sanne.id)


def test_the_persons_page_leads_there(ada: Browser, people: People) -> None:
    assert f"/people/{people.sanne.id}/factors" in ada.get(f"/people/{people.sanne.id}").text
