"""What somebody's profile counts: points of the week, of the season and of a lifetime, and the level of those."""

from datetime import timedelta

import pytest

from app.domain.game.recognition import lifetime, totals, value
from app.domain.game.running import NotAllowed
from app.domain.program import season
from app.domain.program.program import the_program
from tests.domain.game.scene import WEDNESDAY, Scene, start

WEEK = timedelta(weeks=1)


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


def test_the_points_of_a_week_a_season_and_a_lifetime(scene: Scene) -> None:
    scene.earn(30)
    scene.earn(500, source_id=2, candidate_id=2, on=WEDNESDAY - WEEK)
    assert totals.totals_of(scene.program_id, scene.person_id, WEDNESDAY) == (30, None, 530)
    first, last = WEDNESDAY - timedelta(days=2), WEDNESDAY + 4 * WEEK
    season.add(scene.program_id, "Herfst", first, last, by_id=None, now=scene.now)
    assert totals.totals_of(scene.program_id, scene.person_id, WEDNESDAY) == (30, 30, 530)
    assert totals.totals_of(scene.program_id, scene.colleague_id, WEDNESDAY) == (0, 0, 0)


def test_a_level_where_levels_are_shown(scene: Scene) -> None:
    program = the_program()
    assert program
    scene.earn(2000)
    assert lifetime.level_of(program, scene.person_id) is None
    lifetime.show_levels(program, shown=True)
    level = lifetime.level_of(program, scene.person_id)
    assert level
    assert (level.number, level.points, level.missing) == (3, 2000, 2500)


def test_how_many_kudos_a_month_is_for_who_runs_the_program(scene: Scene) -> None:
    program = the_program()
    assert program
    value.allow(program, 7, by=scene.people.ines)
    assert program.kudos_a_month == 7
    with pytest.raises(NotAllowed):
        value.allow(program, 8, by=scene.people.lead)
    with pytest.raises(ValueError, match="51"):
        value.allow(program, 51, by=scene.people.ines)
