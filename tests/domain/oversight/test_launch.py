"""The launch checklist: what ticks itself, and what people tick."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.streak import WeekState
from app.domain.agency import picture
from app.domain.agency.person import Person
from app.domain.oversight import launch, scan
from app.domain.oversight.goal import Goal
from app.domain.oversight.launch import Step
from app.domain.oversight.scan import Question
from app.domain.program import block
from app.domain.program.program import Program
from tests import make

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
DAY = date(2026, 10, 1)


@pytest.fixture
def program(session: None) -> Program:
    make.agency()
    return make.program(sponsor=make.person("Ines Visser"), consent=False)


def done(program: Program) -> set[Step]:
    db.session.flush()
    return {each.step for each in launch.steps(program.id) if each.done}


def test_a_program_begins_with_its_name_alone(program: Program) -> None:
    assert done(program) == {Step.NAMED}


def test_a_sponsor_has_a_message_and_a_photo(program: Program) -> None:
    program.sponsor_message = "Elke kandidaat telt."
    assert Step.SPONSOR not in done(program)
    sponsor = make.person("Ada Smit")
    sponsor.picture_id, program.sponsor_id = picture.store(make.PNG, NOW).id, sponsor.id
    assert Step.SPONSOR in done(program)


def test_three_goals_that_were_not_given_up_are_a_plan(program: Program) -> None:
    for measure in ("coverage", "adoption", "late"):
        db.session.add(Goal(program_id=program.id, measure=measure, target=1, due_on=DAY, made_at=NOW))
    assert Step.GOALS in done(program)
    db.session.query(Goal).where(Goal.measure == "late").one().ended_at = NOW
    assert Step.GOALS not in done(program)


def test_a_scan_a_block_candidates_and_a_week_that_was_kept(program: Program) -> None:
    person = make.person("Sanne de Vries")
    scan.take(program.id, dict.fromkeys(Question, 3), "", by_id=person.id, now=NOW, today=DAY)
    make.candidate()
    db.session.query(block.Block).one().set_by_id = person.id
    db.session.add(BlockWeek(person_id=person.id, week=DAY, state=WeekState.MISSED, settled_at=NOW))
    found = done(program)
    assert {Step.SCAN, Step.CANDIDATES, Step.BLOCK} <= found
    assert Step.BLOCK_HELD not in found
    db.session.query(BlockWeek).one().state = WeekState.KEPT
    assert Step.BLOCK_HELD in done(program)


def test_five_have_joined_when_they_chose_a_password(program: Program) -> None:
    for number in range(launch.SEVERAL):
        make.person(f"N{number} Bakker").password_hash = "x"
    assert Step.PEOPLE in done(program)
    make_gone = db.session.scalars(select(Person).where(Person.password_hash.is_not(None))).first()
    assert make_gone is not None
    make_gone.deactivated_at = NOW
    assert Step.PEOPLE not in done(program)


def test_what_only_people_see_is_ticked_by_hand_once_and_undone(program: Program) -> None:
    by = make.person("Sanne de Vries").id
    launch.tick(program.id, Step.KICK_OFF, by, NOW)
    launch.tick(program.id, Step.KICK_OFF, by, NOW)
    assert Step.KICK_OFF in done(program)
    launch.untick(program.id, Step.KICK_OFF)
    assert Step.KICK_OFF not in done(program)


def test_what_fanfare_sees_cannot_be_ticked(program: Program) -> None:
    launch.tick(program.id, Step.COUNCIL, make.person("Sanne de Vries").id, NOW)
    assert Step.COUNCIL not in done(program)
