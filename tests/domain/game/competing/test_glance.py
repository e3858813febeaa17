"""A running competition at a glance is what its page counts, for whom it is, and without who is hidden."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from app.db import db
from app.domain.agency.team import Team
from app.domain.game import appearance
from app.domain.game.competing import glance, pairing, scoreboard, taking_part
from app.domain.game.competing.competition import Audience, Format
from tests.domain.game.competing import arena

pytestmark = pytest.mark.usefixtures("session")
WEDNESDAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    glance.counted.cache_clear()
    yield
    glance.counted.cache_clear()


def test_a_common_goal_is_the_sum_that_its_page_shows() -> None:
    here = arena.start()
    row = here.publish(Format.TEAM_GOAL, goal=1000)
    here.scene.earn(120, source_id=1)
    here.scene.earn(80, source_id=2, candidate_id=2, person_id=here.scene.colleague_id)
    seen = glance.at_a_glance(row, NOW)
    assert (seen.together, seen.people) == (scoreboard.stand(row).together, 5) == (200, 5)
    assert seen.parts[here.scene.person_id].percent == 20


def test_it_is_counted_anew_after_twenty_seconds() -> None:
    here = arena.start()
    row = here.publish(Format.TEAM_GOAL, goal=1000)
    assert glance.at_a_glance(row, NOW).together == 0
    here.scene.earn(120, source_id=1)
    later = [glance.at_a_glance(row, NOW + timedelta(seconds=seconds)).together for seconds in (19, 20)]
    assert later == [0, 120]


def test_who_does_not_want_to_be_seen_is_not_among_the_best() -> None:
    here = arena.start()
    row = here.publish()
    here.scene.earn(300, source_id=1)
    here.scene.earn(80, source_id=2, candidate_id=2, person_id=here.scene.colleague_id)
    appearance.choose(here.scene.people.sanne, appearance.HIDDEN, NOW)
    seen = glance.at_a_glance(row, NOW)
    assert [line.subject_id for line in seen.best] == [here.scene.colleague_id]
    assert seen.parts[here.scene.person_id].place == 1


def test_a_screen_shows_what_is_for_everybody_and_for_its_team() -> None:
    here = arena.start()
    team, other = here.scene.team_id, here.scene.other_team_id
    of_team = here.publish(audience=Audience.TEAM, audience_ids=[team], last=date(2026, 11, 19))
    of_all = here.publish()
    program = here.scene.program_id
    assert glance.running(program, None, WEDNESDAY) is of_all
    assert glance.running(program, team, WEDNESDAY) is of_team
    assert glance.running(program, other, WEDNESDAY) is of_all
    assert glance.running(program, None, date(2026, 11, 21)) is None


def test_of_a_branch_its_teams_show_it() -> None:
    here = arena.start()
    team = here.scene.people.sanne.team_id
    branch = db.session.get_one(Team, team).branch_id
    row = here.publish(audience=Audience.BRANCH, audience_ids=[branch])
    assert glance.running(here.scene.program_id, team, WEDNESDAY) is row
    assert glance.running(here.scene.program_id, None, WEDNESDAY) is None


@pytest.mark.parametrize(("format_", "last"), [(Format.HEAD_TO_HEAD, 20), (Format.BRACKET, 27)])
def test_of_pairs_everybody_knows_whom_they_meet(format_: Format, last: int) -> None:
    here = arena.start()
    row = here.publish(format_, last=date(2026, 11, last))
    here.scene.earn(300, source_id=2, on=date(2026, 11, 9))
    pairing.seat(row)
    here.scene.earn(300, source_id=1)
    seen, sanne = glance.at_a_glance(row, NOW), here.scene.people.sanne
    mine = seen.parts[sanne.id]
    assert (mine.round, mine.ahead, mine.over) == (1, 1, False)
    assert mine.other_id is None or seen.parts[mine.other_id].ahead == -1
    assert sanne.id in seen.ahead
    appearance.choose(sanne, appearance.HIDDEN, NOW)
    assert sanne.id not in glance.at_a_glance(row, NOW + timedelta(seconds=20)).ahead


def test_ones_own_are_those_that_run_and_that_one_takes_part_in() -> None:
    here = arena.start()
    row = here.publish(Format.TEAM_GOAL, goal=100)
    sanne = here.scene.people.sanne
    assert glance.mine(sanne.id, WEDNESDAY) == [row]
    taking_part.decline(row, sanne, NOW)
    assert glance.mine(sanne.id, WEDNESDAY) == []
