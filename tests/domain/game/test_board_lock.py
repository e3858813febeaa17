"""Logging beside reweighing on PostgreSQL: rows are held in one order, so that nobody waits for each other."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.db import db, is_sqlite, write
from app.domain.agency import presence
from app.domain.game import board_lock
from tests.domain.game.scene import WEDNESDAY, WEEK, Scene, start

ROUNDS = int(os.environ.get("FANFARE_LOCK_ROUNDS", "25"))
DEADLOCK = "40P01"


@pytest.fixture
def scene(real_app: Flask) -> Scene:
    with real_app.app_context():
        if is_sqlite():
            pytest.skip("SQLite has one writer at a time")
        found = start()
        people = vars(found.people).values()
        facts = [(each.id, each.team_id) for each in people]
        db.session.commit()
        for number, (person_id, team_id) in enumerate(facts):
            found.earn(10, person_id=person_id, team_id=team_id, candidate_id=number, source_id=number)
        db.session.commit()
    return found


def _lost(app: Flask, act: Callable[[int], object]) -> int:
    """How many of so many transactions lost a deadlock."""
    lost = 0
    for number in range(ROUNDS):
        with app.app_context():
            write()
            try:
                act(number)
                db.session.commit()
            except DBAPIError as error:
                db.session.rollback()
                lost += getattr(error.orig, "sqlstate", "") == DEADLOCK
    return lost


def _deadlocks(app: Flask, scene: Scene, loggers: int = 2, weighers: int = 2) -> int:
    with app.app_context():
        db.session.add_all([people := scene.people.sanne, scene.people.bram])
        who = [(people.id, people.team_id), (scene.people.bram.id, scene.people.bram.team_id)]
        program_id, kind_id = scene.program_id, scene.kind_id
        db.session.expunge_all()

    def log(at: int) -> Callable[[int], object]:
        person_id, team_id = who[at % 2]
        facts: dict[str, Any] = {"program_id": program_id, "action_kind_id": kind_id, "actor_id": None}
        return lambda number: scene.earn(
            10,
            on=WEDNESDAY + timedelta(days=number % 3),
            person_id=person_id,
            team_id=team_id,
            candidate_id=1000 * at + number,
            source_id=1000 * at + number,
            **facts,
        )

    def weigh(at: int) -> Callable[[int], object]:
        return lambda _number: presence.changed(who[at % 2][0], WEEK.start, WEEK.end)

    acts = [log(at) for at in range(1, loggers + 1)] + [weigh(at) for at in range(weighers)]
    with ThreadPoolExecutor(len(acts)) as pool:
        return sum(pool.map(lambda act: _lost(app, act), acts))


def test_logging_and_reweighing_never_wait_for_each_other(real_app: Flask, scene: Scene) -> None:
    assert _deadlocks(real_app, scene) == 0


@pytest.mark.skipif("FANFARE_LOCK_ROUNDS" not in os.environ, reason="the control takes as long as deadlocks take")
def test_without_that_order_they_do(real_app: Flask, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_lock, "hold", lambda *_: None)
    assert _deadlocks(real_app, scene) > 0
