"""The page with tokens for the identity provider: for administrators, shown once, four at a time."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.agency import provisioning_token
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Role
from app.domain.agency.provisioning_token import ProvisioningToken
from app.domain.agency.session import SignInSession
from app.web import extras
from tests import make
from tests.people import Browser, People

URL = "/people/provisioning"
TOKEN = re.compile(r"fanfare_scim_[\w-]{43}")


@pytest.fixture(autouse=True, scope="module")
def loaded() -> None:
    """Imported before a test's transaction begins: on a busy machine it takes longer than PostgreSQL lets one idle."""
    import_module("app.blueprints.scim.serving")


def made(browser: Browser) -> str:
    answer = browser.post(URL, {})
    assert answer.status_code == 201
    found = TOKEN.findall(answer.text)
    assert len(set(found)) == 1
    return str(found[0])


def asked(browser: Browser, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return Browser(browser.app).client.get("/scim/v2/Users", headers=headers).status_code


def test_a_token_is_shown_once_and_opens_scim(ada: Browser) -> None:
    token = made(ada)
    page = ada.get(URL).text
    assert token not in page
    assert token[-4:] in page
    assert "http" in page
    assert "/scim/v2" in page
    assert "nog niet gebruikt" in page
    assert asked(ada, token) == 200
    assert "nog niet gebruikt" not in ada.get(URL).text


def test_the_database_has_no_token(ada: Browser) -> None:
    token = made(ada)
    with ada.app.app_context():
        row = db.session.scalars(select(ProvisioningToken)).one()
        assert token not in (row.token_hash, row.hint)
        assert len(row.token_hash) == 64


def test_an_ended_token_opens_nothing(ada: Browser) -> None:
    token = made(ada)
    with ada.app.app_context():
        number = db.session.scalars(select(ProvisioningToken.id)).one()
    assert ada.post(f"{URL}/{number}/end", {}, at=URL).headers["Location"] == URL
    assert asked(ada, token) == 401
    assert "beëindigd" in ada.get(URL).text
    assert ada.post(f"{URL}/{number}/end", {}, at=URL).status_code == 404
    with ada.app.app_context():
        theirs = select(AuditEntry.what).where(AuditEntry.what.startswith("provisioning"))
        log = db.session.scalars(theirs.order_by(AuditEntry.id)).all()
        assert log == ["provisioning.token_made", "provisioning.token_ended"]


def test_a_fifth_has_to_wait(ada: Browser) -> None:
    for _ in range(4):
        made(ada)
    answer = ada.post(URL, {})
    assert answer.status_code == 422
    assert "Er zijn al vier tokens" in answer.text
    with ada.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ProvisioningToken)) == 4


def test_whoever_signed_in_long_ago_shows_who_they_are_first(ada: Browser, people: People) -> None:
    with ada.app.app_context():
        row = db.session.scalars(select(SignInSession)).one()
        row.created_at -= timedelta(minutes=20)
        db.session.commit()
    assert ada.post(URL, {}).headers["Location"].startswith("/account/proof")
    with ada.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ProvisioningToken)) == 0


def test_without_the_part_the_page_says_how_to_install_it(ada: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "SCIM", "scim2_server_of_nobody")
    page = ada.get(URL).text
    assert "pip install --require-hashes -r requirements-extras.txt" in page
    assert "Token maken" not in page
    assert ada.post(URL, {}, at="/people/new").status_code == 404


def test_how_many_it_tells_of(ada: Browser) -> None:
    headers = {"Authorization": f"Bearer {made(ada)}"}
    assert "kent nu" not in ada.get(URL).text
    client = Browser(ada.app).client
    assert client.post("/scim/v2/Users", json={"userName": "n@voorbeeld.nl"}, headers=headers).status_code == 201
    assert "kent nu 1 collega." in ada.get(URL).text


def left_behind(browser: Browser, people: People) -> tuple[Browser, str, str]:
    """Another administrator with a token that works; who signed in, their page and the token."""
    with browser.app.app_context():
        eva = make.somebody("Eva Mol", Role.ADMIN)
        db.session.add(eva)
        db.session.flush()
        _, value = provisioning_token.make(eva, clock.now())
        db.session.commit()
    return browser.sign_in(people.ada), f"/people/{eva.id}", value


def test_what_somebody_made_for_it_ends_with_their_access(browser: Browser, people: People) -> None:
    ada, path, token = left_behind(browser, people)
    assert "Deze collega maakte ook 1 token" in ada.get(path).text
    assert "maakte ook" not in ada.get(f"/people/{people.otto.id}").text
    ada.post(f"{path}/deactivation", {"tokens": "end"}, at=path)
    assert (asked(ada, token), "de maker is weg" in ada.get(URL).text) == (401, False)
    with ada.app.app_context():
        whats = db.session.scalars(select(AuditEntry.what).order_by(AuditEntry.what)).all()
        assert list(whats) == ["person.deactivated", "provisioning.token_ended"]


def test_what_was_left_to_work_stands_out(browser: Browser, people: People) -> None:
    ada, path, token = left_behind(browser, people)
    assert "de maker is weg" not in ada.get(URL).text
    ada.post(f"{path}/deactivation", {}, at=path)
    page = ada.get(URL).text
    assert (asked(ada, token), "de maker is weg" in page, "Maak een nieuw token" in page) == (200, True, True)
    with ada.app.app_context():
        number = db.session.scalars(select(ProvisioningToken.id)).one()
    ada.post(f"{URL}/{number}/end", {}, at=URL)
    assert "de maker is weg" not in ada.get(URL).text


def test_where_access_stays_tokens_stay(browser: Browser, people: People) -> None:
    ada, _, token = left_behind(browser, people)
    path = f"/people/{people.ada.id}"
    assert ada.post(f"{path}/deactivation", {"tokens": "end"}, at=path).status_code == 422
    assert asked(ada, token) == 200
