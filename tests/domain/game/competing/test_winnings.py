"""What somebody won: alone, with their side or with everybody, and whether the competition itself was theirs."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.game.competing import finalising, winnings
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.entrant import entrant_of
from app.domain.game.competing.prize import PrizeKind
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import FINAL, GRACE_OVER, PLACES, Arena

pytestmark = pytest.mark.usefixtures("session")
SECOND = timedelta(seconds=1)
CAKE = (PrizePlan(PrizeKind.TEAM, "Taart", 10_00),)
FACTS = {
    Format.TEAM_GOAL: {"goal": 100},
    Format.THRESHOLD: {"goal": 100, "step": 10},
    Format.FIRST: {"goal": 100},
}


def ended(here: Arena, format_: Format = Format.MOST, **facts: object) -> Competition:
    """Sanne has three hundred points, and nobody else has any."""
    row = here.publish(format_, **(FACTS.get(format_, {}) | facts))
    here.scene.earn(300, source_id=1)
    here.finish(row)
    return row


@pytest.mark.parametrize(
    ("format_", "sanne", "otto"),
    [
        (Format.TEAM_GOAL, True, True),
        (Format.THRESHOLD, False, False),
        (Format.TEAMS, True, False),
        (Format.MOST, True, False),
        (Format.FIRST, True, False),
    ],
)
def test_who_won_by_the_result_alone(format_: Format, sanne: bool, otto: bool) -> None:
    here = arena.start()
    row, people = ended(here, format_), here.scene.people
    won = [winnings.won_since(each.id, FINAL - SECOND) for each in (people.sanne, people.otto)]
    assert won == [row if sanne else None, row if otto else None]
    assert winnings.won_since(people.sanne.id, FINAL) is None, "that was told before"


def test_a_prize_is_a_win_too_and_who_left_won_nothing() -> None:
    here = arena.start()
    row = ended(here, Format.THRESHOLD, prizes=(PrizePlan(PrizeKind.RAFFLE, "Bon", 5_00),))
    sanne = here.scene.people.sanne
    assert winnings.won_since(sanne.id, FINAL - SECOND) is row
    entrant = entrant_of(row.id, sanne.id)
    assert entrant
    entrant.declined_at = FINAL
    db.session.flush()
    assert winnings.won_since(sanne.id, FINAL - SECOND) is None


def test_what_a_side_won_is_of_those_who_are_on_it() -> None:
    here = arena.start()
    ended(here, Format.TEAMS, prizes=CAKE)
    people = here.scene.people
    (cake,) = winnings.of_person(people.bram)
    assert (cake.prize.title, cake.together, cake.is_open) == ("Taart", True, False)
    assert winnings.own(people.bram, cake.award.id) is None
    assert winnings.of_person(people.otto) == []


def test_what_all_won_and_what_is_ones_own() -> None:
    here = arena.start()
    ended(here, Format.TEAM_GOAL, prizes=CAKE)
    assert [each.prize.title for each in winnings.of_person(here.scene.people.otto)] == ["Taart"]
    ended(here, prizes=PLACES)
    assert [each.together for each in winnings.of_person(here.scene.people.sanne)] == [False, True]


def test_a_provisional_result_is_no_win() -> None:
    here = arena.start()
    row = here.publish()
    here.scene.earn(300, source_id=1)
    finalising.review(row, GRACE_OVER)
    assert winnings.won_since(here.scene.people.sanne.id, GRACE_OVER - SECOND) is None
