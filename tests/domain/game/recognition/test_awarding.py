"""Badges from the ledger: given once, told when they are new, silent in a back-fill, and they stay."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.game import ledger, telling
from app.domain.game.competing.competition import Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.recognition import awarding, deeds
from app.domain.game.recognition.badge import BadgeAward
from app.domain.game.recognition.badges import Badge
from app.domain.program.action_kind import ActionKind
from app.domain.program.preset import PRESET
from app.domain.program.program import the_program
from tests.domain.game.competing import arena
from tests.domain.game.scene import WEDNESDAY, ZONE, Scene, show_names, start

DAY = timedelta(days=1)
NEEDED = 10


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


def listen(scene: Scene, times: int, *, on: date = WEDNESDAY, code: str = "preference") -> None:
    """Log a kind of action for so many candidates, each with a source of its own."""
    kind_id = db.session.scalars(select(ActionKind.id).where(ActionKind.code == code)).one()
    for each in range(1, times + 1):
        scene.earn(20, on=on, action_kind_id=kind_id, candidate_id=each, source_id=each)


def give(scene: Scene, *, silent: bool = False) -> int:
    return awarding.give(scene.program_id, [scene.person_id], scene.now, ZONE, silent=silent)


def badges(scene: Scene) -> dict[str, date]:
    return dict(awarding.given_to([scene.person_id]).get(scene.person_id, {}))


def news(scene: Scene) -> list[str]:
    program = the_program()
    assert program
    return [each.item.kind for each in telling.newest(program, scene.people.bram, 9)]


def test_it_is_given_once_and_told(scene: Scene) -> None:
    listen(scene, NEEDED - 1)
    assert give(scene) == 0
    listen(scene, NEEDED)
    assert (give(scene), give(scene)) == (1, 0)
    assert badges(scene) == {Badge.LISTENER: WEDNESDAY}
    show_names(scene)
    assert news(scene) == ["badge"]
    assert awarding.badge_of(4) is Badge.LISTENER


def test_what_was_taken_back_before_does_not_count_and_after_it_stays(scene: Scene) -> None:
    listen(scene, NEEDED)
    ledger.reverse("action", NEEDED, by_id=None, now=scene.now)
    assert give(scene) == 0
    listen(scene, NEEDED + 1)
    assert give(scene) == 1
    for source_id in range(1, NEEDED + 2):
        ledger.reverse("action", source_id, by_id=None, now=scene.now)
    standing = next(
        each for each in awarding.of_person(scene.program_id, scene.person_id) if each.progress.badge == "listener"
    )
    assert (standing.given_on, standing.progress.have) == (WEDNESDAY, 0)


def test_what_is_old_or_back_filled_is_told_to_nobody(scene: Scene) -> None:
    listen(scene, NEEDED, on=WEDNESDAY - 10 * DAY)
    assert give(scene) == 1
    listen(scene, 3, code="reengaged")
    assert give(scene, silent=True) == 1
    assert news(scene) == []


def test_a_rescue_is_a_bonus_and_every_kind_once_is_breadth(scene: Scene) -> None:
    for candidate in range(5):
        scene.earn(50, kind="bonus", reason="rescue", candidate_id=candidate, source_kind="rescue", source_id=candidate)
    for preset in PRESET:
        listen(scene, 1, code=preset.code, on=WEDNESDAY + DAY)
    assert give(scene) == 2
    assert badges(scene) == {Badge.RESCUE: WEDNESDAY, Badge.BREADTH: WEDNESDAY + DAY}


def test_who_is_looked_at_had_rows_lately(scene: Scene) -> None:
    listen(scene, 1)
    since = scene.now - 3 * DAY
    assert list(deeds.lately(scene.program_id, since, since.date())) == [scene.person_id]
    assert list(deeds.lately(scene.program_id, scene.now, scene.now.date())) == []
    assert list(deeds.everybody(scene.program_id)) == [scene.person_id]


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(("format_", "goal"), [(Format.TEAM_GOAL, 300), (Format.TEAM_GOAL, 900), (Format.TEAMS, None)])
def test_who_took_part_in_what_the_team_won(format_: Format, goal: int | None) -> None:
    here = arena.start()
    people = here.scene.people
    row = here.publish(format_, goal=goal, prizes=(PrizePlan(PrizeKind.TEAM, "Taart", 10_00),))
    for person in (people.sanne, people.bram, people.lead):
        here.scene.earn(150, person_id=person.id, source_id=person.id, candidate_id=person.id)
    here.finish(row)
    everybody = [each.id for each in vars(people).values()]
    since = arena.FINAL - DAY
    assert set(deeds.lately(here.scene.program_id, since, since.date())) >= {people.sanne.id, people.tess.id}
    awarding.give(here.scene.program_id, everybody, arena.FINAL, ZONE)
    got = set(db.session.scalars(select(BadgeAward.person_id).where(BadgeAward.badge == Badge.TEAM)))
    expected = set() if goal == 900 else {people.sanne.id, people.bram.id, people.lead.id}
    assert got == expected, "whoever did nothing for it has none"
    assert db.session.scalar(select(func.count()).select_from(BadgeAward)) == len(expected)
