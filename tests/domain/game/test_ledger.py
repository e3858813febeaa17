"""Tests of the ledger: rows that never change, and standings that move with them."""

import uuid
from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.db import db
from app.domain.game import ledger
from app.domain.game.running_total import Standing
from tests.domain.game.scene import WEEK, Scene, start, total


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


@pytest.mark.parametrize("change", ["UPDATE ledger_entry SET points = 1", "DELETE FROM ledger_entry"])
def test_a_row_is_never_changed_nor_deleted(scene: Scene, change: str) -> None:
    scene.earn(30)
    with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(change))


def boards_of(scope: str, subject_id: int) -> list[tuple[str, int]]:
    rows = select(Standing.period, Standing.points).where(Standing.scope == scope, Standing.subject_id == subject_id)
    return [(period, points) for period, points in db.session.execute(rows.order_by(Standing.period))]


def test_a_row_moves_the_boards_of_person_and_team(scene: Scene) -> None:
    scene.earn(30, on=date(2026, 11, 18))
    everywhere = [("all", 30), ("month", 30), ("week", 30)]
    assert boards_of("person", scene.person_id) == boards_of("team", scene.team_id) == everywhere


def test_somebody_without_a_team_is_on_boards_of_people_alone(scene: Scene) -> None:
    scene.earn(30, team_id=None)
    assert db.session.scalar(select(func.count()).select_from(Standing)) == 3


def test_a_team_is_credited_without_a_person(scene: Scene) -> None:
    scene.earn(30, person_id=None, kind="bonus", candidate_id=None)
    assert boards_of("team", scene.team_id) == [("all", 30), ("month", 30), ("week", 30)]
    assert {points for _, points in boards_of("person", scene.person_id)} == {0}


def test_a_board_adds_up(scene: Scene) -> None:
    scene.earn(30)
    scene.earn(40, candidate_id=2)
    scene.earn(10, kind="bonus", candidate_id=2)
    assert total(scene.person_id) == (80, 2, 2)


def test_a_candidate_is_helped_once(scene: Scene) -> None:
    scene.earn(30)
    scene.earn(30)
    assert total(scene.person_id) == (60, 2, 1)


def test_no_points_help_nobody(scene: Scene) -> None:
    scene.earn(0)
    assert total(scene.person_id) == (0, 1, 0)


def test_points_without_a_candidate_help_nobody_and_stay_so(scene: Scene) -> None:
    scene.earn(500, kind="adjust", candidate_id=None, source_id=9)
    ledger.reverse("action", 9, by_id=None, now=scene.now)
    assert total(scene.person_id) == (0, 0, 0)


def test_a_week_across_two_months_counts_per_board(scene: Scene) -> None:
    scene.earn(30, on=date(2026, 11, 30))
    scene.earn(30, on=date(2026, 12, 1))
    assert total(scene.person_id, "week", date(2026, 11, 30)) == (60, 2, 1)
    assert total(scene.person_id, "month", date(2026, 11, 1)) == (30, 1, 1)
    assert total(scene.person_id, "month", date(2026, 12, 1)) == (30, 1, 1)


def test_a_reversal_is_dated_as_the_original(scene: Scene) -> None:
    first = scene.earn(30, on=date(2026, 11, 9), source_id=7)
    assert ledger.reverse("action", 7, by_id=scene.person_id, now=scene.now) == 30
    row = db.session.scalars(db.select(ledger.LedgerEntry).where(ledger.LedgerEntry.reverses_id == first)).one()
    assert (row.points, row.local_date, row.recorded_at) == (-30, date(2026, 11, 9), scene.now)
    assert total(scene.person_id, "week", date(2026, 11, 9)) == (0, 0, 0)


def test_a_reversal_takes_every_line_once(scene: Scene) -> None:
    scene.earn(30, source_id=7)
    scene.earn(10, source_id=7, kind="bonus", candidate_id=1)
    assert ledger.reverse("action", 7, by_id=None, now=scene.now) == 40
    assert ledger.reverse("action", 7, by_id=None, now=scene.now) == 0


def test_a_reversal_keeps_the_team_that_somebody_has_now(scene: Scene) -> None:
    scene.earn(30, source_id=7)
    scene.earn(30, team_id=scene.other_team_id)
    ledger.reverse("action", 7, by_id=None, now=scene.now)
    mine = select(Standing.team_id).where(Standing.scope == "person", Standing.subject_id == scene.person_id)
    assert db.session.scalars(mine).all() == [scene.other_team_id] * 3


def test_who_is_helped_twice_stays_helped_after_one_reversal(scene: Scene) -> None:
    scene.earn(30, source_id=7)
    scene.earn(30, source_id=8)
    ledger.reverse("action", 8, by_id=None, now=scene.now)
    assert total(scene.person_id) == (30, 1, 1)


def test_a_team_counts_a_candidate_of_two_people_once(scene: Scene) -> None:
    scene.earn(30)
    scene.earn(30, person_id=scene.colleague_id)
    assert total(scene.team_id, scope="team") == (60, 2, 1)


def test_the_same_key_and_line_is_refused(scene: Scene) -> None:
    key = uuid.uuid4().bytes
    scene.earn(30, key=key)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        scene.earn(30, key=key, candidate_id=2)


def test_a_combination_earns_once_until_it_is_taken_back(scene: Scene) -> None:
    combination = (scene.person_id, 1, scene.kind_id, date(2026, 11, 18))
    assert ledger.earned(*combination) == (0, 0)
    scene.earn(30, nth=0, source_id=7)
    assert ledger.earned(*combination) == (1, 0)
    ledger.reverse("action", 7, by_id=None, now=scene.now)
    assert ledger.earned(*combination) == (1, 1)


def test_the_same_earning_is_refused(scene: Scene) -> None:
    scene.earn(30, nth=0)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        scene.earn(30, nth=0)


def test_rows_of_a_week_come_newest_first(scene: Scene) -> None:
    scene.earn(10, on=date(2026, 11, 16))
    scene.earn(30, on=date(2026, 11, 22))
    scene.earn(40, on=date(2026, 11, 23))
    page = ledger.rows_for(scene.person_id, WEEK)
    assert [row.points for row in page.rows] == [30, 10]
