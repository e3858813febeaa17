"""Who may open a page, and where somebody goes after signing in."""

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from app import clock
from app.db import Busy, db
from app.domain.agency import session as sessions
from app.domain.agency.person import Person
from app.web import auth
from app.web.auth import local
from tests.people import Browser, Form, make_people


@pytest.fixture
def visitor(browser: Browser) -> Browser:
    with browser.app.app_context():
        make_people()
    return browser


@pytest.mark.parametrize("path", ["/", "/board?week=2026-W47", "/candidates/12#notes", "/a%0d%0ab"])
def test_a_page_of_ours(path: str) -> None:
    assert local(path, "/") == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "board",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "/board\n",
        "/ board",
        "/bo\u00e9rd",
    ],
)
def test_anything_else_is_not_followed(path: str | None) -> None:
    assert local(path, "/here") == "/here"


def test_a_visitor_comes_back_to_what_they_asked(visitor: Browser) -> None:
    answer = visitor.get("/people?q=van%20der%20berg")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/account/sign-in?next=/people?q%3Dvan%2520der%2520berg"


def test_a_part_or_a_post_says_that_the_session_is_gone(visitor: Browser) -> None:
    assert visitor.get("/people", part=True).status_code == 401
    assert visitor.post("/account", {"name": "x"}).status_code == 401


def test_a_forged_cookie_opens_nothing(visitor: Browser) -> None:
    with visitor.client.session_transaction() as cookie:
        cookie["_user_id"] = "1"
    assert visitor.get("/account").headers["Location"].startswith("/account/sign-in")


def test_a_session_that_is_used_does_not_idle_out(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    with browser.app.app_context():
        sanne = make_people().sanne
    signed_in, start = browser.sign_in(sanne), clock.now()
    for hours in (8, 16, 24):
        monkeypatch.setattr(clock, "now", lambda hours=hours: start + sessions.IDLE * hours / 12)
        assert signed_in.get("/account").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: start + sessions.IDLE * 3.1)
    assert signed_in.get("/account").status_code == 303


def test_a_page_is_shown_also_when_nothing_can_be_written(visitor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy() -> None:
        raise Busy

    with visitor.app.app_context():
        sanne = db.session.scalars(select(Person).where(Person.name == "Sanne de Vries")).one()
    signed_in, later = visitor.sign_in(sanne), clock.now() + sessions.SEEN_EVERY * 2
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(auth, "write", busy)
    assert signed_in.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 303), ("none", 303), (None, 303), ("cross-site", 400), ("same-site", 400)]
)
def test_a_form_that_a_browser_sends_from_elsewhere_is_refused(visitor: Browser, site: str | None, status: int) -> None:
    form = {"csrf_token": Form(visitor.get("/account/sign-in").text).token, "language": "en"}
    answer = visitor.client.post("/account/language", data=form, headers={"Sec-Fetch-Site": site} if site else {})
    assert answer.status_code == status


def test_what_a_role_may_not_open_is_a_line_of_the_log(browser: Browser) -> None:
    with browser.app.app_context():
        sanne = make_people().sanne
    signed_in = browser.sign_in(sanne)
    with capture_logs() as lines:
        assert signed_in.get("/people").status_code == 404
    assert lines == [
        {"event": "not_allowed", "endpoint": "people.index", "person": sanne.id, "log_level": "warning"},
    ]
