"""Accepting an invitation: looking changes nothing, a password does, and the link ends."""

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency import invitation, password
from app.domain.agency.person import Person
from tests import make
from tests.people import Browser, make_people

GOOD = "paars olifant fiets"
pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def url(browser: Browser) -> str:
    with browser.app.app_context():
        make_people()
        token = invitation.issue(make.person("Noor Bakker"), None, clock.now()).token
        db.session.commit()
    return f"/account/invitation/{token}"


def named(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).one()


def accept(browser: Browser, url: str, typed: str = GOOD, repeat: str = GOOD) -> tuple[int, str]:
    answer = browser.post(url, {"password": typed, "repeat": repeat})
    return answer.status_code, answer.text


def test_looking_changes_nothing(browser: Browser, url: str) -> None:
    for _ in range(2):
        page = browser.get(url)
        assert page.status_code == 200
        assert "Welkom bij Vaste Band, Noor Bakker" in page.text
    assert browser.get("/account").status_code == 303


def test_a_password_signs_in(browser: Browser, url: str) -> None:
    answer = browser.post(url, {"password": GOOD, "repeat": GOOD})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Noor Bakker" in browser.get("/account").text


def test_the_link_works_once(browser: Browser, url: str) -> None:
    accept(browser, url)
    other = Browser(browser.app)
    assert other.get(url).status_code == 404
    assert accept(other, url, "groene giraffe danst", "groene giraffe danst")[0] == 404
    assert "Deze link werkt niet meer" in other.get(url).text


@pytest.mark.parametrize(
    ("typed", "sentence"), [("kort", "minstens 12 tekens"), ("NoorBakker2026", "vooral je eigen naam")]
)
def test_a_weak_password_is_refused_and_the_link_stays(browser: Browser, url: str, typed: str, sentence: str) -> None:
    status, text = accept(browser, url, typed, typed)
    assert (status, sentence in text) == (422, True)
    assert accept(browser, url)[0] == 303


def test_a_link_that_never_was(browser: Browser, url: str) -> None:
    assert browser.get("/account/invitation/never").status_code == 404
    assert accept(browser, "/account/invitation/never")[0] == 404


def test_a_link_may_end_while_somebody_types(browser: Browser, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(text: str) -> str:
        invitation.withdraw(named("Noor Bakker").id)
        db.session.commit()
        return f"${text}"

    monkeypatch.setattr(password, "hashed", slow)
    assert accept(browser, url)[0] == 404


def test_whoever_was_signed_in_here_is_not_any_more(browser: Browser, url: str) -> None:
    with browser.app.app_context():
        sanne = named("Sanne de Vries")
    signed_in = browser.sign_in(sanne)
    accept(signed_in, url)
    assert "Noor Bakker" in signed_in.get("/account").text
