"""Passkeys on the pages: added, signed in with, asked for as a second step, and refused where one thing is wrong."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.blueprints.account import passkeys
from app.db import db
from app.domain.agency import passkey, password
from app.domain.agency.person import Person
from app.domain.agency.second_factor import Passkey, SignInStep
from app.domain.agency.sign_in import Limits
from app.domain.notices.outbox import OutboxRow
from tests.keys import Key
from tests.people import Browser, make_people

SAFETY = "/account/safety"
RIGHT = "paars olifant fiets"
pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def app(app: Flask) -> Iterator[Flask]:
    """At an address at which browsers have passkeys."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = settings.model_copy(update={"public_url": "http://localhost:8000"})
    yield app
    app.config["SETTINGS"] = settings


@pytest.fixture
def sanne(browser: Browser) -> Person:
    with browser.app.app_context():
        person = make_people().sanne
        person.password_hash = password.hashed(RIGHT)
        db.session.commit()
        return person


@pytest.fixture
def key(browser: Browser, sanne: Person) -> Key:
    """A key that Sanne added on her page."""
    key = Key("localhost", "http://localhost:8000", f"person:{sanne.id}".encode())
    assert added(browser.sign_in(sanne), key).status_code == 200
    return key


def challenge(browser: Browser, url: str) -> str:
    answer = browser.post(url)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return str(json.loads(answer.text)["challenge"])


def added(browser: Browser, key: Key, name: str = "Telefoon") -> TestResponse:
    credential = key.made(challenge(browser, f"{SAFETY}/passkeys/challenge"))
    return browser.post(f"{SAFETY}/passkeys", {"name": name, "credential": credential})


def enter(browser: Browser, key: Key, url: str = "/account/passkey", of: str = "") -> TestResponse:
    key.count += 1
    credential = key.used(challenge(browser, f"/account/passkey/challenge{of}"))
    return browser.post(url, {"credential": credential})


def is_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


def test_a_key_is_added_with_codes_on_paper_and_a_mail(browser: Browser, sanne: Person) -> None:
    signed_in = browser.sign_in(sanne)
    answer = added(signed_in, Key("localhost", "http://localhost:8000"))
    assert "Je codes op papier" in answer.text
    page = signed_in.get(SAFETY).text
    assert "Telefoon" in page
    assert "nog niet gebruikt" in page
    with browser.app.app_context():
        assert [row.payload["change"] for row in db.session.scalars(select(OutboxRow))] == ["passkey_added"]


def test_it_signs_in_without_an_address_or_a_password(browser: Browser, key: Key) -> None:
    assert "passkey" in browser.get("/account/sign-in?next=/account").text
    answer = enter(browser, key, "/account/passkey?next=/account")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    assert is_in(browser)


def test_and_leads_nowhere_else(browser: Browser, key: Key) -> None:
    assert enter(browser, key, "/account/passkey?next=//evil.example").headers["Location"] == "/"


def test_an_answer_works_once(browser: Browser, key: Key) -> None:
    key.count += 1
    credential = key.used(challenge(browser, "/account/passkey/challenge"))
    thief = Browser(browser.app)
    assert thief.post("/account/passkey", {"credential": credential}).status_code == 422
    assert browser.post("/account/passkey", {"credential": credential}).status_code == 303
    browser.post("/account/sign-out")
    assert browser.post("/account/passkey", {"credential": credential}).status_code == 422
    assert not is_in(browser)
    assert not is_in(thief)


def test_a_wrong_answer_uses_the_challenge_up(browser: Browser, key: Key) -> None:
    asked = challenge(browser, "/account/passkey/challenge")
    answer = browser.post("/account/passkey", {"credential": "{}"})
    assert (answer.status_code, "Deze passkey werkte hier niet." in answer.text) == (422, True)
    key.count += 1
    assert browser.post("/account/passkey", {"credential": key.used(asked)}).status_code == 422


def test_a_challenge_ends_after_five_minutes(browser: Browser, key: Key) -> None:
    key.count += 1
    credential = key.used(challenge(browser, "/account/passkey/challenge"))
    with time_machine.travel(clock.now() + timedelta(minutes=5, seconds=1), tick=False):
        assert browser.post("/account/passkey", {"credential": credential}).status_code == 422


def test_an_answer_to_another_address_is_refused(browser: Browser, key: Key) -> None:
    key.origin = "http://127.0.0.1:8000"
    assert enter(browser, key).status_code == 422
    assert not is_in(browser)


def test_it_is_a_second_step_too(browser: Browser, key: Key) -> None:
    browser.post("/account/sign-in", {"email": "sanne@voorbeeld.nl", "password": RIGHT})
    page = browser.get("/account/second").text
    assert "Laat met je passkey zien dat jij het bent." in page
    assert 'autocomplete="one-time-code"' not in page
    assert enter(browser, key, "/account/second/passkey?next=/board", "?of=second").headers["Location"] == "/board"
    assert is_in(browser)


def test_but_not_somebody_elses(browser: Browser, key: Key) -> None:
    with browser.app.app_context():
        bram = db.session.scalars(select(Person).where(Person.email == "bram@voorbeeld.nl")).one()
        bram.password_hash = password.hashed(RIGHT)
        db.session.commit()
    other = Key("localhost", "http://localhost:8000", f"person:{bram.id}".encode())
    added(browser.sign_in(bram), other)
    browser.post("/account/sign-in", {"email": "bram@voorbeeld.nl", "password": RIGHT})
    assert enter(browser, key, "/account/second/passkey").status_code == 422
    assert not is_in(browser)
    assert enter(browser, other, "/account/second/passkey").status_code == 303


def test_asked_as_a_second_step_only_ones_own_are_named(browser: Browser, key: Key) -> None:
    anybody = json.loads(browser.post("/account/passkey/challenge").text)
    browser.post("/account/sign-in", {"email": "sanne@voorbeeld.nl", "password": RIGHT})
    own = json.loads(browser.post("/account/passkey/challenge?of=second").text)
    assert (anybody["allowCredentials"], len(own["allowCredentials"])) == ([], 1)


def test_without_the_first_step_it_is_no_second(browser: Browser, key: Key) -> None:
    answer = enter(browser, key, "/account/second/passkey")
    assert answer.headers["Location"] == "/account/sign-in"
    assert not is_in(browser)


def test_it_proves_who_uses_an_open_session(browser: Browser, sanne: Person, key: Key) -> None:
    signed_in = browser.sign_in(sanne)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert "/account/proof" in signed_in.post(f"{SAFETY}/codes").headers["Location"]
        assert enter(signed_in, key, "/account/proof/passkey", "?of=own").headers["Location"] == SAFETY
        assert signed_in.post(f"{SAFETY}/codes").status_code == 200


def test_another_persons_proves_nothing(browser: Browser, sanne: Person, key: Key) -> None:
    with browser.app.app_context():
        bram = db.session.scalars(select(Person).where(Person.email == "bram@voorbeeld.nl")).one()
    assert enter(browser.sign_in(bram), key, "/account/proof/passkey").status_code == 422


@pytest.mark.parametrize("facts", [{"name": ""}, {"name": "x" * 61}, {"name": "X", "credential": "{"}])
def test_what_is_no_key_is_not_kept(browser: Browser, sanne: Person, facts: dict[str, str]) -> None:
    signed_in = browser.sign_in(sanne)
    challenge(signed_in, f"{SAFETY}/passkeys/challenge")
    assert signed_in.post(f"{SAFETY}/passkeys", facts).status_code == 422
    with browser.app.app_context():
        assert passkey.of(sanne.id) == []


def test_a_challenge_of_somebody_else_makes_no_key(browser: Browser, sanne: Person) -> None:
    key, asked = Key("localhost", "http://localhost:8000"), browser.sign_in(sanne)
    credential = key.made(challenge(asked, f"{SAFETY}/passkeys/challenge"))
    with browser.app.app_context():
        bram = db.session.scalars(select(Person).where(Person.email == "bram@voorbeeld.nl")).one()
    other, cookie = browser.sign_in(bram), asked.client.get_cookie("fanfare-new_passkey")
    assert cookie
    other.client.set_cookie("fanfare-new_passkey", cookie.value)
    assert other.post(f"{SAFETY}/passkeys", {"name": "X", "credential": credential}).status_code == 422
    with browser.app.app_context():
        assert db.session.scalars(select(Passkey)).all() == []


def test_a_key_is_removed_by_its_owner_alone(browser: Browser, sanne: Person, key: Key) -> None:
    with browser.app.app_context():
        (row,) = passkey.of(sanne.id)
        bram = db.session.scalars(select(Person).where(Person.email == "bram@voorbeeld.nl")).one()
    url = f"{SAFETY}/passkeys/{row.id}/end"
    assert browser.sign_in(bram).post(url).status_code == 404
    assert browser.sign_in(sanne).post(url).headers["Location"] == SAFETY
    assert enter(browser, key).status_code == 422


def test_challenges_that_ended_are_forgotten(browser: Browser, sanne: Person) -> None:
    challenge(browser, "/account/passkey/challenge")
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        challenge(browser, "/account/passkey/challenge")
    with browser.app.app_context():
        assert len(db.session.scalars(select(SignInStep)).all()) == 1


def test_asking_for_challenges_without_end_waits(
    browser: Browser, sanne: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passkeys, "ASKED", Limits(3, 3))
    answers = [browser.post("/account/passkey/challenge") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 3500


@pytest.mark.parametrize(
    ("url", "possible"),
    [
        ("http://localhost:8000", True),
        ("https://fanfare.example", True),
        ("http://127.0.0.1:8000", False),
        ("https://192.0.2.7", False),
        ("http://fanfare.example", False),
    ],
)
def test_where_browsers_have_none_none_is_offered(browser: Browser, sanne: Person, url: str, possible: bool) -> None:
    browser.app.config["SETTINGS"] = browser.app.config["SETTINGS"].model_copy(update={"public_url": url})
    assert ("data-passkey" in browser.get("/account/sign-in").text) is possible


def test_the_script_that_the_page_needs_is_there(browser: Browser, sanne: Person) -> None:
    page = browser.get("/account/sign-in").text
    name = page.partition("/assets/passkey-")[2].partition('"')[0]
    assert browser.client.get(f"/assets/passkey-{name}").mimetype == "text/javascript"
