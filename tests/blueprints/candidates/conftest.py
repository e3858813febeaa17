"""Aisha is Sanne's and of her branch; Otto is of another."""

import pytest

from app.db import db
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import branch_of
from tests import make
from tests.people import Browser, People, make_people


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def sanne(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.sanne)


@pytest.fixture
def otto(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.otto)


@pytest.fixture
def aisha(browser: Browser, people: People) -> int:
    with browser.app.app_context():
        row = make.candidate("Aïsha el Idrissi", owner=people.sanne, branch_id=branch_of(people.sanne.id))
        identity.add(row, Channel.PHONE, "0612345678", make.START)
        db.session.commit()
        return row.id
