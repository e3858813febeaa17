"""Tests of the proof that standings are the sum of the ledger, over random histories."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.db import db
from app.domain.game import ledger
from app.domain.game.doctor import Place, standings_differences
from app.domain.game.excerpt import BoardKey, around
from app.domain.game.history import places_before
from app.domain.game.ledger import rows_for
from app.domain.game.running_total import PERIODS
from tests.domain.game.scene import WEEK, Scene, start, total

FIRST = date(2026, 11, 23)
CREDITS = st.tuples(
    st.integers(0, 3),
    st.booleans(),
    st.sampled_from((0, 5, 10, 30)),
    st.integers(0, 15),
    st.integers(1, 4),
    st.sampled_from(("earn", "earn", "bonus")),
)
HISTORIES = st.lists(st.one_of(CREDITS, st.integers(0, 30)), max_size=30)


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


def _play(scene: Scene, history: list[tuple[int, bool, int, int, int, str] | int]) -> None:
    """Every tuple earns; every number takes back what the row of that number earned."""
    people = [scene.people.sanne, scene.people.bram, scene.people.tess, scene.people.otto]
    for number, step in enumerate(history):
        if isinstance(step, int):
            ledger.reverse("action", step, by_id=None, now=scene.now)
            continue
        who, elsewhere, points, days, candidate, kind = step
        scene.earn(
            points,
            on=FIRST + timedelta(days=days),
            person_id=people[who].id,
            team_id=scene.other_team_id if elsewhere else people[who].team_id,
            candidate_id=candidate,
            kind=kind,
            source_id=number,
        )


@settings(max_examples=60)
@given(HISTORIES)
def test_standings_are_what_the_ledger_says(
    scene: Scene, history: list[tuple[int, bool, int, int, int, str] | int]
) -> None:
    with db.session.begin_nested() as savepoint:
        _play(scene, history)
        assert standings_differences() == []
        savepoint.rollback()


@settings(max_examples=40)
@given(HISTORIES)
def test_rows_sum_to_the_total(scene: Scene, history: list[tuple[int, bool, int, int, int, str] | int]) -> None:
    with db.session.begin_nested() as savepoint:
        _play(scene, history)
        for name, period in PERIODS.items():
            rows = rows_for(scene.person_id, period(FIRST)).rows
            found = total(scene.person_id, name, period(FIRST).start)
            assert sum(row.points for row in rows) == (found[0] if found else 0)
        savepoint.rollback()


@settings(max_examples=40)
@given(HISTORIES)
def test_the_excerpt_is_what_the_whole_board_shows(
    scene: Scene, history: list[tuple[int, bool, int, int, int, str] | int]
) -> None:
    with db.session.begin_nested() as savepoint:
        _play(scene, history)
        whole = places_before(scene.program_id, "person", FIRST, FIRST + timedelta(days=7))
        lines = around(BoardKey(scene.program_id, "week", FIRST), scene.person_id, 3).lines
        assert all(whole.get(int(line.placed.person_id)) == line.placed.place for line in lines)
        savepoint.rollback()


def test_a_planted_difference_is_found(scene: Scene) -> None:
    scene.earn(30)
    db.session.execute(
        text("UPDATE standing SET points = 31 WHERE scope = 'person' AND period = 'week' AND points = 30")
    )
    (found,) = standings_differences()
    assert found.place == Place(scene.program_id, "person", "week", WEEK.start, scene.person_id)
    assert found.stored
    assert found.computed
    assert (found.stored.points, found.computed.points) == (31, 30)


def test_a_lost_total_is_found(scene: Scene) -> None:
    scene.earn(30)
    db.session.execute(text("DELETE FROM standing WHERE scope = 'team'"))
    assert [found.stored for found in standings_differences()] == [None, None, None]


def test_no_more_are_named_than_asked(scene: Scene) -> None:
    scene.earn(30)
    db.session.execute(text("UPDATE standing SET helped = 9"))
    assert len(standings_differences(most=3)) == 3
