"""The job that works through long imports: one after the other, and one that fails keeps nobody waiting."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import clock
from app.db import db
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.importing import candidate_import, steps, trace
from app.domain.candidates.importing.candidate_import import CandidateImport, State
from app.web.importing import finish
from jobs import imports
from tests import importing
from tests.lost import loses_once
from tests.people import make_people


def waiting(app: Flask, text: str) -> int:
    with app.app_context():
        row = importing.brought(make_people().ada, text.encode())
        candidate_import.rehearse(row.id, importing.guessed(row))
        db.session.commit()
        return row.id


def state(app: Flask, import_id: int) -> tuple[State, str]:
    with app.app_context():
        row = db.session.get_one(CandidateImport, import_id)
        return row.state, row.trouble


def work(app: Flask) -> int:
    with app.app_context():
        return imports.work("job", clock.now())


def test_it_rehearses_what_waits(real_app: Flask) -> None:
    import_id = waiting(real_app, "Naam;Nr\nEls;1\n")
    assert work(real_app) == 1
    assert state(real_app, import_id) == (State.REHEARSED, "")
    assert work(real_app) == 0


def test_what_fails_says_so_and_waits_for_somebody(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    import_id = waiting(real_app, "Naam;Nr\nEls;1\n")
    with monkeypatch.context() as broken:
        broken.setattr("app.domain.candidates.importing.steps.judge", None)
        assert work(real_app) == 0
    assert state(real_app, import_id) == (State.REHEARSING, "TypeError")
    assert work(real_app) == 0
    with real_app.app_context():
        candidate_import.go_on(import_id)
        db.session.commit()
    assert work(real_app) == 1


def test_what_another_process_does_is_left_alone(real_app: Flask) -> None:
    import_id = waiting(real_app, "Naam;Nr\nEls;1\n")
    with real_app.app_context():
        assert candidate_import.claim(import_id, clock.now())
        db.session.commit()
        assert not finish(import_id)
    assert work(real_app) == 0


def test_one_that_loses_a_deadlock_goes_on_and_counts_nobody_twice(
    real_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = waiting(real_app, "Naam;Nr\nEls;1\n")
    assert not worked(real_app, loses_once(monkeypatch, trace, "refuse"))
    assert state(real_app, import_id) == (State.REHEARSED, "")
    with real_app.app_context():
        assert db.session.get_one(CandidateImport, import_id).counts["new"] == 1
        candidate_import.go_on(import_id)
        db.session.commit()
    assert not worked(real_app, loses_once(monkeypatch, steps, "carry_out"))
    assert state(real_app, import_id) == (State.DONE, "")
    with real_app.app_context():
        assert db.session.get_one(CandidateImport, import_id).counts["new"] == 1
        assert db.session.scalars(select(Candidate.name)).all() == ["Els"]


def worked(app: Flask, faults: list[OperationalError]) -> list[OperationalError]:
    """What was not met."""
    assert work(app) == 1
    return faults
