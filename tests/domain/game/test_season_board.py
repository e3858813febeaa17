"""Tests of the board of a season: what it takes, when it closes, and that other days make it anew."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.game import ledger
from app.domain.game.doctor import standings_differences
from app.domain.game.running_total import PERIODS, period_from
from app.domain.program import absence, season
from app.domain.program.season import Season
from tests.domain.game.scene import WEDNESDAY, Scene, start, total

FIRST, LAST = date(2026, 11, 2), date(2026, 12, 6)
BEFORE, NOON = datetime(2026, 12, 7, 10, 59, tzinfo=UTC), datetime(2026, 12, 7, 11, 0, tzinfo=UTC)


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


@pytest.fixture
def autumn(scene: Scene) -> Season:
    return season.add(scene.program_id, "Herfst", FIRST, LAST, by_id=None, now=scene.now)


def of_season(scene: Scene, first: date = FIRST) -> tuple[int, ...] | None:
    return total(scene.person_id, "season", first)


def test_a_season_counts_its_own_days(scene: Scene, autumn: Season) -> None:
    for day in (FIRST - timedelta(days=1), FIRST, LAST):
        scene.earn(30, on=day)
    assert of_season(scene) == (60, 2, 1)


def test_between_seasons_there_is_no_board(scene: Scene, autumn: Season) -> None:
    dates = PERIODS["season"](LAST + timedelta(days=1))
    assert dates.start == dates.end
    assert period_from("season", FIRST) == PERIODS["season"](WEDNESDAY)
    assert period_from("season", WEDNESDAY) is None


def test_at_noon_of_the_next_working_day_it_takes_nothing_more(scene: Scene, autumn: Season) -> None:
    scene.earn(30, on=LAST, recorded_at=BEFORE)
    scene.earn(40, on=LAST, recorded_at=NOON, candidate_id=2)
    assert of_season(scene) == (30, 1, 1)
    assert total(scene.person_id, "month", date(2026, 12, 1)) == (70, 2, 2)
    assert standings_differences() == []


def test_what_is_taken_back_after_it_closed_stays_in_it(scene: Scene, autumn: Season) -> None:
    scene.earn(30, on=LAST, recorded_at=BEFORE, source_id=7)
    ledger.reverse("action", 7, by_id=None, now=NOON)
    assert of_season(scene) == (30, 1, 1)
    assert total(scene.person_id, "month", date(2026, 12, 1)) == (0, 0, 0)
    assert standings_differences() == []


def test_a_closure_moves_the_moment_at_which_it_closes(scene: Scene, autumn: Season) -> None:
    scene.earn(40, on=LAST, recorded_at=NOON)
    assert of_season(scene) is None
    absence.record(absence.EVERYBODY, NOON.date(), NOON.date(), by_id=None, now=scene.now)
    assert of_season(scene) == (40, 1, 1)
    assert standings_differences() == []


def test_a_season_that_is_made_later_has_what_was_earned_in_it(scene: Scene) -> None:
    scene.earn(30)
    season.add(scene.program_id, "Herfst", FIRST, LAST, by_id=None, now=scene.now)
    assert of_season(scene) == (30, 1, 1)
    assert standings_differences() == []


def test_other_days_make_its_board_anew(scene: Scene, autumn: Season) -> None:
    scene.earn(30, on=FIRST, recorded_at=BEFORE)
    scene.earn(40, on=FIRST + timedelta(days=1), recorded_at=BEFORE)
    season.change(autumn, "Herfst", FIRST + timedelta(days=1), LAST, scene.now)
    assert of_season(scene) is None
    assert of_season(scene, FIRST + timedelta(days=1)) == (40, 1, 1)
    season.change(
        autumn, "Herfst", FIRST + timedelta(days=1), FIRST + timedelta(days=1), scene.now - timedelta(days=17)
    )
    assert standings_differences() == []
