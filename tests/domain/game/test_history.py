"""Tests of boards as they were at a moment."""

from datetime import UTC, date, datetime

import pytest

from app.domain.game import ledger
from app.domain.game.history import board_at, places_before
from tests.domain.game.scene import WEDNESDAY, ZONE, Scene, start


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


def _at(scene: Scene, hour: int, period: str = "week") -> list[tuple[str, int, int, int, int | None]]:
    lines = board_at(scene.program_id, period, datetime(2026, 11, 18, hour, tzinfo=ZONE), ZONE)
    return [(line.name, line.placed.points, line.actions, line.placed.helped, line.placed.place) for line in lines]


def test_only_what_had_occurred_by_then_counts(scene: Scene) -> None:
    scene.earn(30, hour=10)
    scene.earn(40, hour=12, person_id=scene.colleague_id, candidate_id=2)
    assert _at(scene, 9) == []
    assert _at(scene, 10) == [("Sanne de Vries", 30, 1, 1, 1)]
    assert _at(scene, 12) == [("Bram Jansen", 40, 1, 1, 1), ("Sanne de Vries", 30, 1, 1, 2)]


def test_what_was_taken_back_never_counted(scene: Scene) -> None:
    scene.earn(30, hour=10, source_id=7)
    ledger.reverse("action", 7, by_id=None, now=scene.now)
    assert _at(scene, 11) == [("Sanne de Vries", 0, 0, 0, None)]


def test_a_month_holds_more_than_its_week(scene: Scene) -> None:
    scene.earn(30, on=date(2026, 11, 2))
    scene.earn(30, hour=10)
    assert _at(scene, 11) == [("Sanne de Vries", 30, 1, 1, 1)]
    assert _at(scene, 11, "month") == [("Sanne de Vries", 60, 2, 1, 1)]


def test_the_week_begins_by_the_agency_s_own_clock(scene: Scene) -> None:
    sunday_night = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    scene.earn(30, on=date(2026, 11, 16), occurred_at=sunday_night)
    assert len(board_at(scene.program_id, "week", sunday_night, ZONE)) == 1


def test_places_before_a_day_leave_that_day_out(scene: Scene) -> None:
    scene.earn(30, on=date(2026, 11, 17))
    scene.earn(90, person_id=scene.people.otto.id, team_id=scene.other_team_id, candidate_id=2)
    assert places_before(scene.program_id, "person", date(2026, 11, 16), WEDNESDAY) == {scene.person_id: 1}
    assert places_before(scene.program_id, "team", date(2026, 11, 16), WEDNESDAY) == {scene.team_id: 1}
