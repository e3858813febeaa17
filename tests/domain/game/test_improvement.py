"""Tests of improvement and of the other measures: against oneself, weighed by working days, never of the hidden."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.actions import metrics
from app.domain.game import appearance, compared
from app.domain.game.excerpt import BoardKey
from app.domain.game.improvement import by_improvement, improvement, periods_known
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import the_program
from tests.domain.game.scene import WEDNESDAY, WEEK, Scene, show_names, start

WEEKS = timedelta(weeks=1)


@pytest.fixture
def scene(session: None) -> Scene:
    scene = start()
    show_names(scene)
    return scene


@pytest.fixture
def key(scene: Scene) -> BoardKey:
    return BoardKey(scene.program_id, "week", WEEK.start)


@pytest.mark.parametrize(
    ("own", "past", "half_median", "percent"),
    [
        (150, [100] * 4, 0, 150),
        (150, [100] * 3, 0, None),
        (500, [100] * 4, 0, 200),
        (0, [100] * 4, 0, 0),
        (150, [10] * 4, 100, 150),
        (150, [100] * 8 + [9000], 0, 150),
        (5, [0] * 4, 0, 200),
    ],
)
def test_improvement_is_against_ones_own_last_eight(
    own: int, past: list[int], half_median: int, percent: int | None
) -> None:
    assert improvement(own, past, half_median) == (None if percent is None else 100 * percent)


def _past(scene: Scene, weeks: int) -> None:
    for number in range(1, weeks + 1):
        scene.earn(30, on=WEDNESDAY - number * WEEKS, candidate_id=number)


def test_it_needs_four_closed_weeks(scene: Scene, key: BoardKey) -> None:
    scene.earn(60, candidate_id=50)
    _past(scene, 3)
    assert (by_improvement(key), periods_known(key, scene.person_id)) == ({}, 3)
    scene.earn(30, on=WEDNESDAY - 4 * WEEKS, candidate_id=9)
    assert by_improvement(key)[scene.person_id] > 10000


def test_candidates_helped_and_answered_contacts_are_weighed(scene: Scene, key: BoardKey) -> None:
    scene.earn(30)
    scene.earn(30, candidate_id=2, action_kind_id=_two_way(scene))
    row = next(row for row in compared.weighed(key) if row.person_id == scene.person_id)
    factor = 100 * (row.weight.standard_days + 2) // (row.weight.available_days + 2)
    assert compared.by_helped(key)[scene.person_id] == 2 * factor
    assert compared.by_answered(key, WEEK)[scene.person_id] == factor


def _two_way(scene: Scene) -> int:
    kind = ActionKind(program_id=scene.program_id, code="w", label_nl="W", label_en="W", two_way=True)
    db.session.add(kind)
    db.session.flush()
    return kind.id


def test_whoever_is_hidden_is_on_none_of_these_boards(scene: Scene, key: BoardKey) -> None:
    scene.earn(30)
    scene.earn(30, person_id=scene.colleague_id, candidate_id=2)
    appearance.choose(scene.people.sanne, "hidden", scene.now)
    program = the_program()
    assert program
    facts = {"viewer": scene.people.bram, "everyone": True, "language": "nl"}
    for metric in ("helped", "answered", "improvement", "kept"):
        board = metrics.board_by(metric, program, key, WEEK, **facts)  # type: ignore[arg-type] # as the route gives them
        assert scene.person_id not in {row.subject_id for row in board.rows}
    appearance.set_mode(program, "team", all_time=False)
    assert not metrics.board_by("helped", program, key, WEEK, **facts).compared  # type: ignore[arg-type] # as above
