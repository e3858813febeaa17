"""Many writers at once: caps hold and the same request has one effect; each beside its negative control."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.db import db, write
from app.domain.actions import action, circumstances, recording
from app.domain.actions.action import EngagementAction, Logged
from app.domain.actions.outcome import Outcome
from app.domain.actions.place import AwardDay
from app.domain.agency.person import Person
from app.domain.candidates import contact_state
from app.domain.candidates.candidate import Candidate
from app.domain.game.ledger import LedgerEntry
from app.domain.program import action_kind
from app.domain.program.program import the_program
from app.prepared import Prepared
from tests import make
from tests.domain.actions.test_action import NOW
from tests.people import make_people

WRITERS = 8
Ids = tuple[int, list[int]]
Answer = TypeVar("Answer")


@pytest.fixture
def desk(real_app: Flask) -> Ids:
    """A candidate and eight recruiters, committed."""
    with real_app.app_context():
        make_people()
        program = the_program()
        assert program
        if not action_kind.kinds_of(program.id):
            action_kind.install_preset(program.id, None, make.START)
        candidate = make.candidate()
        people = [make.person(f"R{number} Jansen") for number in range(WRITERS)]
        db.session.commit()
        ids = candidate.id, [person.id for person in people]
        db.session.remove()
    return ids


def attempt(app: Flask, candidate_id: int, person_id: int, key: bytes) -> Logged:
    with app.app_context():
        write()
        person, candidate = db.session.get_one(Person, person_id), db.session.get_one(Candidate, candidate_id)
        logged = action.log(person, candidate, Outcome.NO_ANSWER, at=NOW, now=NOW, key=key)
        db.session.commit()
        return logged


def at_once(calls: Sequence[Callable[[], Answer]]) -> list[Answer | Exception]:
    """Run all of them in threads that start together."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Answer]) -> Answer | Exception:
        start.wait(timeout=20)
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - the test looks at what was raised
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def eight(app: Flask, desk: Ids) -> list[Logged | Exception]:
    candidate_id, people = desk
    return at_once([lambda who=who: attempt(app, candidate_id, who, uuid4().bytes) for who in people])  # type: ignore[misc]


def paid(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.coalesce(func.sum(LedgerEntry.points), 0))) or 0


def rows(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(EngagementAction)) or 0


def test_eight_writers_on_one_candidate_earn_two_places(real_app: Flask, desk: Ids) -> None:
    answers = eight(real_app, desk)
    assert sorted(one.points for one in answers if isinstance(one, Logged)) == [0] * 6 + [10, 10]
    assert (paid(real_app), rows(real_app)) == (20, 8)


def without_the_row_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The candidate's row is read without holding it, and everybody reads the places before anybody takes one."""
    together, asked = Barrier(WRITERS), circumstances.of
    monkeypatch.setattr(contact_state, "HELD_ONE", Prepared(select(*contact_state.WRITTEN).where(contact_state.THIS)))
    monkeypatch.setattr(circumstances, "of", lambda *facts: (asked(*facts), together.wait(timeout=20))[0])


def only_postgresql(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite's one writer at a time is tested with the lock itself")


def test_control_without_lock_and_index_the_cap_is_passed(
    real_app: Flask, desk: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_postgresql(real_app)
    with real_app.app_context():
        db.session.execute(text("DROP INDEX uq_award_place_taken"))
        db.session.commit()
    without_the_row_lock(monkeypatch)
    eight(real_app, desk)
    assert paid(real_app) == 80


def test_control_without_lock_the_index_still_refuses_to_overpay(
    real_app: Flask, desk: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_postgresql(real_app)
    without_the_row_lock(monkeypatch)
    answers = eight(real_app, desk)
    assert sum(isinstance(one, Exception) for one in answers) == 7
    assert paid(real_app) == 10


def test_twenty_equal_requests_are_one_action(real_app: Flask, desk: Ids) -> None:
    candidate_id, people = desk
    key = uuid4().bytes
    answers = at_once([lambda: attempt(real_app, candidate_id, people[0], key)] * 20)
    assert {one[:4] for one in answers if isinstance(one, Logged)} == {
        (answers[0].action_id, 10, None, "attempt") if isinstance(answers[0], Logged) else None
    }
    assert sum(isinstance(one, Logged) and one.fresh for one in answers) == 1
    assert (rows(real_app), paid(real_app)) == (1, 10)
    with real_app.app_context():
        assert db.session.scalars(select(AwardDay.actions)).all() == [1]


def test_control_without_looking_for_the_key_nobody_gets_the_same_answer(
    real_app: Flask, desk: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "_again", lambda _case: None)
    candidate_id, people = desk
    key = uuid4().bytes
    answers = at_once([lambda: attempt(real_app, candidate_id, people[0], key)] * 4)
    assert sum(isinstance(one, Exception) for one in answers) == 3
