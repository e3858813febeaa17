"""Providers ask from several places at once: somebody comes in once, and one of two changes waits for the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.agency.invitation import Invitation
from app.domain.agency.person import Person, Role
from app.domain.agency.provisioned import Provisioned
from tests.blueprints.scim.conftest import Provider, provider_of
from tests.people import People, make_people

AT_ONCE = 8
NEW = "noor@voorbeeld.nl"


@pytest.fixture
def agency(real_app: Flask) -> People:
    with real_app.app_context():
        return make_people()


@pytest.fixture
def busy(real_app: Flask, agency: People) -> Provider:
    return provider_of(real_app, agency.ada)


def together(ask: Callable[[int], int]) -> list[int]:
    """All at the same moment; answers how each ended."""
    ready = Barrier(AT_ONCE)

    def asked(number: int) -> int:
        ready.wait()
        return ask(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(asked, range(AT_ONCE)))


def test_eight_who_tell_of_one_bring_in_one(busy: Provider) -> None:
    body = {"userName": NEW, "displayName": "Noor"}
    assert together(lambda _: busy.ask("POST", "/Users", body).status_code) == [201] + [409] * (AT_ONCE - 1)
    with busy.app.app_context():
        assert db.session.scalar(select(func.count()).where(Person.email == NEW)) == 1
        assert db.session.scalar(select(func.count()).select_from(Provisioned)) == 1
        assert db.session.scalar(select(func.count()).select_from(Invitation)) == 1


def test_eight_names_with_one_address_bring_in_one(busy: Provider) -> None:
    def ask(number: int) -> int:
        return busy.ask("POST", "/Users", {"userName": f"n{number}", "emails": [{"value": NEW}]}).status_code

    assert together(ask) == [201] + [409] * (AT_ONCE - 1)
    with busy.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Provisioned)) == 1


def test_of_eight_with_the_same_version_one_changes(busy: Provider) -> None:
    told = busy.welcome(NEW)
    version = told["meta"]["version"]

    def ask(number: int) -> int:
        rename = {"op": "replace", "path": "displayName", "value": f"Noor {number}"}
        return busy.patch(told["id"], rename, If_Match=version).status_code

    assert together(ask) == [204] + [412] * (AT_ONCE - 1)


def test_of_two_administrators_one_stays(busy: Provider, agency: People) -> None:
    with busy.app.app_context():
        for number in (agency.ada.id, agency.otto.id):
            row = db.session.get_one(Person, number)
            row.role, row.password_hash = Role.ADMIN, "x"
        db.session.commit()
    both = (agency.ada.id, agency.otto.id)

    def ask(number: int) -> int:
        return busy.patch(str(both[number % 2]), {"op": "replace", "value": {"active": False}}).status_code

    assert set(together(ask)) == {204, 409}
    with busy.app.app_context():
        left = select(func.count()).where(Person.role == Role.ADMIN, Person.deactivated_at.is_(None))
        assert db.session.scalar(left) == 1
