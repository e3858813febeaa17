"""Who may ask SCIM: whoever has a token made for it, and nobody else; whoever may not changes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.agency import api_token, provisioning_token
from app.domain.agency.api_token import Scope
from app.domain.agency.audit import AuditEntry
from app.domain.agency.person import Person
from app.web import extras
from tests.blueprints.scim.conftest import USER, Provider, read
from tests.people import Browser, People

PLACES = ("/Users", "/Users/1", "/ServiceProviderConfig", "/ResourceTypes", "/Schemas", "/Users/.search", "/Absent")
BODY = {"schemas": [USER], "userName": "nieuw@voorbeeld.nl", "active": True}


def refused(browser: Browser, headers: dict[str, str]) -> set[int]:
    """What is answered to every method everywhere."""
    with browser.app.app_context():
        before = standing()
    answers = [
        browser.client.open(f"/scim/v2{place}", method=method, json=BODY, headers=headers)
        for place in PLACES
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
    ]
    with browser.app.app_context():
        assert standing() == before
    assert {answer.content_type for answer in answers} == {"application/scim+json"}
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {'Bearer realm="Fanfare"'}
    return {answer.status_code for answer in answers}


def standing() -> tuple[int | None, ...]:
    """How many people, entries of the log and requests there are."""
    people = select(func.count()).select_from(Person)
    here = people.where(Person.deactivated_at.is_(None))
    log = select(func.count()).select_from(AuditEntry)
    used = select(func.sum(provisioning_token.ProvisioningToken.used))
    return tuple(db.session.scalar(each) for each in (people, here, log, used))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer fanfare_scim_wrong"},
        {"Authorization": "Bearer \xe9\xff"},
        {"Authorization": "Basic ZmFuZmFyZTpmYW5mYXJl"},
    ],
)
def test_without_the_token_nothing_is_told_or_done(
    headers: dict[str, str], browser: Browser, provider: Provider
) -> None:
    assert refused(browser, headers) == {401}


def test_the_right_token_in_another_scheme_is_none(browser: Browser, provider: Provider) -> None:
    value = provider.headers["Authorization"].removeprefix("Bearer ")
    assert refused(browser, {"Authorization": f"Basic {value}"}) == {401}
    assert refused(browser, {"Authorization": value}) == {401}
    assert refused(browser, {"Authorization": f"Bearer {value[:-1]}"}) == {401}
    assert refused(browser, {"Authorization": f"Bearer {value}x"}) == {401}


def test_a_token_of_the_api_opens_nothing_here(browser: Browser, people: People) -> None:
    for one in (people.sanne, people.ada):
        with browser.app.app_context():
            now = clock.now()
            _, value = api_token.make(one, "Proef", list(Scope), now + clock.DAY, now)
            db.session.commit()
        assert refused(browser, {"Authorization": f"Bearer {value}"}) == {401}


def test_this_token_opens_nothing_else(browser: Browser, provider: Provider) -> None:
    assert browser.client.get("/api/v1/me", headers=provider.headers).status_code == 401
    assert browser.client.get("/people", headers=provider.headers).status_code == 303


def test_a_cookie_of_an_administrator_is_nobody_here(browser: Browser, people: People) -> None:
    assert refused(browser.sign_in(people.ada), {}) == {401}


def test_an_ended_or_old_token_opens_nothing(browser: Browser, provider: Provider) -> None:
    assert provider.get("/Users").status_code == 200
    with browser.app.app_context():
        row = db.session.scalars(select(provisioning_token.ProvisioningToken)).one()
        row.expires_at = clock.now() - timedelta(seconds=1)
        db.session.commit()
    assert refused(browser, provider.headers) == {401}
    with browser.app.app_context():
        row = db.session.scalars(select(provisioning_token.ProvisioningToken)).one()
        row.expires_at, row.ended_at = clock.now() + clock.DAY, clock.now()
        db.session.commit()
    assert refused(browser, provider.headers) == {401}


def test_too_many_in_a_minute_wait(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioning_token, "A_MINUTE", 2)
    answers = [provider.get("/Users") for _ in range(4)]  # over the turn of a minute three may get through
    late = [answer for answer in answers if answer.status_code == 429]
    assert late
    assert all(1 <= int(answer.headers["Retry-After"]) <= 60 for answer in late)
    assert read(late[0])["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


def test_without_the_part_there_is_nothing(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "SCIM", "scim2_server_of_nobody")
    answer = provider.get("/Users")
    assert (answer.status_code, answer.content_type) == (404, "application/scim+json")
    assert provider.ask("POST", "/Users", BODY).status_code == 404


def test_what_is_too_large_is_not_read(provider: Provider) -> None:
    answer = provider.ask("POST", "/Users", BODY | {"displayName": "x" * 70_000})
    assert (answer.status_code, read(answer)["status"]) == (413, "413")


def test_answers_carry_the_headers_of_every_page(provider: Provider) -> None:
    answer = provider.get("/Users")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_log_has_a_token(provider: Provider, capsys: pytest.CaptureFixture[str]) -> None:
    def secret(answer: TestResponse) -> bool:
        return provider.headers["Authorization"].removeprefix("Bearer ") in answer.text

    assert not any(secret(provider.ask(method, "/Users/0", BODY)) for method in ("GET", "PUT", "PATCH", "DELETE"))
    told = capsys.readouterr()
    assert provider.headers["Authorization"].removeprefix("Bearer ") not in told.out + told.err
    assert "nieuw@voorbeeld.nl" not in told.out + told.err
