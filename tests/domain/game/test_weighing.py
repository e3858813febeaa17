"""Tests of what points on a board are weighed by: contracts, leave, closures, joining, teams and hiding."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event, select, text

from app.db import db
from app.domain.agency import person as people_of
from app.domain.agency import staff
from app.domain.agency.person import Person, Role
from app.domain.game import appearance
from app.domain.game.board_start import BoardStart
from app.domain.game.doctor import standings_differences
from app.domain.game.fairness import PRESET_AVERAGE
from app.domain.game.running_total import PERIODS, Standing
from app.domain.program import absence, contract
from tests.domain.game.scene import WEDNESDAY, WEEK, Scene, start

MONDAY = WEEK.start


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


def standing(subject_id: int, period: str = "week", scope: str = "person", day: date = WEDNESDAY) -> Standing:
    rows = select(Standing).where(
        Standing.scope == scope,
        Standing.subject_id == subject_id,
        Standing.period == period,
        Standing.period_start == PERIODS[period](day).start,
    )
    return db.session.scalars(rows, execution_options={"populate_existing": True}).one()


def days(person: Person, period: str = "week") -> int:
    return standing(person.id, period).available_days


def test_who_works_whole_weeks_is_weighed_by_one(scene: Scene) -> None:
    scene.earn(30)
    row = standing(scene.person_id)
    assert (row.standard_days, row.available_days, row.head_start) == (5, 5, 2 * PRESET_AVERAGE)
    assert row.sort_key == 30 * 100 + 2 * PRESET_AVERAGE


def test_a_contract_of_two_days_weighs_points_more(scene: Scene) -> None:
    contract.set_days(scene.people.sanne, {0, 2}, date(2026, 1, 1), by_id=None, now=scene.now)
    scene.earn(30)
    assert days(scene.people.sanne) == 2
    assert standing(scene.person_id).sort_key == (3000 + 2 * PRESET_AVERAGE) * 7 // 4


def test_leave_rewrites_the_boards_that_it_touches_and_no_other(scene: Scene) -> None:
    scene.earn(30)
    scene.earn(30, on=WEDNESDAY - timedelta(days=7))
    away = absence.record(scene.person_id, MONDAY, MONDAY + timedelta(days=1), by_id=None, now=scene.now)
    assert (days(scene.people.sanne), days(scene.people.sanne, "month")) == (3, 19)
    assert standing(scene.person_id, day=WEDNESDAY - timedelta(days=7)).available_days == 5
    absence.withdraw(away, scene.now)
    assert days(scene.people.sanne) == 5
    assert standings_differences() == []


def test_a_closure_counts_for_nobody(scene: Scene) -> None:
    scene.earn(30)
    absence.record(absence.EVERYBODY, WEDNESDAY, WEDNESDAY, by_id=None, now=scene.now)
    row = standing(scene.person_id)
    assert (row.standard_days, row.available_days) == (4, 4)
    assert standings_differences() == []


def test_a_closed_week_weighs_nobody_and_points_are_points(scene: Scene) -> None:
    absence.record(absence.EVERYBODY, MONDAY, MONDAY + timedelta(days=6), by_id=None, now=scene.now)
    for day in range(3):
        scene.earn(30, on=MONDAY + timedelta(days=day), source_id=day, candidate_id=day)
    row = standing(scene.person_id)
    assert (row.standard_days, row.available_days, row.head_start, row.sort_key) == (1, 1, 0, 9000)
    assert standings_differences() == []


def test_what_is_logged_in_a_closed_week_is_not_weighed_anew(scene: Scene) -> None:
    absence.record(absence.EVERYBODY, MONDAY, MONDAY + timedelta(days=6), by_id=None, now=scene.now)
    scene.earn(30)
    said: list[str] = []

    def listen(*each: Any) -> None:  # noqa: ANN401 - as it comes
        said.append(each[2])

    event.listen(db.engine, "before_cursor_execute", listen)
    scene.earn(30, hour=11, source_id=2)
    event.remove(db.engine, "before_cursor_execute", listen)
    assert not [statement for statement in said if statement.startswith("UPDATE standing")]


def test_days_begin_when_somebody_joins_and_end_when_they_leave(scene: Scene) -> None:
    new = people_of.add("Nina Nieuw", None, Role.RECRUITER, team_id=scene.team_id, today=WEDNESDAY, at=scene.now)
    scene.earn(30, person_id=new.id)
    assert days(new) == 3
    staff.deactivate(new, scene.people.ada, scene.now)
    assert days(new) == 2
    assert standings_differences() == []


def test_a_team_is_weighed_by_everybody_in_it(scene: Scene) -> None:
    scene.earn(40)
    row = standing(scene.team_id, scope="team")
    assert (row.available_days, row.sort_key) == (20, 40 * 100 * 5 // 20)
    assert standing(scene.people.tess.id).points == 0


def test_a_team_of_two_has_no_score(scene: Scene) -> None:
    scene.earn(40, person_id=scene.people.otto.id, team_id=scene.other_team_id)
    row = standing(scene.other_team_id, scope="team")
    assert (row.points, row.available_days, row.sort_key) == (40, 0, 0)


def _move(scene: Scene, person: Person, team_id: int | None) -> None:
    with time_machine.travel(scene.now, tick=False):
        staff.edit(person, scene.people.ada, name=person.name, email=person.email, role=person.role, team_id=team_id)


def test_who_earned_nothing_yet_goes_along_to_another_team_and_history_does_not(scene: Scene) -> None:
    scene.earn(40)
    scene.earn(40, on=WEDNESDAY - timedelta(days=7))
    _move(scene, scene.people.tess, scene.other_team_id)
    assert standing(scene.team_id, scope="team").available_days == 15
    assert standing(scene.team_id, scope="team", day=WEDNESDAY - timedelta(days=7)).available_days == 20
    assert standings_differences() == []


def test_who_earned_for_a_team_shares_in_it_until_they_earn_for_another(scene: Scene) -> None:
    scene.earn(40)
    team_id = scene.team_id
    _move(scene, scene.people.sanne, scene.other_team_id)
    assert standing(team_id, scope="team").available_days == 20
    scene.earn(10, team_id=scene.other_team_id, candidate_id=3)
    assert standing(team_id, scope="team").available_days == 15
    assert standings_differences() == []


def test_whoever_hides_is_on_no_board_of_people_and_the_team_keeps_the_points(scene: Scene) -> None:
    scene.earn(40)
    appearance.choose(scene.people.sanne, appearance.HIDDEN, scene.now)
    assert {standing(scene.person_id, period).sort_key for period in ("week", "month", "all")} == {0}
    scene.earn(40, candidate_id=2)
    assert standing(scene.person_id).sort_key == 0
    assert standing(scene.team_id, scope="team").points == 80
    appearance.choose(scene.people.sanne, appearance.NAMED, scene.now)
    assert standing(scene.person_id).sort_key == 80 * 100 + 2 * PRESET_AVERAGE


def test_a_day_is_worth_what_it_was_in_the_eight_weeks_before_and_stays_so(scene: Scene) -> None:
    for weeks, points in ((1, 100), (2, 200), (9, 9000)):
        scene.earn(points, on=WEDNESDAY - timedelta(weeks=weeks), team_id=None)
    scene.earn(30, team_id=None)
    scene.earn(500, on=WEDNESDAY - timedelta(weeks=1), team_id=None, candidate_id=2)
    average = select(BoardStart.average).where(BoardStart.period == "week", BoardStart.period_start == MONDAY)
    assert db.session.scalar(average) == 300 * 100 // 10
    assert standing(scene.person_id).head_start == 2 * 3000


def test_a_new_week_writes_nothing(scene: Scene) -> None:
    scene.earn(30)
    count = text("SELECT (SELECT count(*) FROM standing) + (SELECT count(*) FROM board_start)")
    before = db.session.scalar(count)
    with time_machine.travel(scene.now + timedelta(weeks=2), tick=False):
        assert PERIODS["week"](WEDNESDAY + timedelta(weeks=2)).start > WEEK.start
    assert db.session.scalar(count) == before
