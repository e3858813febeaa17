"""Each format has its own rule of who is first."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.game.competing import pairing, ranking
from app.domain.game.competing.bracket import Pair
from app.domain.game.competing.competition import Format, Metric
from app.domain.game.competing.entrant import Entrant
from app.domain.game.running_total import Standing
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import FRIDAY, MONDAY, Arena
from tests.domain.game.scene import WEDNESDAY

pytestmark = pytest.mark.usefixtures("session")
DAY = timedelta(days=1)


def earn(here: Arena, person_id: int, points: int, on: date = WEDNESDAY, candidate: int = 1) -> None:
    here.scene.earn(points, person_id=person_id, on=on, candidate_id=candidate, source_id=person_id * 100 + on.day)


def test_the_first_day_on_which_the_target_was_reached() -> None:
    here = arena.start()
    row = here.publish(Format.FIRST, goal=400)
    sanne, bram, lead = (each.id for each in (here.scene.people.sanne, here.scene.people.bram, here.scene.people.lead))
    for person_id, on in ((sanne, FRIDAY), (bram, WEDNESDAY), (lead, WEDNESDAY)):
        earn(here, person_id, 250, MONDAY)
        earn(here, person_id, 250, on, candidate=2)
    earn(here, here.scene.people.otto.id, 100)
    assert [(line.subject_id, line.place) for line in ranking.ranked(row).people] == [(bram, 1), (lead, 1), (sanne, 3)]


def test_improvement_is_against_ones_own_weeks() -> None:
    here = arena.start()
    row = here.publish(Format.IMPROVEMENT)
    for weeks in range(1, 6):
        earn(here, here.scene.person_id, 400, MONDAY - 7 * weeks * DAY)
        earn(here, here.scene.colleague_id, 100, MONDAY - 7 * weeks * DAY)
    earn(here, here.scene.person_id, 400)
    earn(here, here.scene.colleague_id, 200)
    earn(here, here.scene.people.otto.id, 900)
    assert [line.subject_id for line in ranking.ranked(row).people] == [here.scene.colleague_id, here.scene.person_id]


def test_neighbours_of_the_weeks_before_meet_head_to_head() -> None:
    here = arena.start()
    row = here.publish(Format.HEAD_TO_HEAD)
    people = here.scene.people
    for person, points in ((people.sanne, 400), (people.otto, 300), (people.bram, 200), (people.lead, 100)):
        earn(here, person.id, points, MONDAY - 7 * DAY)
    assert pairing.seat(row) == 5
    assert pairing.seat(row) == 0
    met = pairing.pairs_of(row)
    assert met == [
        Pair(people.sanne.id, people.otto.id),
        Pair(people.bram.id, people.lead.id),
        Pair(people.tess.id, None),
    ]
    earn(here, people.otto.id, 200)
    earn(here, people.bram.id, 100)
    assert {line.subject_id for line in ranking.ranked(row).people if line.place == 1} == {
        people.otto.id,
        people.bram.id,
    }


def test_a_bracket_is_knocked_out_week_by_week() -> None:
    here = arena.start()
    row = here.publish(Format.BRACKET, last=FRIDAY + 7 * DAY)
    people = here.scene.people
    for person, points in ((people.sanne, 400), (people.otto, 300), (people.bram, 200), (people.lead, 100)):
        earn(here, person.id, points, MONDAY - 7 * DAY)
    assert pairing.seat(row) == 4
    assert db.session.scalar(select(Entrant.seat).where(Entrant.person_id == people.tess.id)) is None
    for person, points in ((people.lead, 300), (people.otto, 200), (people.sanne, 100)):
        earn(here, person.id, points)
    earn(here, people.otto.id, 100, MONDAY + 8 * DAY)
    placed = [(line.subject_id, line.place) for line in ranking.ranked(row).people]
    assert placed == [(people.otto.id, 1), (people.lead.id, 2), (people.sanne.id, 3)]


def test_candidates_helped_count_each_once() -> None:
    here = arena.start()
    row = here.publish(metric=Metric.HELPED)
    earn(here, here.scene.person_id, 500)
    for candidate in (1, 2):
        earn(here, here.scene.colleague_id, 10, MONDAY + candidate * DAY, candidate=candidate)
    assert [line.counts for line in ranking.ranked(row).people] == [2, 1]


def test_a_small_side_is_not_compared() -> None:
    here = arena.start()
    row = here.publish(Format.TEAMS)
    earn(here, here.scene.person_id, 100)
    earn(here, here.scene.people.otto.id, 900)
    (only,) = ranking.ranked(row).sides
    assert (only.place, only.counts) == (1, 100)


def test_who_works_one_day_has_a_fair_score_as_on_the_board() -> None:
    here = arena.start()
    row = here.publish()
    earn(here, here.scene.person_id, 300)
    on_board = select(Standing.sort_key).where(Standing.period == "week", Standing.scope == "person")
    (line,) = ranking.ranked(row).people
    assert line.score == db.session.scalar(on_board.where(Standing.subject_id == here.scene.person_id))
