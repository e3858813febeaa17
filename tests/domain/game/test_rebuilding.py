"""Tests of boards and coins made anew from the ledger, as after an upgrade of a program with a past."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import TextClause, select, text

from app.db import db
from app.domain.game import coin_check, ledger, rebuilding
from app.domain.game.coins import balance_of
from app.domain.game.doctor import standings_differences
from app.domain.game.running_total import Standing
from jobs.boards import rebuild_due
from tests.domain.game.scene import WEDNESDAY, Scene, start, total

BEFORE_THE_UPGRADE = (
    "DELETE FROM standing WHERE period = 'all' OR (scope = 'person' AND points = 0)",
    "UPDATE standing SET standard_days = 0, available_days = 0, worked_days = 0, head_start = 0",
    "UPDATE standing SET sort_key = points * 100",
    "DELETE FROM board_start",
    "DELETE FROM coin_balance",
    "INSERT INTO board_start SELECT id, 'old', '1970-01-01', 0 FROM program",
)


def _history() -> Scene:
    scene = start()
    for weeks in range(3):
        scene.earn(30, on=WEDNESDAY - timedelta(weeks=weeks), source_id=weeks)
        scene.earn(40, on=WEDNESDAY - timedelta(weeks=weeks), person_id=scene.colleague_id, candidate_id=2)
    ledger.reverse("action", 2, by_id=None, now=scene.now)
    return scene


def _as_before() -> None:
    for change in BEFORE_THE_UPGRADE:
        db.session.execute(text(change))


@pytest.fixture
def scene(session: None) -> Scene:
    return _history()


def test_after_an_upgrade_everything_is_made_anew_once(scene: Scene) -> None:
    _as_before()
    assert rebuilding.is_due()
    assert standings_differences()
    assert coin_check.wrong_balances()
    assert rebuilding.rebuild() == 3 + 1 + 1
    coin_check.mend()
    assert (rebuilding.is_due(), standings_differences(), coin_check.wrong_balances()) == (False, [], [])
    assert total(scene.person_id) == (30, 1, 1)
    assert balance_of(scene.person_id).balance == 60


def test_what_was_right_stays_the_same(scene: Scene) -> None:
    before = _rows()
    rebuilding.rebuild()
    coin_check.mend()
    assert _rows() == before


def _rows() -> list[tuple[object, ...]]:
    columns = [column for column in Standing.__table__.c if column.name != "id"]
    return sorted(tuple(map(str, row)) for row in db.session.execute(select(*columns)))


def test_points_without_coins_are_named(scene: Scene) -> None:
    db.session.execute(text("UPDATE coin_balance SET balance = balance + 1, owed = 1"))
    assert {each.person_id for each in coin_check.wrong_balances()} == {scene.person_id, scene.colleague_id}
    row = scene.earn(30, candidate_id=9)
    db.session.execute(_another(row))
    assert [(each.entry_id, each.coins) for each in coin_check.unpaid()] == [(row + 1, None)]


def _another(entry_id: int) -> TextClause:
    columns = "program_id, person_id, kind, points, reason, occurred_at, local_date, recorded_at, source, source_kind"
    return text(
        f"INSERT INTO ledger_entry (id, {columns}, source_id, line) SELECT id + 1, {columns}, 77, 0"
        f" FROM ledger_entry WHERE id = {entry_id}"
    )


def test_the_job_does_it_once_and_the_doctor_on_request(real_app: Flask) -> None:
    with real_app.app_context():
        scene = _history()
        _as_before()
        db.session.commit()
        assert (rebuild_due("me", scene.now), rebuild_due("me", scene.now)) == (5, 0)
        db.session.execute(text("UPDATE standing SET points = points + 1"))
        db.session.commit()
    mended = real_app.test_cli_runner().invoke(args=["doctor", "--mend"])
    assert "5 boards were made anew" in mended.output
    assert "standings    ok" in mended.output
    assert "coins        ok" in mended.output


def test_a_candidate_helped_again_counts_once_a_board_whatever_days_it_was_on(scene: Scene) -> None:
    """The last days of September and the first of October 2026 are one week of two months."""
    for number, days in enumerate((0, 0, 1, 48, 49, 50, 51, 56), 100):
        for colleague in (scene.person_id, scene.colleague_id):
            scene.earn(10, on=WEDNESDAY - timedelta(days=days), candidate_id=7, source_id=number, person_id=colleague)
    for taken_back in (100, 104, 107):
        ledger.reverse("action", taken_back, by_id=None, now=scene.now)
    before = _rows()
    rebuilding.rebuild()
    assert _rows() == before
    assert standings_differences() == []
