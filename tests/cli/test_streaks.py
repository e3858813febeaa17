"""`flask streaks`: says how everybody stands, and rebuilds what was spoilt; the doctor sees it before."""

import json

from flask import Flask
from sqlalchemy import update

from app import clock
from app.db import db
from app.domain.actions import block_settling
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.streak import WeekState
from jobs.streaks import settle_due
from tests.domain.actions.test_action import Desk
from tests.domain.actions.test_attendance import FRIDAY, MONDAY, NOON, work


def kept(app: Flask) -> None:
    """Sanne kept one block, long ago; nobody has done anything since."""
    with app.app_context():
        desk = Desk()
        for person in desk.people.__dict__.values():
            person.joined_on = MONDAY
        work(desk, FRIDAY)
        db.session.commit()


def test_the_job_settles_once(real_app: Flask) -> None:
    kept(real_app)
    with real_app.app_context():
        assert [settle_due("me", now) for now in (FRIDAY, NOON, NOON)] == [0, 4, 0]
        db.session.remove()


def test_a_spoilt_week_is_named_and_rebuilt(app: Flask) -> None:
    kept(app)
    runner = app.test_cli_runner()
    assert "weeks changed" in runner.invoke(args=["streaks", "--rebuild"]).output
    with app.app_context():
        db.session.execute(update(BlockWeek).where(BlockWeek.week == MONDAY).values(state=WeekState.FROZEN))
        db.session.commit()
    named = json.loads(runner.invoke(args=["doctor", "--json"]).output)["checks"]["streaks"]["problems"]
    assert "the week of 2026-03-02 of Sanne de Vries: stored frozen with 5 actions" in named[0]
    assert runner.invoke(args=["streaks", "--rebuild"]).output.startswith("4 weeks changed")
    lines = runner.invoke(args=["streaks"]).output.splitlines()
    assert "Sanne de Vries: 0 weeks, 0 freezes, best 1, this week 0 of 5" in lines
    with app.app_context():
        assert not list(block_settling.differences(clock.now()))
