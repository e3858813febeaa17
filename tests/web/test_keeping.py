"""What could not be saved stands on the page that says so, and arrives when it is sent again from there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.db import Busy, db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates.candidate import Candidate
from tests import make
from tests.people import Browser, make_people

HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
NOTE = 'Belt "maandag" <terug> & graag'
GONE = OperationalError("SELECT 1", {}, Exception("server closed the connection"))


@contextmanager
def failing(app: Flask, endpoint: str, fault: Exception = GONE) -> Iterator[None]:
    view = app.view_functions[endpoint]

    def fail() -> str:
        raise fault

    app.view_functions[endpoint] = fail
    try:
        yield
    finally:
        app.view_functions[endpoint] = view


@pytest.fixture
def sanne(browser: Browser) -> Browser:
    with browser.app.app_context():
        people = make_people()
        make.candidate(owner=people.sanne)
        db.session.commit()
        return browser.sign_in(people.sanne)


def form(app: Flask) -> dict[str, object]:
    with app.app_context():
        candidate = db.session.scalar(select(func.max(Candidate.id)))
    return {"candidate": candidate, "outcome": "spoke", "note": NOTE, "key": uuid4().hex}


def fields(html: str) -> dict[str, str]:
    return {unescape(name): unescape(text) for name, text in HIDDEN.findall(html)}


@pytest.mark.parametrize(("fault", "status"), [(GONE, 503), (Busy(), 503), (ValueError(), 500)])
def test_it_is_kept_and_logged_when_it_is_sent_again(sanne: Browser, fault: Exception, status: int) -> None:
    sent = form(sanne.app)
    with failing(sanne.app, "today.log", fault):
        page = sanne.post("/actions", sent)
    assert page.status_code == status
    assert "Wat je invulde, is op deze pagina bewaard." in page.text
    assert 'action="/actions"' in page.text
    assert sanne.client.post("/actions", data=fields(page.text)).status_code == 303
    with sanne.app.app_context():
        assert db.session.scalars(select(EngagementAction.note)).all() == [NOTE]


def test_nothing_is_kept_where_secrets_are_entered(sanne: Browser) -> None:
    with failing(sanne.app, "account.change_password"):
        page = sanne.post("/account/password", {"current": "een geheim dat blijft", "password": "nieuw geheim"})
    assert page.status_code == 503
    assert (fields(page.text), "geheim" in page.text) == ({}, False)


@pytest.mark.parametrize("other", [{"note": "x" * 50_000}, {"password": "x"}, {"file": (BytesIO(b"a;b"), "x.csv")}])
def test_a_page_repeats_no_file_no_password_and_nothing_endless(sanne: Browser, other: dict[str, object]) -> None:
    with failing(sanne.app, "today.log"):
        page = sanne.post("/actions", form(sanne.app) | other)
    assert (page.status_code, fields(page.text)) == (503, {})
    assert "Wat je invulde" not in page.text
