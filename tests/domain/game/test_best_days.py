"""Tests that nothing logged lowers a score: of whoever works on more days than theirs the best ones count."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import db
from app.domain.game import fairness, ledger
from app.domain.game.doctor import standings_differences
from app.domain.game.excerpt import BoardKey
from app.domain.game.explain import explain
from app.domain.game.fairness import Weight, head_start, person_score
from app.domain.game.leaderboard import place_of
from app.domain.game.running_total import Standing
from app.domain.program import contract
from app.domain.program.program import the_program
from app.words.explained import formula
from tests.domain.game.scene import WEEK, Scene, show_names, start

MONDAY = WEEK.start
ROWS = st.lists(st.tuples(st.integers(0, 6), st.sampled_from((0, 10, 30, 90))), min_size=1, max_size=14)
CONTRACT = st.sets(st.integers(0, 4))


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


def _score(contract_days: int, rows: list[tuple[int, int]]) -> int:
    by_day = {day: sum(points for on, points in rows if on == day) for day, _ in rows}
    days = fairness.own_days(contract_days, len(by_day))
    points = sum(by_day.values())
    less = fairness.left_out(points, by_day.values(), days)
    return person_score(points, Weight(5, days, head_start(4000) - 100 * less))


@given(ROWS, st.integers(0, 5))
def test_without_any_one_of_them_the_score_is_never_higher(rows: list[tuple[int, int]], days: int) -> None:
    for number in range(len(rows)):
        less = rows[:number] + rows[number + 1 :]
        assert _score(days, less) <= _score(days, rows) or not less


def test_five_days_on_a_contract_of_one_are_not_worth_five_times_as_much() -> None:
    assert _score(1, [(day, 40) for day in range(5)]) == _score(5, [(day, 40) for day in range(5)]) == 28_000


def _log(scene: Scene, number: int, day: int, points: int, kind: str = "earn") -> None:
    facts: dict[str, Any] = {
        "candidate_id": 1,
        "source_id": number,
        "kind": kind,
        "reason": "" if kind == "earn" else "preferred",
    }
    scene.earn(points, on=MONDAY + timedelta(days=day), **facts)


def _standing(scene: Scene, period: str = "week") -> Standing:
    mine = select(Standing).where(Standing.subject_id == scene.person_id, Standing.scope == "person")
    row = mine.where(Standing.period == period).execution_options(populate_existing=True)
    return db.session.scalars(row).one()


@settings(max_examples=15)
@given(agreed=CONTRACT, rows=ROWS)
def test_nothing_that_is_logged_lowers_the_score(scene: Scene, agreed: set[int], rows: list[tuple[int, int]]) -> None:
    with db.session.begin_nested() as kept:
        contract.set_days(scene.people.sanne, agreed, date(2026, 1, 1), by_id=None, now=scene.now)
        before = 0
        for number, (day, points) in enumerate(rows):
            _log(scene, number, day, points)
            now = _standing(scene).sort_key
            assert now >= before
            before = now
        assert before == (_score(len(agreed), rows) if sum(points for _, points in rows) else 0)
        assert standings_differences() == []
        kept.rollback()


@settings(max_examples=15)
@given(agreed=CONTRACT, rows=ROWS, rival=st.integers(1, 40), today=st.integers(0, 6))
def test_the_gap_is_what_brings_another_place_whatever_day_it_is(
    scene: Scene, agreed: set[int], rows: list[tuple[int, int]], rival: int, today: int
) -> None:
    with db.session.begin_nested() as kept:
        contract.set_days(scene.people.sanne, agreed, date(2026, 1, 1), by_id=None, now=scene.now)
        scene.earn(10 * rival, person_id=scene.colleague_id, candidate_id=2, source_id=900)
        scene.earn(10 * rival, person_id=scene.people.tess.id, candidate_id=3, source_id=901, kind="bonus")
        for number, (day, points) in enumerate(rows):
            _log(scene, number, day, points)
        show_names(scene)
        _is_exact(scene, today)
        kept.rollback()


def _place(scene: Scene, today: int) -> tuple[int, int]:
    program = the_program()
    assert program
    key = BoardKey(program.id, "week", MONDAY)
    mine = place_of(program, key, scene.person_id, MONDAY + timedelta(days=today))
    return mine.place or 99, mine.gap or 0


def _is_exact(scene: Scene, today: int) -> None:
    """One point fewer leaves the place, and that many change it; the first row of a day makes it one of work."""
    before, gap = _place(scene, today)
    _log(scene, 499, today, 0)
    if gap > 1:
        _log(scene, 500, today, gap - 1, "bonus")
        assert _place(scene, today)[0] == before
    if gap:
        _log(scene, 501, today, 1, "bonus")
        assert _place(scene, today)[0] < before


def test_taking_back_on_a_day_that_does_not_count_takes_nothing(scene: Scene) -> None:
    contract.set_days(scene.people.sanne, {0}, date(2026, 1, 1), by_id=None, now=scene.now)
    _log(scene, 1, 0, 60)
    _log(scene, 2, 1, 30)
    before = _standing(scene).sort_key
    ledger.reverse("action", 2, by_id=None, now=scene.now)
    assert _standing(scene).sort_key == before
    assert standings_differences() == []


def test_the_team_is_weighed_by_the_same_days(scene: Scene) -> None:
    _team = select(Standing).where(Standing.scope == "team", Standing.period == "week")
    for day in range(5):
        _log(scene, day, day, 30)
    before = db.session.scalars(_team).one().sort_key
    _log(scene, 9, 6, 10)
    row = db.session.scalars(_team, execution_options={"populate_existing": True}).one()
    assert (row.points, row.available_days, row.head_start, row.sort_key) == (160, 20, -1000, before)


def test_the_page_says_what_does_not_count(scene: Scene) -> None:
    contract.set_days(scene.people.sanne, {0}, date(2026, 1, 1), by_id=None, now=scene.now)
    _log(scene, 1, 0, 60)
    _log(scene, 2, 1, 30)
    program = the_program()
    assert program
    key = BoardKey(program.id, "week", MONDAY)
    shown = explain(program, key, WEEK, viewer=scene.people.sanne, person_id=scene.person_id)
    assert shown
    assert (shown.points, shown.left_out) == (90, 30)
    assert shown.standing
    assert formula(shown.points, shown.standing, shown.left_out).startswith("(60 + 80")
