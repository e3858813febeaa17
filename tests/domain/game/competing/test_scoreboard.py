"""A competition as it stands for whoever looks, from the ledger and then from its result."""

import pytest

from app.domain.game.competing import scoreboard, taking_part
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.entrant import sides_of
from app.domain.program.program import the_program
from tests.domain.game import scene
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, PLACES, Arena


@pytest.fixture
def here(session: None) -> Arena:
    found = arena.start()
    scene.show_names(found.scene)
    return found


def shown(here: Arena, row: Competition, *, takes_part: bool = True) -> list[tuple[int, int | None, bool]]:
    program = the_program()
    assert program
    found = scoreboard.people_shown(program, scoreboard.stand(row), here.scene.people.tess, takes_part=takes_part)
    return [(each.subject_id, each.place, each.me) for each in found]


def test_whoever_has_nothing_yet_sees_the_first_ones_and_themselves(here: Arena) -> None:
    row = here.publish()
    here.scene.earn(300)
    assert shown(here, row) == [(here.scene.person_id, 1, False), (here.scene.people.tess.id, None, True)]
    assert shown(here, row, takes_part=False) == [(here.scene.person_id, 1, False)]


def test_what_one_brought_is_plain_in_every_format(here: Arena) -> None:
    formats = {Format.MOST: {}, Format.TEAMS: {}, Format.TEAM_GOAL: {"goal": 1000}}
    for number, (format_, facts) in enumerate(formats.items(), 1):
        row = here.publish(format_, **facts)
        here.scene.earn(10, source_id=number, candidate_id=number)
        stands = scoreboard.stand(row)
        brought = [scoreboard.own_count(row, stands, each) for each in (here.scene.person_id, here.scene.colleague_id)]
        assert brought == [10 * number, 0]
        row.cancelled_at = BEFORE


def test_sides_stand_by_their_places_and_then_in_their_own_order(here: Arena) -> None:
    row = here.publish(Format.TEAMS)
    here.scene.earn(120)
    sides = sides_of(row.id)
    small, large = sorted(sides, key=lambda side: side.team_id == here.scene.team_id)
    found = scoreboard.sides_shown(scoreboard.stand(row), sides, small.id)
    assert [(side.name, side.place, side.people, side.mine) for side in found] == [
        (large.name, 1, 4, False),
        (small.name, None, 1, True),
    ]
    assert scoreboard.side_names([row.id]) == {side.id: side.name for side in sides}


def test_once_there_is_a_result_it_stands_as_that_says(here: Arena) -> None:
    row = here.publish(prizes=PLACES)
    here.scene.earn(300)
    assert scoreboard.result_of(row) is None
    here.finish(row)
    result = scoreboard.result_of(row)
    assert result
    here.scene.earn(900, source_id=2, candidate_id=2, person_id=here.scene.colleague_id)
    mine = scoreboard.line_of(scoreboard.stand(row, result), here.scene.person_id)
    assert (result.final, mine and mine.place, mine and mine.counts) == (True, 1, 300)
    assert scoreboard.final_results([row.id]) == {row.id: result}


def test_ones_own_parts_and_who_is_in_the_draw(here: Arena) -> None:
    row, other = here.publish(Format.THRESHOLD, goal=50, step=10), here.publish(by_choice=True)
    here.scene.earn(300)
    assert scoreboard.in_draw(scoreboard.stand(row)) == [here.scene.person_id]
    assert len(scoreboard.not_begun(row).entrants) == 5
    taking_part.decline(other, here.scene.people.sanne, BEFORE)
    entries = scoreboard.entries_of(here.scene.person_id, [row.id, other.id])
    assert [entries[each.id].takes_part for each in (row, other)] == [True, False]
