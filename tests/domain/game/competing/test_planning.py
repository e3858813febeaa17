"""What a wizard begins with: a total as prizes, a goal from the weeks before, the plan of a draft, and the agenda."""

from datetime import date, timedelta

import pytest

from app.domain.game.competing import agenda, draft, proposing
from app.domain.game.competing.audience import names_of_audience
from app.domain.game.competing.competition import Audience, Format, Metric
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.mixing import kinds_for, mix_for, spread
from app.domain.game.competing.planned import plan_of
from app.domain.game.competing.prize import PrizeKind
from app.domain.program import season
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, FRIDAY, MONDAY, PLACES, Arena

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
TODAY = BEFORE.date()
LAST_WEEK = MONDAY - 2 * WEEK


@pytest.fixture
def here(session: None) -> Arena:
    return arena.start()


@pytest.mark.parametrize("format_", list(Format))
def test_the_mix_is_a_whole_of_what_can_be_won(format_: Format) -> None:
    assert sum(mix_for(format_).values()) == 100
    assert set(mix_for(format_)) == set(kinds_for(format_))
    starts = spread(99_99, format_)
    assert 99_97 <= sum(each.cents * each.number for each in starts) <= 99_99
    assert [each.place for each in starts if each.kind == PrizeKind.PLACE] == [1, 2, 3]


def test_nothing_is_divided_into_nothing() -> None:
    assert spread(0, Format.THRESHOLD) == []


def test_a_plan_comes_back_as_it_was_made(here: Arena) -> None:
    prizes = (*PLACES, PrizePlan(PrizeKind.TEAM, "Taart", 5_00, per_person=True, kind_of_reward="goods"))
    row = here.draft(Format.TEAM_GOAL, goal=900, sides=("Rood", "Blauw"), prizes=prizes, metric=Metric.HELPED)
    plan = plan_of(row)
    assert (plan.goal, plan.sides, plan.metric, plan.by_choice) == (900, ["Rood", "Blauw"], "helped", False)
    assert set(plan.prizes) == set(prizes)
    draft.change(row, plan)
    assert plan_of(row) == plan


def test_a_goal_together_is_a_tenth_more_than_usual(here: Arena) -> None:
    for number in range(8):
        on = LAST_WEEK - number * WEEK
        here.scene.earn(100, on=on, source_id=number, candidate_id=number)
    row = here.draft(Format.TEAM_GOAL, goal=1, last=MONDAY + 13 * DAY)
    assert proposing.propose(row, TODAY) == (100, 220, 20)


def test_a_threshold_is_what_most_reach(here: Arena) -> None:
    scene = here.scene
    for at, person in enumerate((scene.people.sanne, scene.people.bram, scene.people.tess)):
        scene.earn(300 - 100 * at, on=TODAY - DAY, source_id=at, candidate_id=at, person_id=person.id)
    goal = proposing.propose(here.draft(Format.THRESHOLD, goal=1, step=1), TODAY).goal
    assert proposing.propose(here.draft(Format.FIRST, goal=1), TODAY).goal >= goal > 1


def test_without_a_past_the_goal_is_one(here: Arena) -> None:
    assert proposing.propose(here.draft(Format.THRESHOLD, goal=1, step=1), TODAY) == (0, 1, 1)


def test_names_of_whom_it_is_for(here: Arena) -> None:
    people = here.scene.people
    teams = here.draft(audience=Audience.TEAM, audience_ids=[people.sanne.team_id, people.otto.team_id])
    some = here.draft(audience=Audience.PEOPLE, audience_ids=[people.otto.id])
    assert names_of_audience(teams) == ["Breda", "Zwolle"]
    assert names_of_audience(some) == [], "nobody sees who of them is missing"
    assert names_of_audience(here.draft()) == []


def test_the_agenda_tells_pauses_holidays_and_who_is_in_how_many(here: Arena) -> None:
    season.add(here.scene.program_id, "Herfst", MONDAY - WEEK, MONDAY + 13 * DAY, by_id=None, now=BEFORE)
    rows = [
        here.publish(),
        here.publish(last=FRIDAY + WEEK),
        here.draft(first=MONDAY + 5 * WEEK, last=FRIDAY + 6 * WEEK),
    ]
    weeks = agenda.weeks(here.scene.program_id, rows, TODAY)
    assert [week.load for week in weeks][:5] == [0, 2, 1, 0, 0]
    assert [week.season is None for week in weeks][:4] == [False, False, False, True]
    assert [len(week.competitions) for week in weeks][5:] == [0, 1, 1]
    assert weeks[6].closed == [date(2026, 12, 25)]
