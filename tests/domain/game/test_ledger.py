"""Tests of the ledger: rows that never change, and standings that move with them."""

import uuid
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.db import db
from app.domain.game import ledger
from tests.domain.game.scene import WEEK, Scene, start, total


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


@pytest.mark.parametrize("change", ["UPDATE ledger_entry SET points = 1", "DELETE FROM ledger_entry"])
def test_a_row_is_never_changed_nor_deleted(scene: Scene, change: str) -> None:
    scene.earn(30)
    with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(change))


def test_a_row_moves_four_boards(scene: Scene) -> None:
    scene.earn(30, on=date(2026, 11, 18))
    rows = db.session.execute(text("SELECT scope, period, points FROM standing ORDER BY scope, period")).all()
    assert [tuple(row) for row in rows] == [
        ("person", "month", 30),
        ("person", "week", 30),
        ("team", "month", 30),
        ("team", "week", 30),
    ]


def test_somebody_without_a_team_is_on_two_boards(scene: Scene) -> None:
    scene.earn(30, team_id=None)
    assert db.session.scalar(text("SELECT count(*) FROM standing")) == 2


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
    teams = db.session.scalars(text("SELECT team_id FROM standing WHERE scope = 'person'")).all()
    assert teams == [scene.other_team_id] * 2


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
