"""Errors: what happened, what to do, a way back, for people, parts and machines; also when the database is gone."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
import structlog
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.db import Busy, db
from app.domain.agency.person import Person, Role
from app.web import bounds
from tests.people import Browser, make_people

FAULT = OperationalError("SELECT 1", {}, Exception("server closed the connection"))


@pytest.fixture
def visitor(browser: Browser) -> Browser:
    with browser.app.app_context():
        make_people()
    return browser


def broken(browser: Browser, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    """Let one page fail."""

    def fail() -> str:
        raise fault

    monkeypatch.setitem(browser.app.view_functions, "health.live", fail)


def test_404(visitor: Browser) -> None:
    page = visitor.get("/no-such-page")
    assert page.status_code == 404
    assert "Niet gevonden" in page.text
    assert 'href="/"' in page.text
    assert "Vaste Band" in page.text


def test_405_names_what_is_allowed(visitor: Browser) -> None:
    page = visitor.post("/health/live")
    assert page.status_code == 405
    assert "GET" in page.headers["Allow"]


def test_a_form_from_elsewhere(visitor: Browser) -> None:
    page = visitor.client.post("/account/sign-in", data={"email": "x"})
    assert page.status_code == 400
    assert "te oud of kwam ergens anders vandaan" in page.text


def test_too_large(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(visitor.app.config, "MAX_CONTENT_LENGTH", 10)
    page = visitor.client.post("/account/sign-in", data={"email": "x" * 100})
    assert page.status_code == 413
    assert "Te groot" in page.text


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, object]]:
    """A file that is more than a form and a picture."""
    monkeypatch.setattr(bounds, "LARGEST", 2_000)
    return lambda: {"file": (BytesIO(b"x" * 2_001), "candidates.csv")}


@pytest.mark.parametrize("url", ["/account/sign-in", "/candidates/import", "/connections/import"])
def test_a_visitor_brings_no_more_than_a_form(
    visitor: Browser, url: str, large: Callable[[], dict[str, object]]
) -> None:
    """Also where files are taken in: it is not read to its end before somebody is found to be nobody."""
    assert visitor.client.post(url, data=large()).status_code == 413


def test_whoever_is_signed_in_brings_files_where_they_are_taken_in(
    visitor: Browser, large: Callable[[], dict[str, object]]
) -> None:
    with visitor.app.app_context():
        ada = visitor.sign_in(db.session.scalars(select(Person).where(Person.role == Role.ADMIN)).one())
    assert ada.post("/candidates/import", large()).status_code != 413
    assert ada.post("/account", large()).status_code == 413


def test_a_session_that_is_gone(visitor: Browser) -> None:
    page = visitor.post("/account", {"name": "x"})
    assert page.status_code == 401
    assert 'href="/account/sign-in"' in page.text


def test_in_english(visitor: Browser) -> None:
    page = visitor.client.get("/no-such-page", headers={"Accept-Language": "en"})
    assert "Not found" in page.text


def test_500_gives_a_reference_that_is_in_the_log(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(visitor, monkeypatch, ValueError("secret detail"))
    with structlog.testing.capture_logs() as logs:
        page = visitor.get("/health/live")
    found = re.search(r"Kenmerk: ([0-9a-f]{8})", page.text)
    assert page.status_code == 500
    assert found
    assert logs[-1]["reference"] == found[1]
    assert "secret detail" not in page.text


@pytest.mark.parametrize("fault", [Busy(), FAULT])
def test_busy_says_when_to_come_back(visitor: Browser, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    broken(visitor, monkeypatch, fault)
    page = visitor.get("/health/live?x=1")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert 'href="/health/live?x=1"' in page.text


def test_another_database_fault_is_ours(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(visitor, monkeypatch, OperationalError("SELECT 1", {}, Exception("no such table")))
    assert visitor.get("/health/live").status_code == 500


def without_database(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is signed in cannot be asked for, whichever part of a page asks."""

    def fail(*_facts: object) -> None:
        raise FAULT

    with visitor.client.session_transaction() as cookie:
        cookie["_user_id"] = "somebody"
    broken(visitor, monkeypatch, FAULT)
    monkeypatch.setattr("app.web.auth.asking.find", fail)
    monkeypatch.setattr("app.web.shell.the_program", fail)


@pytest.mark.parametrize(("language", "said"), [("nl", "Het is even druk."), ("en", "It is busy right now.")])
def test_without_a_database(visitor: Browser, monkeypatch: pytest.MonkeyPatch, language: str, said: str) -> None:
    without_database(visitor, monkeypatch)
    page = visitor.client.get("/health/live", headers={"Accept-Language": language})
    assert page.status_code == 503
    assert said in page.text
    assert page.text.count("<h1>") == 1


def test_a_page_is_shown_when_it_cannot_be_noted_that_it_was_seen(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_facts: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database or disk is full"))

    with visitor.app.app_context():
        sanne = db.session.scalars(select(Person).where(Person.role == Role.RECRUITER)).first()
    assert sanne
    browser = visitor.sign_in(sanne)
    monkeypatch.setattr("app.web.auth.sign_in.SEEN_EVERY", -timedelta(1))
    monkeypatch.setattr("app.web.auth.sign_in.touch", fail)
    assert browser.get("/board").status_code == 200


def test_a_full_disk_is_somebodys_to_see_to(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(visitor, monkeypatch, OperationalError("INSERT", {}, Exception("database or disk is full")))
    with structlog.testing.capture_logs() as logs:
        page = visitor.get("/health/live")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "De machine heeft geen ruimte meer" in page.text
    assert "no_room" in {each["event"] for each in logs}


def test_a_machine_without_a_database(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    without_database(visitor, monkeypatch)
    page = visitor.client.get("/health/live", headers={"Accept": "application/json"})
    assert (page.status_code, page.content_type) == (503, "application/problem+json")


def test_machines_get_a_problem(visitor: Browser) -> None:
    page = visitor.client.get("/v1/no/such/thing")
    assert page.content_type == "application/problem+json"
    said = page.json or {}
    assert (said["type"], said["status"], said["title"]) == ("about:blank", 404, "Niet gevonden")
    assert said["detail"].startswith("Deze pagina bestaat niet")


def test_a_machine_gets_the_reference_too(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(visitor, monkeypatch, ValueError())
    page = visitor.client.get("/health/live", headers={"Accept": "application/json"})
    assert page.json
    assert len(page.json["reference"]) == 8


def test_a_part_is_left_as_it_is_and_the_message_shown(visitor: Browser) -> None:
    answer = visitor.get("/no-such-page", part=True)
    assert (answer.status_code, answer.headers["HX-Reswap"]) == (404, "none")
    assert "toast" in answer.headers["HX-Trigger"]
    assert "<html" not in answer.text
