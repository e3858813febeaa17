"""Aisha is Sanne's and of her branch; Otto is of another."""

from collections.abc import Collection, Iterator

import pytest
from sqlalchemy import event

from app.db import db
from app.domain.candidates import contact_state, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import branch_of
from app.domain.candidates.contact_state import ContactState
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


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many candidates each transaction held that was committed, and the one under way."""
    found, hold_many = [0], contact_state.hold_many

    def count(candidate_ids: Collection[int]) -> dict[int, ContactState]:
        found[-1] += len(candidate_ids)
        return hold_many(candidate_ids)

    def committed(_session: object) -> None:
        found.append(0)

    monkeypatch.setattr(contact_state, "hold_many", count)
    event.listen(db.session, "after_commit", committed)
    yield found
    event.remove(db.session, "after_commit", committed)
