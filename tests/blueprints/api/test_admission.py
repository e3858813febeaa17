"""Who gets in: a token that works, for what it was made, this often; a cookie never does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency import api_token, sign_in, sign_in_link, staff
from app.domain.agency.api_token import A_MINUTE, LONGEST, MOST, ApiToken, Full, Scope
from app.domain.agency.person import Person, Role
from app.domain.agency.sign_in_link import Purpose
from app.domain.notices import safety, sign_in_mail
from app.domain.notices.sign_in_mail import NewPassword
from app.web import by_token
from app.web.bounds import LARGEST
from tests import make
from tests.blueprints.api.conftest import Client, client_of
from tests.house.matrix import SCOPES
from tests.people import Browser, People


def routes(app: Flask) -> dict[str, tuple[str, str]]:
    """The method and an address of every route, with ids that do not exist."""
    found = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in SCOPES:
            (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            path = rule.rule.removeprefix("/api/v1").replace("<purpose>", "contact")
            for name in rule.arguments:
                path = path.replace(f"<int:{name}>", "999999")
            found[rule.endpoint] = (method, path)
    return found


def test_every_route_needs_the_scope_that_is_listed(any_app: Flask) -> None:
    ours = {rule.endpoint for rule in any_app.url_map.iter_rules() if rule.rule.startswith(by_token.PATH)}
    assert ours - {"api.openapi"} == set(SCOPES)
    assert {name: getattr(any_app.view_functions[name], "needs", None) for name in SCOPES} == SCOPES


def test_without_a_token_nobody_gets_in(browser: Browser, people: People) -> None:
    for who in (Client(browser.app, ""), Client(browser.app, "fanfare_wrong"), Client(browser.app, "é\u20ac")):
        answers = [who.ask(method, path, {}) for method, path in routes(browser.app).values()]
        assert {each.status_code for each in answers} == {401}
        assert {each.content_type for each in answers} == {"application/problem+json"}
        assert all("Bearer" in each.headers["WWW-Authenticate"] for each in answers)


def test_a_cookie_opens_nothing(browser: Browser, people: People) -> None:
    signed_in = browser.sign_in(people.ada)
    answers = [
        signed_in.client.open(f"/api/v1{path}", method=method, json={}) for method, path in routes(browser.app).values()
    ]
    assert {each.status_code for each in answers} == {401}


def test_a_token_opens_no_page(browser: Browser, people: People) -> None:
    client = client_of(browser, people.sanne)
    assert client.client.get("/candidates", headers=client.headers).status_code == 303


@pytest.mark.parametrize("scope", list(Scope))
def test_a_token_opens_what_it_was_made_for(scope: Scope, browser: Browser, people: People) -> None:
    client = client_of(browser, people.ada, [scope])
    answers = {name: client.ask(*route, {}) for name, route in routes(browser.app).items()}
    assert {name for name, each in answers.items() if each.status_code != 403} == {
        name for name, (needed, _roles) in SCOPES.items() if needed in {scope, None}
    }
    refused = next(each for each in answers.values() if each.status_code == 403)
    assert "scope" in (refused.json or {})["detail"]


def test_a_token_ends(browser: Browser, people: People) -> None:
    client = client_of(browser, people.sanne)
    assert client.get("/candidates").status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        assert client.get("/candidates").status_code == 401
    with browser.app.app_context():
        (row,) = api_token.of_person(people.sanne.id, clock.now())
        assert not api_token.end(row.id, clock.now(), people.bram.id)
        assert api_token.end(row.id, clock.now(), people.sanne.id)
        assert not api_token.end(row.id, clock.now(), people.sanne.id)
        db.session.commit()
    assert client.get("/candidates").status_code == 401


def test_whoever_leaves_takes_their_tokens_along(browser: Browser, people: People) -> None:
    client = client_of(browser, people.sanne)
    with browser.app.app_context():
        sanne, ada = db.session.merge(people.sanne), db.session.merge(people.ada)
        staff.deactivate(sanne, ada, clock.now())
        staff.reactivate(sanne)
        db.session.commit()
    assert client.get("/candidates").status_code == 401


def test_so_many_in_a_minute(browser: Browser, people: People) -> None:
    client = client_of(browser, people.sanne)
    noon = clock.now().replace(hour=12, minute=0, second=20, microsecond=0)
    with time_machine.travel(noon, tick=False):
        for _ in range(A_MINUTE):
            assert client.get("/candidates").status_code == 200
        refused = client.get("/candidates")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "40")
    with time_machine.travel(noon + timedelta(seconds=40), tick=False):
        assert client.get("/candidates").status_code == 200


def test_many_tokens_are_no_more_than_two(browser: Browser, people: People) -> None:
    first, second, third = (client_of(browser, people.sanne) for _ in range(3))
    bram = client_of(browser, people.bram)
    noon = clock.now().replace(hour=12, minute=0, second=20, microsecond=0)
    with time_machine.travel(noon, tick=False):
        for client in (first, second):
            used(browser, client, A_MINUTE)
        refused = third.get("/me")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "40")
        assert bram.get("/me").status_code == 200
    with time_machine.travel(noon + timedelta(seconds=40), tick=False):
        assert third.get("/me").status_code == 200


def test_what_is_too_large_is_refused_with_a_reason(browser: Browser, people: People) -> None:
    client = client_of(browser, people.sanne)
    answer = client.post("/candidates", {"name": "Noor", "aspiration": "x" * LARGEST}, Accept_Language="en")
    assert (answer.status_code, answer.content_type) == (413, "application/problem+json")
    assert "too large" in answer.json["detail"]
    assert client.get("/candidates").json["items"] == []


def used(browser: Browser, client: Client, times: int) -> None:
    """As if it had asked so often in this minute."""
    assert client.get("/me").status_code == 200
    with browser.app.app_context():
        row = db.session.scalars(select(ApiToken).where(ApiToken.used == 1)).one()
        row.used = times
        db.session.commit()


def test_so_many_tokens_and_no_longer_than_a_year(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        now = clock.now()
        for _ in range(MOST):
            row, _value = api_token.make(people.sanne, "Proef", [Scope.ACTIONS_READ], now + 9 * LONGEST, now)
        assert row.expires_at == now + LONGEST
        with pytest.raises(Full):
            api_token.make(people.sanne, "Proef", [Scope.ACTIONS_READ], now + LONGEST, now)


def new_password(person: Person, at: datetime) -> None:
    sign_in.change_password(person, "another", 0, at)


def password_by_link(person: Person, at: datetime) -> None:
    link = sign_in_link.issue(person, Purpose.PASSWORD, "", at)
    assert sign_in_mail.choose_password(link.token, NewPassword("another", "nl"), at) is person


def factors_taken(person: Person, at: datetime) -> None:
    safety.take_away(person, make.somebody("Beheer", Role.ADMIN), "voorbeeld.nl", at)


@pytest.mark.parametrize("begins_anew", [new_password, password_by_link, factors_taken])
def test_whoever_begins_anew_has_no_tokens_left(
    begins_anew: Callable[[Person, datetime], None], browser: Browser, people: People
) -> None:
    client = client_of(browser, people.sanne)
    with browser.app.app_context():
        begins_anew(db.session.get_one(Person, people.sanne.id), clock.now())
        db.session.commit()
    assert client.get("/me").status_code == 401
