"""The feed on both engines: told once, withdrawn, answered by signs, and no name for whom it should not be seen."""

from datetime import datetime

import pytest

from app.domain.game import appearance, feed, telling
from app.domain.game.feed import Sign, Told
from app.domain.game.telling import Telling
from app.domain.program.program import Program, the_program
from tests import make
from tests.domain.game.scene import WEDNESDAY, Scene, start


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


def program() -> Program:
    found = the_program()
    assert found
    return found


def tell(scene: Scene, source_id: int = 1, candidate_id: int | None = None, **facts: datetime) -> None:
    who = {"person_id": scene.person_id, "team_id": scene.team_id, "candidate_id": candidate_id}
    feed.tell(scene.program_id, Told.APPOINTMENT, source_id, now=facts.get("at", Scene.now), **who)  # type: ignore[arg-type] # plain facts


def told(scene: Scene) -> list[Telling]:
    """As Bram sees it."""
    return list(telling.newest(program(), scene.people.bram, 9))


def test_what_is_told_twice_is_there_once_until_it_is_withdrawn(scene: Scene) -> None:
    tell(scene)
    tell(scene)
    assert len(told(scene)) == 1
    feed.withdraw(feed.OF_ACTION, [1], Scene.now)
    tell(scene)
    assert told(scene) == []


def test_a_name_is_there_for_whoever_chose_so(scene: Scene) -> None:
    them = make.candidate("Aisha El Amrani", owner=scene.people.sanne)
    tell(scene, candidate_id=them.id)
    assert [(one.name, one.candidate) for one in told(scene)] == [(None, None)], "a candidate would tell who it was"
    appearance.choose(scene.people.sanne, "named", Scene.now)
    assert [(one.name, one.candidate) for one in told(scene)] == [("Sanne de Vries", "Aisha El Amrani")]
    appearance.choose(scene.people.sanne, "hidden", Scene.now)
    assert [one.name for one in told(scene)] == [None]
    own = telling.latest(program(), scene.people.sanne).rows[0]
    assert (own.name, own.own) == ("Sanne de Vries", True)


def test_who_may_not_see_a_candidate_gets_no_name(scene: Scene) -> None:
    them = make.candidate("Aisha El Amrani", branch_id=make.branch("Elders").id)
    appearance.choose(scene.people.sanne, "named", Scene.now)
    tell(scene, candidate_id=them.id)
    assert [(one.name, one.candidate) for one in told(scene)] == [("Sanne de Vries", None)]


def test_a_second_sign_replaces_the_first_and_can_be_taken_back(scene: Scene) -> None:
    tell(scene)
    item = told(scene)[0].item
    for sign in (Sign.HEART, Sign.STAR):
        assert feed.react(scene.program_id, item.id, scene.colleague_id, sign, Scene.now)
    found = telling.one(program(), scene.people.bram, item.id)
    assert found
    assert (found.said, found.my_sign) == ({"star": 1}, "star")
    assert feed.react(scene.program_id, item.id, scene.colleague_id, None, Scene.now)
    assert told(scene)[0].said == {}


def test_nobody_applauds_themselves_or_what_is_not_there(scene: Scene) -> None:
    tell(scene)
    item = told(scene)[0].item
    assert not feed.react(scene.program_id, item.id, scene.person_id, Sign.BRAVO, Scene.now)
    assert not feed.react(scene.program_id, item.id + 1, scene.colleague_id, Sign.BRAVO, Scene.now)


def test_a_week_of_one_person_is_no_other_week_or_person() -> None:
    assert (
        feed.of_week(1, WEDNESDAY)
        == feed.of_week(1, WEDNESDAY.replace(day=22))
        != feed.of_week(1, Scene.now.date().replace(day=23))
    )
    assert len({feed.of_week(1, WEDNESDAY), feed.of_week(2, WEDNESDAY), feed.of_month(1, WEDNESDAY)}) == 3
