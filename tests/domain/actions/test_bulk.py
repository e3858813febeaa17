"""Recording many at once gives row by row what logging one by one gives."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, select

from app import clock
from app.db import Base, db
from app.domain.actions import action, bulk
from app.domain.actions.contact import Contact
from app.domain.actions.outcome import Outcome
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from tests import make
from tests.domain.actions.test_action import NOW, Desk

ZONE = ZoneInfo("Europe/Amsterdam")
TABLES = ("engagement_action", "ledger_entry", "award_place", "award_day", "contact_state", "promise", "standing")
GIVEN_OUT = ("id", "source_id", "action_id", "idempotency_key")
Event = tuple[Person | None, Candidate, Outcome, str | None, datetime]


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def some_history(desk: Desk, seed: int) -> list[Event]:
    """A day of 42 status updates, a busy fortnight with few candidates, then a silence of 70 days: every cap is met."""
    random, people = Random(seed), desk.people
    candidates = [desk.candidate, *(make.candidate() for _ in range(5))]
    outcomes = [Outcome.SPOKE] * 4 + [Outcome.NO_ANSWER] * 3 + [Outcome.MESSAGE_SENT, Outcome.REPLIED]
    outcomes += [Outcome.APPOINTMENT, Outcome.DO_NOT_CONTACT]
    moments = sorted(NOW + timedelta(hours=random.randrange(14 * 24)) for _ in range(150))
    moments += [moments[-1] + timedelta(days=70, minutes=number) for number in range(6)]
    busy: list[Event] = [
        (people.bram, make.candidate(), Outcome.DONE, "status_update", NOW - timedelta(minutes=100 - number))
        for number in range(42)
    ]
    return busy + [
        (
            random.choice([people.sanne, people.sanne, people.bram]),
            random.choice(candidates),
            outcome := random.choice(outcomes),
            "status_update" if outcome is Outcome.SPOKE and random.random() < 0.2 else None,
            at,
        )
        for at in moments
    ]


def contact(desk: Desk, event: Event, now: datetime, number: int) -> Contact:
    person, candidate, outcome, kind, at = event
    return Contact(
        person_id=person.id if person else None,
        team_id=person.team_id if person else None,
        candidate_id=candidate.id,
        outcome=outcome,
        kind=kind,
        at=at,
        now=now,
        day=clock.local_day(at, ZONE),
        zone=ZONE,
        program_id=desk.program_id,
        source="import",
        external_id=str(number),
    )


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of the tables that logging writes."""
    return {name: _rows(Base.metadata.tables[name]) for name in TABLES}


def _rows(table: Table) -> list[dict[str, Any]]:
    """Numbers that the database gives out are left out: on PostgreSQL a sequence does not roll back."""
    rows = db.session.execute(select(table).order_by(*table.primary_key)).mappings()
    return [{name: value for name, value in row.items() if name not in GIVEN_OUT} for row in rows]


def one_by_one(events: list[Event], now: datetime) -> None:
    for number, (person, candidate, outcome, kind, at) in enumerate(events):
        assert person
        facts: dict[str, Any] = {"kind": kind, "source": "import", "external_id": str(number)}
        action.log(person, candidate, outcome, at=at, now=now, **facts)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", [7, 200])
def test_equal_row_by_row(desk: Desk, seed: int, size: int) -> None:
    events = some_history(desk, seed)
    now = NOW + timedelta(days=100)
    before = db.session.begin_nested()
    one_by_one(events, now)
    logged = everything()
    before.rollback()
    rules: dict[Any, Any] = {}
    contacts = [contact(desk, event, now, number) for number, event in enumerate(events)]
    new = [bulk.record_many(contacts[start : start + size], rules) for start in range(0, len(contacts), size)]
    assert sum(new) == len(events)
    assert everything() == logged
    reasons = {row["award_reason"] for row in logged["engagement_action"]}
    assert reasons >= {None, "already_today", "week_full", "half", "beyond_day", "reply"}


def test_a_second_time_adds_nothing(desk: Desk) -> None:
    contacts = [contact(desk, event, NOW, number) for number, event in enumerate(some_history(desk, 1)[:20])]
    assert bulk.record_many(contacts, {}) == 20
    before = everything()
    assert bulk.record_many(contacts, {}) == 0
    assert everything() == before


def test_a_system_is_in_the_history_without_points(desk: Desk) -> None:
    by_system = contact(desk, (None, desk.candidate, Outcome.SPOKE, None, NOW), NOW, 1)
    assert bulk.record_many([by_system], {}) == 1
    rows = everything()
    assert [row["points"] for row in rows["engagement_action"]] == [0]
    assert (rows["ledger_entry"], rows["award_day"]) == ([], [])
    assert desk.state().last_two_way_at == NOW


def test_a_promise_that_is_due_is_kept(desk: Desk) -> None:
    desk.log(Outcome.LATER, at=NOW - timedelta(days=1), promise_at=NOW)
    bulk.record_many([contact(desk, (desk.people.sanne, desk.candidate, Outcome.SPOKE, None, NOW), NOW, 1)], {})
    assert [row["points"] for row in everything()["engagement_action"]] == [30, 40]
