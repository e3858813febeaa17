"""Signing in and out: the right page afterwards, one text for every wrong try, and an end that is one."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.blueprints.account import forms
from app.config import ROOT
from app.db import db
from app.domain.agency import password, sign_in
from app.domain.agency.agency import Agency
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person
from app.domain.agency.sign_in import PER_ACCOUNT, Attempt, TooMany
from app.web.forms import Form
from tests.people import Browser, make_people

RIGHT = "paars olifant fiets"
pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def sanne(browser: Browser) -> Person:
    with browser.app.app_context():
        person = make_people().sanne
        person.password_hash = password.hashed(RIGHT)
        db.session.commit()
    return person


def enter(browser: Browser, typed: str = RIGHT, email: str = "sanne@voorbeeld.nl", then: str = "") -> TestResponse:
    return browser.post(f"/account/sign-in{then}", {"email": email, "password": typed})


def test_the_page_helps_password_managers(browser: Browser, sanne: Person) -> None:
    page = browser.get("/account/sign-in")
    assert page.status_code == 200
    (field,) = re.findall(r'<input[^>]*name="password"[^>]*>', page.text)
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field


def test_no_script_keeps_anybody_from_pasting() -> None:
    scripts = [path.read_text(encoding="utf-8") for path in (ROOT / "app" / "static" / "js").rglob("*.js")]
    assert len(scripts) > 10
    assert [text[:80] for text in scripts if re.search(r"[\"']paste[\"']|onpaste", text)] == []


def test_signing_in_goes_to_today(browser: Browser, sanne: Person) -> None:
    answer = enter(browser)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Sanne de Vries" in browser.get("/account").text


def test_a_password_stays_good_however_old_it_is(browser: Browser, sanne: Person) -> None:
    with time_machine.travel(clock.now() + timedelta(days=3_650), tick=False):
        assert enter(browser).headers["Location"] == "/"
        assert browser.get("/account").status_code == 200


def test_nobody_is_asked_what_others_can_find_out(any_app: Flask) -> None:
    made = [each for each in vars(forms).values() if isinstance(each, type) and issubclass(each, Form)]
    with any_app.test_request_context():
        asked = {name for each in made for name in each()._fields}
    of_signing_in = {"email", "password", "repeat", "current", "proof", "code", "paper", "credential"}
    assert asked == of_signing_in | {"name", "language", "theme", "keys_enabled"}
    kept = [column.name for table in (Person, Agency) for column in table.__table__.columns]
    assert [name for name in kept if re.search("hint|question|answer", name)] == []


def test_or_to_the_page_that_was_asked_for(browser: Browser, sanne: Person) -> None:
    assert enter(browser, then="?next=/account").headers["Location"] == "/account"


@pytest.mark.parametrize("elsewhere", ["//evil.example", "/%5Cevil.example", "https://evil.example"])
def test_but_not_elsewhere(browser: Browser, sanne: Person, elsewhere: str) -> None:
    assert enter(browser, then=f"?next={elsewhere}").headers["Location"] == "/"


def test_every_wrong_try_reads_the_same(browser: Browser, sanne: Person) -> None:
    tries = [
        ("sanne@voorbeeld.nl", "fout"),
        ("gerrit@voorbeeld.nl", RIGHT),
        ("bram@voorbeeld.nl", RIGHT),
        ("wie@x.nl", RIGHT),
    ]
    for email, typed in tries:
        answer = enter(browser, typed, email)
        assert answer.status_code == 422
        assert "Het mailadres of het wachtwoord klopt niet." in answer.text
        assert f'value="{email}"' in answer.text
        assert RIGHT not in answer.text


def test_nothing_filled_in(browser: Browser, sanne: Person) -> None:
    answer = enter(browser, "", "")
    assert answer.status_code == 422
    assert answer.text.count('role="alert"') == 2


def test_too_many_wrong_passwords_wait(browser: Browser, sanne: Person) -> None:
    for _ in range(PER_ACCOUNT):
        enter(browser, "fout")
    answer = enter(browser)
    assert answer.status_code == 429
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    assert "Te veel verkeerde wachtwoorden. Probeer het over 60 minuten opnieuw." in answer.text


def test_the_limit_may_be_reached_while_comparing(
    browser: Browser, sanne: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def others_were_faster(who: Attempt, *_facts: object) -> None:
        raise TooMany(timedelta(minutes=5))

    monkeypatch.setattr(sign_in, "settle", others_were_faster)
    answer = enter(browser)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert browser.get("/account").status_code == 303


def test_signing_in_again_ends_the_session_before(browser: Browser, sanne: Person) -> None:
    signed_in = browser.sign_in(sanne)
    with signed_in.client.session_transaction() as cookie:
        before = cookie["_user_id"]
    assert "Je bent ingelogd als Sanne de Vries." in signed_in.get("/account/sign-in").text
    enter(signed_in)
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = before
    assert browser.get("/account").status_code == 303


def test_signing_out_ends_the_session_for_good(browser: Browser, sanne: Person) -> None:
    signed_in = browser.sign_in(sanne)
    with signed_in.client.session_transaction() as cookie:
        copied = dict(cookie)
    answer = signed_in.post("/account/sign-out")
    assert answer.headers["Location"] == "/account/sign-in"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "Je bent uitgelogd." in signed_in.get("/account/sign-in").text
    with signed_in.client.session_transaction() as cookie:
        cookie.update(copied)
    assert signed_in.get("/account").status_code == 303


def test_a_visitor_may_sign_out_too_and_writes_nothing(browser: Browser, sanne: Person) -> None:
    assert browser.post("/account/sign-out").status_code == 303
    with browser.app.app_context():
        assert db.session.scalars(select(AuditEntry)).all() == []


def test_a_form_from_elsewhere_does_nothing(browser: Browser, sanne: Person) -> None:
    answer = browser.client.post("/account/sign-in", data={"email": "sanne@voorbeeld.nl", "password": RIGHT})
    assert answer.status_code == 400


def test_a_visitor_chooses_a_language(browser: Browser, sanne: Person) -> None:
    answer = browser.post("/account/language", {"language": "en", "next": "/account/sign-in?next=/account"})
    assert answer.headers["Location"] == "/account/sign-in?next=/account"
    assert '<html lang="en"' in browser.get("/account/sign-in").text
    browser.post("/account/language", {"language": "nl", "next": "//evil.example"})
    assert '<html lang="nl"' in browser.get("/account/sign-in").text


def test_an_unknown_language_is_not_remembered(browser: Browser, sanne: Person) -> None:
    answer = browser.post("/account/language", {"language": "xx"})
    assert "language=" not in str(answer.headers.getlist("Set-Cookie"))


def test_the_write_lock_is_free_after_every_answer(real_app: Flask) -> None:
    browser = Browser(real_app)
    with real_app.app_context():
        make_people().sanne.password_hash = password.hashed(RIGHT)
        db.session.commit()
    statuses = [enter(browser, typed).status_code for typed in ("", "fout", *["fout"] * PER_ACCOUNT, RIGHT)]
    assert statuses == [422, *[422] * PER_ACCOUNT, 429, 429]
    assert enter(browser, RIGHT, "bram@voorbeeld.nl").status_code == 422
