"""An identity provider that asks by SCIM."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.agency import provisioning_token
from app.domain.agency.person import Person
from tests.people import Browser, People, make_people

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class Provider:
    """Whoever has the token; `ask` answers what came back."""

    def __init__(self, app: Flask, token: str) -> None:
        self.app = app
        self.headers = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> TestResponse:
        named = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.app.test_client().open(f"/scim/v2{path}", method=method, json=body, headers=named)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.ask("GET", path, **headers)

    def welcome(self, user_name: str, **told: object) -> dict[str, Any]:
        """Add somebody, and answer what was told of them."""
        answer = self.ask("POST", "/Users", {"schemas": [USER], "userName": user_name, "active": True, **told})
        assert answer.status_code == 201, answer.text
        return read(answer)

    def patch(self, user_id: str, *operations: Mapping[str, object], **headers: str) -> TestResponse:
        return self.ask("PATCH", f"/Users/{user_id}", {"schemas": [PATCH], "Operations": list(operations)}, **headers)


def read(answer: TestResponse) -> dict[str, Any]:
    """The JSON that came back."""
    told: dict[str, Any] = answer.get_json(force=True)
    return told


def provider_of(app: Flask, person: Person) -> Provider:
    """A provider with a token that somebody made for it."""
    with app.app_context():
        _, value = provisioning_token.make(person, clock.now())
        db.session.commit()
    return Provider(app, value)


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def provider(browser: Browser, people: People) -> Provider:
    return provider_of(browser.app, people.ada)
