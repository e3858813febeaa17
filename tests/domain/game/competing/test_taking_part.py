"""Joining and declining: until when, on which side, and one at a time; pairs without those who went."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.game import appearance
from app.domain.game.competing import finalising, handing, pairing, publishing, ranking, taking_part
from app.domain.game.competing.bracket import Pair
from app.domain.game.competing.competition import Audience, Competition, Format
from app.domain.game.competing.entrant import active, sides_of
from app.domain.game.competing.meeting import rounds
from app.domain.game.competing.result import Result
from app.domain.game.competing.taking_part import Closed
from app.domain.program.program import withdraw_consent
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, FRIDAY, GRACE_OVER, MONDAY, PLACES, Arena
from tests.domain.game.scene import WEDNESDAY

pytestmark = pytest.mark.usefixtures("session")
DAY = timedelta(days=1)
ANEW = {"populate_existing": True}
TUESDAY = BEFORE.replace(day=17)
SATURDAY = BEFORE.replace(day=21)
NEXT_TUESDAY = BEFORE.replace(day=24)


def earn(here: Arena, who: int, points: int, on: date = WEDNESDAY) -> None:
    here.scene.earn(points, person_id=who, on=on, candidate_id=who, source_id=who * 100 + (on - MONDAY).days + 50)


def test_nobody_waits_to_see_how_it_ends() -> None:
    here = arena.start()
    row = here.publish(by_choice=True)
    taking_part.join(row, here.scene.people.bram, TUESDAY)
    assert taking_part.decline(row, here.scene.people.bram, SATURDAY)
    with pytest.raises(Closed):
        taking_part.join(row, here.scene.people.sanne, SATURDAY)
    assert not taking_part.decline(row, here.scene.people.sanne, GRACE_OVER)


def test_when_the_seats_are_given_only_who_has_one_comes_back() -> None:
    here = arena.start()
    row = here.publish(Format.HEAD_TO_HEAD, by_choice=True)
    bram, sanne = here.scene.people.bram, here.scene.people.sanne
    taking_part.join(row, bram, BEFORE)
    assert pairing.seat(row) == 1
    assert taking_part.decline(row, bram, TUESDAY)
    assert taking_part.join(row, bram, TUESDAY).seat == 0
    with pytest.raises(Closed):
        taking_part.join(row, sanne, TUESDAY)


def test_a_side_of_another_competition_is_none() -> None:
    here = arena.start()
    row, other = (here.publish(Format.TEAMS, by_choice=True, sides=("A", "B")) for _ in range(2))
    foreign = sides_of(other.id)[0]
    with pytest.raises(LookupError):
        taking_part.join(row, here.scene.people.sanne, BEFORE, side_id=foreign.id)


def test_who_is_hidden_is_not_counted_among_those_who_are_busy() -> None:
    here = arena.start()
    appearance.choose(here.scene.people.sanne, appearance.HIDDEN, BEFORE)
    only = [here.scene.person_id]
    third = [here.publish(audience=Audience.PEOPLE, audience_ids=only) for _ in range(3)][2]
    assert active(third.id) == []


def test_a_place_of_a_team_goal_compares_people() -> None:
    here = arena.start()
    withdraw_consent(here.scene.program_id, BEFORE)
    assert here.publish(Format.TEAM_GOAL, goal=1).published_at
    with pytest.raises(publishing.NotYet, match="names"):
        here.publish(Format.TEAM_GOAL, goal=1, prizes=PLACES)


def test_nobody_takes_part() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES, by_choice=True)
    here.finish(row)
    assert (handing.awards_of(row.id), here.pots(), row.rewarded_at) == ([], (100_00, 0, 0, 0), row.final_at)


def four(here: Arena, format_: Format) -> tuple[Competition, list[int]]:
    """A competition in which the first four of the weeks before have their seats."""
    people = here.scene.people
    seated = [each.id for each in (people.sanne, people.otto, people.bram, people.lead)]
    row = here.publish(format_, last=FRIDAY + 7 * DAY, audience=Audience.PEOPLE, audience_ids=seated, prizes=PLACES)
    for points, who in enumerate(reversed(seated), 1):
        earn(here, who, 100 * points, MONDAY - 7 * DAY)
    assert pairing.seat(row) == 4
    return row, seated


def test_who_would_meet_somebody_who_declined_goes_on_although_they_did_nothing() -> None:
    here = arena.start()
    row, (sanne, otto, bram, lead) = four(here, Format.BRACKET)
    taking_part.decline(row, here.scene.people.sanne, TUESDAY)
    earn(here, otto, 100)
    assert [each[:2] for each in rounds(row, 1)[1]] == [(lead, otto)]
    earn(here, lead, 100, MONDAY + 8 * DAY)
    placed = [(line.subject_id, line.place) for line in ranking.ranked(row).people]
    assert placed == [(lead, 1), (otto, 2)]
    assert {sanne, bram}.isdisjoint({who for who, _ in placed})


def test_a_round_that_was_over_stays_as_it_was_and_the_next_is_won_without_playing() -> None:
    here = arena.start()
    row, (sanne, otto, bram, lead) = four(here, Format.BRACKET)
    for who, points in ((sanne, 300), (lead, 200), (otto, 100), (bram, 50)):
        earn(here, who, points)
    taking_part.decline(row, here.scene.people.sanne, NEXT_TUESDAY)
    (first, _), (final,) = rounds(row, 1)
    assert (first[:3], final[:3]) == ((None, lead, None), (None, otto, otto))
    here_won = [(line.subject_id, line.place) for line in ranking.ranked(row).people]
    assert here_won[0] == (otto, 1)


def test_head_to_head_whoever_is_left_alone_meets_the_middle() -> None:
    here = arena.start()
    row, (_, otto, bram, lead) = four(here, Format.HEAD_TO_HEAD)
    taking_part.decline(row, here.scene.people.sanne, TUESDAY)
    for who, points in ((otto, 10), (bram, 200), (lead, 100)):
        earn(here, who, points)
    assert pairing.pairs_of(row) == [Pair(otto, None), Pair(bram, lead)]
    assert [line.subject_id for line in ranking.ranked(row).people] == [bram]


def test_improvement_of_four_weeks_is_that_of_one_such_week() -> None:
    here = arena.start()
    one, four_weeks = (here.publish(Format.IMPROVEMENT, last=FRIDAY + weeks * 7 * DAY) for weeks in (0, 3))
    for week in range(-5, 4):
        earn(here, here.scene.person_id, 400 if week < 0 else 500, WEDNESDAY + 7 * week * DAY)
    scores = [ranking.ranked(row).people[0].score for row in (one, four_weeks)]
    assert abs(scores[0] - scores[1]) <= 1


def test_without_a_past_nobody_improves_and_the_money_is_free_again() -> None:
    here = arena.start()
    row = here.publish(Format.IMPROVEMENT, prizes=PLACES)
    earn(here, here.scene.person_id, 500)
    here.finish(row)
    assert here.pots() == (100_00, 0, 0, 0)


def test_a_result_is_the_same_when_its_people_are_called_otherwise_and_hide() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES)
    earn(here, here.scene.person_id, 500)
    here.finish(row)
    here.scene.people.sanne.name = "Iemand"
    appearance.choose(here.scene.people.sanne, appearance.HIDDEN, GRACE_OVER)
    kept = db.session.scalars(select(Result).where(Result.final.is_(True)), execution_options=ANEW).one()
    assert finalising.digest(kept.body) == kept.digest
    assert "Iemand" not in str(kept.body)
