"""Tokens for one's own programs: made once, shown once, ended by oneself or by an administrator."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from app import clock
from app.db import db
from app.domain.agency import api_token
from app.domain.agency.api_token import MOST, Scope
from app.domain.agency.audit import AuditEntry
from app.domain.notices.outbox import OutboxRow
from tests.people import Browser, People, make_people

URL = "/account/tokens"
FORM: dict[str, Any] = {"name": "Mijn script", "scopes": ["candidates:read", "actions:write"], "days": "30"}
VALUE = re.compile(r"fanfare_[\w-]{43}")


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def sanne(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.sanne)


def test_it_is_shown_once_and_works(sanne: Browser) -> None:
    assert "Nog geen tokens" in sanne.get(URL).text
    page = sanne.post(URL, FORM)
    assert page.status_code == 201
    (value,) = set(VALUE.findall(page.text))
    again = sanne.get(URL)
    assert ("Mijn script" in again.text, VALUE.findall(again.text)) == (True, [])
    asked = sanne.app.test_client().get("/api/v1/candidates", headers={"Authorization": f"Bearer {value}"})
    assert asked.status_code == 200
    assert "nog niet gebruikt" not in sanne.get(URL).text


def test_its_owner_hears_of_it_and_the_log_has_it(sanne: Browser) -> None:
    sanne.post(URL, FORM)
    with sanne.app.app_context():
        (mail,) = db.session.query(OutboxRow).filter(OutboxRow.kind == "safety")
        assert mail.payload == {"change": "token_made"}
        assert [each.what for each in db.session.query(AuditEntry)] == ["token.made"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Vul dit in."),
        ({"scopes": []}, "Kies er minstens een."),
        ({"scopes": ["everything"]}, "everything"),
        ({"days": "9999"}, 'class="error"'),
    ],
)
def test_what_is_wrong_is_said_beside_it(sanne: Browser, wrong: dict[str, Any], said: str) -> None:
    page = sanne.post(URL, FORM | wrong)
    assert (page.status_code, said in page.text) == (422, True)
    with sanne.app.app_context():
        assert db.session.query(api_token.ApiToken).count() == 0


def test_so_many_and_no_more(sanne: Browser, people: People) -> None:
    with sanne.app.app_context():
        now = clock.now()
        for _ in range(MOST):
            api_token.make(people.sanne, "Proef", [Scope.ACTIONS_READ], now + timedelta(days=1), now)
        db.session.commit()
    page = sanne.post(URL, FORM)
    assert (page.status_code, "zoveel tokens als mag" in page.text) == (422, True)


def test_one_ends_ones_own(sanne: Browser, browser: Browser, people: People) -> None:
    sanne.post(URL, FORM)
    with sanne.app.app_context():
        (row,) = api_token.of_person(people.sanne.id, clock.now())
    assert browser.sign_in(people.bram).post(f"{URL}/{row.id}/end").status_code == 404
    assert sanne.post(f"{URL}/{row.id}/end").status_code == 303
    assert sanne.post(f"{URL}/{row.id}/end").status_code == 404
    assert "beëindigd" in sanne.get(URL).text
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert "Mijn script" not in browser.sign_in(people.sanne).get(URL).text


def test_whoever_signed_in_long_ago_shows_who_they_are_first(sanne: Browser) -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=20), tick=False):
        answer = sanne.post(URL, FORM)
    assert (answer.status_code, "/account/proof" in answer.headers["Location"]) == (303, True)


def test_an_administrator_sees_and_ends_all(sanne: Browser, browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    assert "Geen software handelt" in ada.get("/connections/tokens").text
    sanne.post(URL, FORM)
    page = ada.get("/connections/tokens").text
    assert ("Mijn script" in page, "Sanne de Vries" in page) == (True, True)
    with sanne.app.app_context():
        (row,) = api_token.of_person(people.sanne.id, clock.now())
    assert ada.post(f"/connections/tokens/{row.id}/end").status_code == 303
    assert "Mijn script" not in ada.get("/connections/tokens").text
    assert ada.post(f"/connections/tokens/{row.id}/end").status_code == 404
