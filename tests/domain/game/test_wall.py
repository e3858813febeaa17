"""What a screen shows, on both engines: the upper half, what was done, what is celebrated, the week together."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from app import clock
from app.db import db
from app.domain.game import feed, ledger, screen, together, wall
from app.domain.game.feed import Told
from app.domain.game.running_total import Standing
from app.domain.game.together import Together
from app.domain.program import absence, common_block
from app.domain.program.block import Scope, reserve
from app.domain.program.program import the_program
from tests.domain.game.scene import WEDNESDAY, WEEK, Scene, start

MINUTE = timedelta(minutes=1)


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


def stand(scene: Scene, subject_id: int, **facts: object) -> None:
    """A row of this week's board; `sort_key` in hundredths."""
    names = ("actions", "helped", "verified", "standard_days", "available_days", "head_start", "tie_key", "points")
    place = {"program_id": scene.program_id, "period": "week", "period_start": WEEK.start, "subject_id": subject_id}
    row = {"scope": "person", "sort_key": 0, "hidden": False} | dict.fromkeys(names, 0) | place
    db.session.execute(insert(Standing).values(**row | facts))


@pytest.mark.parametrize(("people", "shown"), [(0, 0), (2, 2), (5, 3), (12, 6), (30, 8)])
def test_the_board_ends_at_its_middle(scene: Scene, people: int, shown: int) -> None:
    for number in range(people):
        stand(scene, number, sort_key=90_000 - 1000 * number)
    rows = wall.board(scene.program_id, "person", WEDNESDAY)
    assert [(row.place, row.score) for row in rows] == [(place, 910 - 10 * place) for place in range(1, shown + 1)]


def test_equals_share_a_place_and_whoever_is_hidden_has_none(scene: Scene) -> None:
    for subject_id, sort_key, tie_key in ((1, 500, 7), (2, 500, 7), (3, 500, 6), (4, 0, 9)):
        stand(scene, subject_id, sort_key=sort_key, tie_key=tie_key)
    rows = wall.board(scene.program_id, "person", WEDNESDAY)
    assert {(row.subject_id, row.place, row.shared) for row in rows} == {(1, 1, True), (2, 1, True), (3, 3, False)}


def test_a_team_has_a_board_of_its_own(scene: Scene) -> None:
    stand(scene, 1, sort_key=500, team_id=scene.team_id)
    stand(scene, 2, sort_key=900, team_id=scene.other_team_id)
    assert [row.subject_id for row in wall.board(scene.program_id, "person", WEDNESDAY, scene.team_id)] == [1]
    assert wall.team_names([scene.team_id]) == {scene.team_id: "Zwolle"}


def test_the_last_actions_are_those_that_stand(scene: Scene) -> None:
    scene.earn(10, source_id=1)
    scene.earn(30, source_id=2, hour=11, candidate_id=2, person_id=scene.colleague_id)
    scene.earn(30, source_id=3, candidate_id=3, source="import")
    scene.earn(20, source_id=2, kind="bonus", candidate_id=2)
    scene.earn(10, source_id=4, candidate_id=4, on=WEEK.start - clock.DAY)
    ledger.reverse("action", 1, by_id=None, now=Scene.now)
    (act,) = wall.last_actions(scene.program_id, WEDNESDAY)
    assert (act.person_id, act.label_nl, act.label_en) == (scene.colleague_id, "Gesprek", "Conversation")
    assert wall.last_actions(scene.program_id, WEDNESDAY, scene.other_team_id) == []


def test_what_was_just_told_is_celebrated(scene: Scene) -> None:
    for source_id, minutes in ((1, 11), (2, 9), (3, 1)):
        who = {"person_id": scene.person_id, "team_id": scene.team_id}
        feed.tell(scene.program_id, Told.APPOINTMENT, source_id, now=Scene.now - minutes * MINUTE, **who)
    feed.withdraw(feed.OF_ACTION, [3], Scene.now)
    assert [item.source_id for item in wall.celebrated(scene.program_id, Scene.now)] == [2]
    assert wall.celebrated(scene.program_id, Scene.now, scene.other_team_id) == []


def test_a_week_stands_beside_the_average_of_those_before_it(scene: Scene) -> None:
    program = the_program()
    assert program
    program.started_on = WEEK.start - 2 * clock.WEEK
    for number in range(3):
        scene.earn(30, on=WEEK.start - 5 * clock.DAY, candidate_id=number, source_id=number)
    scene.earn(10, candidate_id=9)
    scene.earn(20, candidate_id=8, team_id=None, person_id=scene.people.ada.id)
    assert together.in_week(program, None, WEDNESDAY) == Together(2, 30, 2, 2)
    assert together.in_week(program, scene.team_id, WEDNESDAY)[:2] == (1, 10)
    assert Together(1, 10, 4, 2).part == 25


def test_the_first_week_has_nothing_to_compare_with(scene: Scene) -> None:
    program = the_program()
    assert program
    program.started_on = WEDNESDAY
    assert together.in_week(program, None, WEDNESDAY) == Together(0, 0, None, 0)


def hang(scene: Scene) -> str:
    return screen.make(scene.program_id, "Kantine", team_id=None, seconds=15, sound=False, by_id=None, now=Scene.now)


def test_a_screen_is_known_by_the_hash_of_its_link(scene: Scene) -> None:
    key = hang(scene)
    (row,) = screen.of_program(scene.program_id)
    assert len(key) >= 32
    assert key not in vars(row).values()
    assert screen.opened_by(key) is row
    screen.revoke(row, Scene.now)
    assert (screen.opened_by(key), screen.opened_by("nothing"), screen.of_program(scene.program_id)) == (None, None, [])
    screen.bring_back(row)
    assert screen.opened_by(key) is row


def test_it_is_seen_once_a_minute(scene: Scene) -> None:
    hang(scene)
    (row,) = screen.of_program(scene.program_id)
    for seconds in (0, 59):
        screen.seen(row, Scene.now + timedelta(seconds=seconds))
        db.session.refresh(row)
        assert (row.seen_at, row.was_seen_by(Scene.now + timedelta(seconds=59))) == (Scene.now, True)
    assert not row.was_seen_by(Scene.now + MINUTE)


def test_the_block_that_all_have_keeps_out_of_the_way_of_closures(scene: Scene) -> None:
    """Scene.now is in the block of Friday; the next week is closed on Thursday and Friday."""
    thursday = WEEK.start + 10 * clock.DAY
    absence.record(absence.EVERYBODY, thursday, thursday + clock.DAY, by_id=None, now=Scene.now)
    running = common_block.coming(scene.program_id, None, Scene.now)
    after = common_block.coming(scene.program_id, None, Scene.now + 45 * MINUTE)
    assert running
    assert after
    assert [running.starts, after.starts] == [Scene.now, datetime(2026, 11, 25, 13, 30, tzinfo=UTC)]


def test_a_team_counts_down_to_its_own_block(scene: Scene) -> None:
    reserve(Scope(scene.program_id, scene.team_id), 0, 600, 30, from_week=WEEK.start, by_id=None, at=Scene.now)
    own = common_block.coming(scene.program_id, scene.team_id, Scene.now)
    assert own
    assert own.starts == datetime(2026, 11, 23, 9, tzinfo=UTC)
