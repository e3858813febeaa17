"""The jobs of the plan: goals that were reached, and the pulse of the quarter."""

from datetime import date, datetime, timedelta

import pytest

from app.db import db
from app.domain.agency.person import Person
from app.domain.oversight.goal import Goal
from app.domain.oversight.pulse import Pulse, PulseGiven
from app.domain.program.program import the_program
from jobs import plan
from tests.domain.oversight.scene import NOW, scene


def aim(program_id: int, measure: str, target: float) -> Goal:
    row = Goal(program_id=program_id, measure=measure, target=target, due_on=date(2027, 1, 1), made_at=NOW)
    db.session.add(row)
    db.session.flush()
    return row


def settled(now: datetime = NOW) -> int:
    return plan.settle_goals("test", now)


@pytest.mark.usefixtures("session")
def test_goals_are_reached_by_their_figures() -> None:
    program = scene().program
    reached, ahead = aim(program.id, "adoption", 1), aim(program.id, "satisfaction", 5)
    db.session.commit()
    assert (settled(), settled()) == (1, 0)
    assert (reached.reached_on, ahead.reached_on) == (date(2026, 10, 29), None)


@pytest.mark.usefixtures("session")
def test_without_a_program_there_is_nothing_to_do() -> None:
    assert (settled(), plan.open_pulse("test", NOW)) == (0, 0)


@pytest.mark.usefixtures("session")
def test_the_pulse_opens_once_and_closes_after_two_weeks() -> None:
    scene()
    program = the_program()
    assert program is not None
    program.started_on = date(2026, 1, 5)
    people = db.session.query(Person).all()
    for person in people:
        person.password_hash = "x"
    db.session.commit()
    assert [plan.open_pulse("test", NOW) for _ in range(2)] == [1, 0]
    row = db.session.query(Pulse).one()
    db.session.add(PulseGiven(pulse_id=row.id, person_id=people[0].id))
    db.session.commit()
    assert [plan.open_pulse("test", NOW + timedelta(days=22)) for _ in range(2)] == [1, 0]
    assert db.session.query(PulseGiven).count() == 0
