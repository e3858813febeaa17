"""Whom we owe an answer, about an application or a message."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.db import db
from app.domain.candidates.contact_state import ContactState
from app.domain.oversight.waiting_for_word import Waiting, waiting_for_word
from tests import make
from tests.people import People, make_people

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)  # a Wednesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
APPLIED: dict[str, Any] = {"application_state": "completed", "application_owed_at": NOW - DAY}


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def one(people: People, name: str = "Pieter Post", **state: Any) -> int:  # noqa: ANN401 - any column of the contact state
    row = make.candidate(name, owner=people.sanne)
    contact = db.session.get_one(ContactState, row.id)
    for column, value in state.items():
        setattr(contact, column, value)
    db.session.flush()
    return row.id


def found(*, named: bool = True) -> list[Waiting]:
    return waiting_for_word(NOW, named=named)


def test_an_application_with_its_owner(people: People) -> None:
    pieter = one(people, **APPLIED)
    assert [one[:5] for one in found()] == [(pieter, "Pieter Post", NOW - DAY, "completed", "Sanne de Vries")]
    assert found(named=False)[0].owner is None


def test_the_longest_waits_first(people: People) -> None:
    names = ["Twee", "Een"]
    for number, name in enumerate(names, 1):
        one(people, name, application_state="interviewed", application_owed_at=NOW - number * DAY)
    assert [row.name for row in found()] == ["Een", "Twee"]


@pytest.mark.parametrize(
    ("state", "waits"),
    [
        ({"last_inbound_at": NOW - DAY - HOUR}, True),
        ({"last_inbound_at": NOW - DAY + HOUR}, False),
        ({"last_inbound_at": NOW - 2 * DAY, "last_attempt_at": NOW - DAY}, False),
        ({"last_inbound_at": NOW - 40 * DAY}, False),
        ({"last_inbound_at": NOW - 2 * DAY, "do_not_contact_at": NOW - DAY}, False),
        ({"application_owed_at": NOW + HOUR, "application_state": "completed"}, False),
        ({"application_owed_at": NOW - 31 * DAY, "application_state": "completed"}, False),
    ],
)
def test_who_waits(people: People, state: dict[str, Any], *, waits: bool) -> None:
    one(people, **state)
    assert bool(found()) is waits


def test_a_weekend_is_no_working_day(people: People) -> None:
    friday = datetime(2026, 2, 27, 12, tzinfo=UTC)
    one(people, last_inbound_at=friday)
    monday = [waiting_for_word(friday + timedelta(days=3, minutes=minute), named=True) for minute in (-1, 1)]
    assert [len(rows) for rows in monday] == [0, 1]


def test_an_application_is_no_message_besides(people: People) -> None:
    monday = datetime(2026, 3, 2, 10, tzinfo=UTC)
    one(people, last_inbound_at=monday, application_state="completed", application_owed_at=monday + 2 * DAY)
    assert [row.about for row in found()] == ["completed"]
    assert waiting_for_word(monday + 1.5 * DAY, named=True) == []
