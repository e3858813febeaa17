"""Who wins what at a tie, on a single day, at the edge of the prizes, and after having left."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agency.staff import deactivate
from app.domain.game import appearance, availability
from app.domain.game.competing import awarding, finalising, handing, publishing, ranking, taking_part
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.entrant import active, sides_of
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.prize import Prize, PrizeKind, prizes_of
from app.domain.game.competing.ranking import Line, Ranking
from app.domain.game.competing.result import Result
from app.domain.game.running import NotAllowed
from app.domain.program import absence, contract
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, FINAL, FRIDAY, GRACE_OVER, MONDAY, PLACES, Arena
from tests.domain.game.scene import WEDNESDAY

pytestmark = pytest.mark.usefixtures("session")
DAY = timedelta(days=1)
EVENING = PrizePlan(PrizeKind.TEAM, "Etentje", 5_00, per_person=True)
TICKET = PrizePlan(PrizeKind.RAFFLE, "Bon", 10_00)


def won(row: Competition) -> list[tuple[int | None, int]]:
    return [(each.person_id, each.cents) for each in handing.awards_of(row.id)]


def earn(here: Arena, points: int, *people: int, on: date = WEDNESDAY) -> None:
    for person_id in people:
        here.scene.earn(points, person_id=person_id, on=on, candidate_id=person_id, source_id=person_id * 40 + on.day)


def everybody(here: Arena) -> list[int]:
    people = here.scene.people
    return sorted(each.id for each in (people.sanne, people.bram, people.tess, people.lead, people.otto))


def leave(here: Arena, name: str) -> int:
    who = getattr(here.scene.people, name)
    deactivate(who, here.scene.people.ada, GRACE_OVER)
    return int(who.id)


def test_all_tied_share_all_money_and_the_cents_that_are_left_go_back() -> None:
    here = arena.start()
    row = here.publish(prizes=(*PLACES, PrizePlan(PrizeKind.PLACE, "Bon", 1, place=3, divisible=True)))
    earn(here, 100, *everybody(here))
    here.finish(row)
    assert won(row) == [(each, 14_00) for each in everybody(here)]
    assert here.pots() == (30_00, 0, 70_00, 0)


def test_tied_at_the_edge_of_the_last_prize() -> None:
    here = arena.start()
    row = here.publish(prizes=(PLACES[0], PrizePlan(PrizeKind.PLACE, "Bon", 10_01, place=2, divisible=True)))
    first, *tied, last = everybody(here)
    earn(here, 200, first)
    earn(here, 100, *tied)
    earn(here, 50, last)
    here.finish(row)
    assert won(row) == [(first, 50_00), *((each, 3_33) for each in tied)]


def test_less_than_a_cent_each_is_drawn() -> None:
    here = arena.start()
    row = here.publish(prizes=(PrizePlan(PrizeKind.PLACE, "Cent", 2, place=1, divisible=True),))
    earn(here, 100, *everybody(here))
    here.finish(row)
    assert [cents for _, cents in won(row)] == [2]


def test_what_costs_nothing_is_won_and_handed_over_as_well() -> None:
    here = arena.start()
    row = here.publish(prizes=(PrizePlan(PrizeKind.PLACE, "Beker", place=1),), budget_id=None)
    earn(here, 100, here.scene.person_id)
    here.finish(row)
    (award,) = handing.awards_of(row.id)
    assert handing.hand_over(award, by=here.scene.people.ada, now=FINAL)
    assert row.rewarded_at == FINAL


@given(st.lists(st.integers(1, 3), min_size=1, max_size=9), st.lists(st.tuples(st.integers(0, 999), st.booleans())))
def test_no_tie_gives_more_than_there_is_or_one_prize_twice(scores: list[int], planned: list[tuple[int, bool]]) -> None:
    lines = [Line(each, 0, 1, score, 0, 5) for each, score in enumerate(sorted(scores, reverse=True), 1)]
    prizes = [prize(at, cents, divisible=divisible) for at, (cents, divisible) in enumerate(planned, 1)]
    row = Competition(
        program_id=1, name="", format=Format.MOST, first=MONDAY, last=FRIDAY, made_by_id=1, made_at=BEFORE, seed=b"s"
    )
    found = awarding.won(row, Ranking(lines, [], 0, []), prizes)
    worth = {each.id: each.cents for each in prizes}
    assert len({each.person_id for each in found}) == len(found)
    assert sum(each.cents for each in found) <= sum(worth.values())
    whole = [each.prize_id for each in found if each.cents > 0 and not prizes[each.prize_id - 1].divisible]
    assert len(whole) == len(set(whole))


def prize(place: int, cents: int, *, divisible: bool) -> Prize:
    row = Prize(competition_id=1, kind="place", place=place, title="Bon", cents=cents, divisible=divisible)
    row.id = place
    return row


def test_who_left_wins_nothing_and_the_next_one_does() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES[:1])
    earn(here, 300, here.scene.person_id)
    earn(here, 100, here.scene.colleague_id)
    leave(here, "sanne")
    here.finish(row)
    assert won(row) == [(here.scene.colleague_id, 50_00)]


def test_what_who_left_brought_counts_for_all_together() -> None:
    here = arena.start()
    row = here.publish(Format.TEAM_GOAL, goal=300, prizes=(EVENING,))
    earn(here, 300, here.scene.person_id)
    gone = leave(here, "sanne")
    here.finish(row)
    assert won(row) == [(each, 5_00) for each in everybody(here) if each != gone]
    assert here.pots() == (80_00, 0, 20_00, 0)


def test_who_left_is_not_on_the_list_of_the_raffle() -> None:
    here = arena.start()
    row = here.publish(Format.THRESHOLD, goal=50, step=10, prizes=(TICKET,))
    earn(here, 300, here.scene.person_id)
    leave(here, "sanne")
    here.finish(row)
    assert (won(row), here.pots()) == ([], (100_00, 0, 0, 0))


def test_the_prize_of_who_left_before_they_got_it_is_let_go_of_by_who_runs_it() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES[:1])
    earn(here, 300, here.scene.person_id)
    here.finish(row)
    (award,) = handing.awards_of(row.id)
    with pytest.raises(NotAllowed):
        handing.decline(award, by=here.scene.people.ines, now=FINAL)
    leave(here, "sanne")
    assert handing.decline(award, by=here.scene.people.ines, now=FINAL)
    assert (here.pots(), row.rewarded_at) == ((100_00, 0, 0, 0), FINAL)


def test_a_prize_of_a_team_that_wants_it_not_is_let_go_of() -> None:
    here = arena.start()
    row = here.publish(Format.TEAM_GOAL, goal=1, prizes=(PrizePlan(PrizeKind.TEAM, "Taart", 20_00),))
    earn(here, 100, here.scene.person_id)
    here.finish(row)
    (award,) = handing.awards_of(row.id)
    with pytest.raises(NotAllowed):
        handing.decline(award, by=here.scene.people.bram, now=FINAL)
    assert handing.decline(award, by=here.scene.people.ada, now=FINAL)
    assert here.pots() == (100_00, 0, 0, 0)


def test_the_goal_to_the_point() -> None:
    here = arena.start()
    row = here.publish(Format.TEAM_GOAL, goal=300, prizes=(EVENING,))
    earn(here, 100, *everybody(here)[:3])
    assert ranking.ranked(row).reached(row)
    row.goal = 301
    assert not ranking.ranked(row).reached(row)


def test_the_threshold_to_the_point() -> None:
    here = arena.start()
    row = here.publish(Format.THRESHOLD, goal=380, step=20, prizes=(TICKET,))
    row.average = 40_00
    earn(here, 300, here.scene.person_id)
    earn(here, 299, here.scene.colleague_id)
    earn(here, 320, here.scene.people.lead.id)
    lines = {line.subject_id: line.tickets for line in ranking.ranked(row).people}
    assert [lines[each] for each in (here.scene.person_id, here.scene.colleague_id, here.scene.people.lead.id)] == [
        1,
        0,
        2,
    ]


def test_a_competition_of_one_day_has_a_winner() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES[:1], first=MONDAY, last=MONDAY)
    earn(here, 100, here.scene.person_id, on=MONDAY)
    assert awarding.least_days(row) == 1
    here.finish(row)
    assert won(row) == [(here.scene.person_id, 50_00)]


def test_in_a_weekend_points_are_points_for_people_and_sides() -> None:
    here = arena.start()
    saturday = FRIDAY + DAY
    row = here.publish(Format.TEAMS, prizes=PLACES[:1], first=saturday, last=saturday + DAY)
    earn(here, 100, here.scene.person_id, on=saturday)
    ranked = ranking.ranked(row)
    assert [line.score for line in ranked.people] == [100_00]
    assert [(line.place, line.score) for line in ranked.sides] == [(1, 25_00)]
    assert [each.person_id for each in awarding.won(row, ranked, prizes_of(row.id))] == [here.scene.person_id]


def test_a_fifth_of_a_job_with_a_week_of_leave() -> None:
    """0.2 FTE in three weeks is three days, and with a week of leave two: weighed by those, a place can be won."""
    here = arena.start()
    contract.set_days(here.scene.people.sanne, {WEDNESDAY.weekday()}, MONDAY, by_id=None, now=BEFORE)
    absence.record(here.scene.person_id, MONDAY + 7 * DAY, FRIDAY + 7 * DAY, by_id=None, now=BEFORE)
    row = here.publish(prizes=PLACES[:1], last=FRIDAY + 14 * DAY)
    row.average = 40_00
    earn(here, 100, here.scene.person_id)
    earn(here, 500, here.scene.colleague_id)
    mine, theirs = ranking.ranked(row).people
    assert availability.standard_days(dates_of(row)) == theirs.available_days == 15
    assert (mine.subject_id, mine.available_days, mine.score) == (here.scene.person_id, 2, (100_00 + 80_00) * 17 // 4)
    assert theirs.score == 500_00 + 80_00
    assert finalising.review(row, GRACE_OVER + 14 * DAY)
    assert finalising.finalise(row, FINAL + 14 * DAY)
    assert won(row) == [(here.scene.person_id, 50_00)]


def test_one_day_on_which_somebody_could_work_is_no_place_and_still_a_ticket() -> None:
    here = arena.start()
    contract.set_days(here.scene.people.sanne, {WEDNESDAY.weekday()}, MONDAY, by_id=None, now=BEFORE)
    row = here.publish(Format.THRESHOLD, goal=50, step=10, prizes=(PLACES[0], TICKET))
    earn(here, 100, here.scene.person_id)
    assert ranking.ranked(row).people[0].available_days == 1
    here.finish(row)
    assert won(row) == [(here.scene.person_id, 10_00)]


def test_who_is_hidden_is_in_what_compares_people_after_having_chosen_to() -> None:
    here = arena.start()
    appearance.choose(here.scene.people.sanne, appearance.HIDDEN, BEFORE)
    row, together = here.publish(prizes=PLACES[:1]), here.publish(Format.TEAM_GOAL, goal=1)
    earn(here, 300, here.scene.person_id)
    assert ranking.ranked(row).people == []
    assert ranking.ranked(together).together == 300
    taking_part.join(row, here.scene.people.sanne, BEFORE)
    here.finish(row)
    assert won(row) == [(here.scene.person_id, 50_00)]


def test_the_raffle_is_drawn_with_the_final_result_only() -> None:
    here = arena.start()
    row = here.publish(Format.THRESHOLD, goal=50, step=10, prizes=(TICKET, PLACES[0]))
    earn(here, 100, here.scene.person_id)
    provisional = finalising.review(row, GRACE_OVER)
    assert provisional
    assert [each["cents"] for each in provisional.body["prizes"]] == [50_00]
    final = finalising.finalise(row, FINAL)
    assert isinstance(final, Result)
    assert [each["cents"] for each in final.body["prizes"]] == [50_00, 10_00]


def test_prizes_that_nobody_can_win_are_not_published() -> None:
    here = arena.start()
    with pytest.raises(publishing.NotYet, match="prizes"):
        here.publish(prizes=(TICKET,))
    with pytest.raises(publishing.NotYet, match="prizes"):
        here.publish(Format.THRESHOLD, goal=1, step=1, prizes=(EVENING,))


def test_two_sides_share_the_first_place() -> None:
    here = arena.start()
    prize = PrizePlan(PrizeKind.TEAM, "Taart", 5_01, divisible=True)
    row = here.publish(Format.TEAMS, prizes=(prize, PrizePlan(PrizeKind.TEAM, "Beker", 1_00)))
    sides = [Line(each.id, 1, 10, 10, 0, 5) for each in sides_of(row.id)]
    found = awarding.won(row, Ranking([], sides, 0, active(row.id)), prizes_of(row.id))
    assert [each.cents for each in found] == [2_50, 2_50, 1_00]
