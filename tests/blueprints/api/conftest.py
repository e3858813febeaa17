"""Software that asks the API with a token of somebody's."""

from collections.abc import Collection
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.agency import api_token
from app.domain.agency.api_token import Scope
from app.domain.agency.person import Person
from tests.people import Browser, People, make_people


class Answer:
    """What came back, with its JSON as whatever it is."""

    def __init__(self, response: TestResponse) -> None:
        self.status_code, self.headers = response.status_code, response.headers
        self.content_type, self.data, self.text = response.content_type, response.data, response.text
        self.json: Any = response.get_json(silent=True)


class Client:
    """Software with a token; `ask` answers what came back."""

    def __init__(self, app: Flask, token: str) -> None:
        self.client = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        named = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return Answer(self.client.open(f"/api/v1{path}", method=method, json=body, headers=named))

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: object = None, **headers: str) -> Answer:
        return self.ask("POST", path, body, **headers)


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def sanne(browser: Browser, people: People) -> Client:
    return client_of(browser, people.sanne)


def client_of(browser: Browser, person: Person, scopes: Collection[Scope] = tuple(Scope)) -> Client:
    """Software of somebody's with a token that works for a month."""
    with browser.app.app_context():
        now = clock.now()
        _, value = api_token.make(person, "Proef", scopes, now + 30 * clock.DAY, now)
        db.session.commit()
    return Client(browser.app, value)
