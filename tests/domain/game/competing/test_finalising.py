"""A result is provisional, may be objected to, and then becomes final exactly once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from app.db import db
from app.domain.game import ledger
from app.domain.game.competing import checking, disputing, drawing, finalising, handing, life, ranking
from app.domain.game.competing.competition import Competition, Format, State
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.drum import drum_of
from app.domain.game.competing.entrant import active
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.competing.raffle import Raffle, RaffleDraw, RaffleTicket
from app.domain.game.competing.result import Result
from app.domain.game.competing.waiting import open_disputes
from app.domain.game.running import NotAllowed
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import FINAL, GRACE_OVER, PLACES, Arena
from tests.domain.game.scene import WEDNESDAY, ZONE

pytestmark = pytest.mark.usefixtures("session")
HOUR = timedelta(hours=1)


def awards(row: Competition) -> list[tuple[int | None, int]]:
    return [(each.person_id, each.cents) for each in handing.awards_of(row.id)]


def two_earn(here: Arena, first: int = 300, second: int = 200) -> None:
    here.scene.earn(first, source_id=1)
    here.scene.earn(second, source_id=2, candidate_id=2, person_id=here.scene.colleague_id)


def test_the_best_get_the_prizes_and_the_rest_of_the_money_is_free_again() -> None:
    here = arena.start()
    row = here.publish(prizes=(*PLACES, PrizePlan(PrizeKind.PLACE, "Bon", 5_00, place=3)))
    two_earn(here)
    here.finish(row)
    assert awards(row) == [(here.scene.person_id, 50_00), (here.scene.colleague_id, 20_00)]
    assert here.pots() == (30_00, 0, 70_00, 0)
    assert life.state_of(row, FINAL, ZONE) == State.FINAL


def test_again_and_again_it_is_final_once() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES)
    two_earn(here)
    here.finish(row)
    assert finalising.review(row, FINAL) is None
    assert finalising.finalise(row, FINAL) is None
    finals = db.session.scalars(select(Result).where(Result.final.is_(True))).all()
    assert [each.digest for each in finals] == [finalising.digest(finals[0].body)]
    assert len(awards(row)) == 2


def test_not_before_two_days_and_not_before_grace() -> None:
    here = arena.start()
    row = here.publish()
    assert finalising.review(row, GRACE_OVER - HOUR) is None
    assert finalising.review(row, GRACE_OVER)
    assert finalising.finalise(row, FINAL - HOUR) is None


def three_share_the_second_place(here: Arena) -> list[int]:
    people = here.scene.people
    tied = [people.bram.id, people.otto.id, people.lead.id]
    here.scene.earn(300, source_id=1)
    for number, person_id in enumerate(tied, 2):
        here.scene.earn(100, source_id=number, candidate_id=number, person_id=person_id)
    return tied


def test_three_share_the_second_place_and_its_money() -> None:
    here = arena.start()
    row = here.publish(prizes=(*PLACES, PrizePlan(PrizeKind.PLACE, "Bon", 5_00, place=4, divisible=True)))
    tied = three_share_the_second_place(here)
    here.finish(row)
    assert awards(row)[1:] == [(person_id, 8_33) for person_id in sorted(tied)]
    assert here.pots() == (100_00 - 50_00 - 24_99, 0, 50_00 + 24_99, 0)


def test_three_share_the_second_place_and_one_gets_what_cannot_be_shared() -> None:
    here = arena.start()
    row = here.publish(prizes=(PLACES[0], PrizePlan(PrizeKind.PLACE, "Fiets", 20_00, place=2)))
    tied = three_share_the_second_place(here)
    here.finish(row)
    (_first, (winner, cents)) = awards(row)
    assert (winner in tied, cents) == (True, 20_00)
    assert drawing.order(row.seed or b"", "places", tied)[0] == winner


def test_a_reversal_counts_while_live_and_in_grace_and_in_review_when_made_anew_and_never_afterwards() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES)
    two_earn(here)
    assert ranking.ranked(row).people[0].subject_id == here.scene.person_id
    finalising.review(row, GRACE_OVER)
    objection = disputing.object_to(row, here.scene.people.bram, "Die afspraak was er niet", GRACE_OVER + HOUR)
    ledger.reverse("action", 1, by_id=None, now=GRACE_OVER + 2 * HOUR)
    assert finalising.finalise(row, FINAL) is None
    made = disputing.decide(objection, "Klopt", upheld=True, by=here.scene.people.ines, now=FINAL)
    assert made
    assert [line["subject_id"] for line in made.body["people"]] == [here.scene.colleague_id]
    assert finalising.finalise(row, FINAL)
    ledger.reverse("action", 2, by_id=None, now=FINAL + HOUR)
    assert awards(row) == [(here.scene.colleague_id, 50_00)]


def test_what_is_recorded_after_grace_does_not_count_and_neither_does_taking_it_back() -> None:
    here = arena.start()
    row = here.publish()
    two_earn(here)
    here.scene.earn(500, source_id=3, candidate_id=3, recorded_at=GRACE_OVER, person_id=here.scene.colleague_id)
    ledger.reverse("action", 3, by_id=None, now=GRACE_OVER + HOUR)
    assert [line.counts for line in ranking.ranked(row).people] == [300, 200]


def test_kudos_win_nothing() -> None:
    here = arena.start()
    row = here.publish()
    two_earn(here)
    here.scene.earn(900, source_kind="kudos", kind="bonus", candidate_id=None, action_kind_id=None)
    assert [line.counts for line in ranking.ranked(row).people] == [300, 200]


def test_somebody_who_moves_stays_on_their_side() -> None:
    here = arena.start()
    row = here.publish(Format.TEAM_GOAL, goal=100)
    before = {each.person_id: each.side_id for each in active(row.id)}
    here.scene.people.sanne.team_id = here.scene.other_team_id
    here.scene.earn(100, team_id=here.scene.other_team_id)
    assert ranking.ranked(row).together == 100
    assert {each.person_id: each.side_id for each in active(row.id)} == before


def test_whoever_reaches_the_goal_is_in_the_draw_and_anybody_can_repeat_it() -> None:
    here = arena.start()
    prize = PrizePlan(PrizeKind.RAFFLE, "Bon", 10_00, number=2)
    row = here.publish(Format.THRESHOLD, goal=100, step=50, prizes=(prize,))
    two_earn(here)
    here.finish(row)
    tickets = db.session.execute(select(RaffleTicket.person_id, RaffleTicket.tickets))
    held = {row.person_id: row.tickets for row in tickets}
    kept = db.session.get_one(Raffle, row.id)
    assert kept.list_hash == drum_of(row, held).list_hash
    assert row.seed_hash == drawing.digest(drum_of(row, held).secret)
    drawn = db.session.execute(select(RaffleDraw.ticket, RaffleDraw.person_id).order_by(RaffleDraw.number))
    assert [tuple(each) for each in drawn] == drum_of(row, held).draw(2)
    assert {person for person, _ in awards(row)} == set(held)


def test_handed_over_and_declined_it_is_rewarded() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES)
    two_earn(here)
    here.finish(row)
    first, second = handing.awards_of(row.id)
    assert handing.hand_over(first, by=here.scene.people.ines, now=FINAL)
    assert not handing.hand_over(first, by=here.scene.people.ines, now=FINAL)
    assert handing.decline(second, by=here.scene.people.bram, now=FINAL)
    assert here.pots() == (50_00, 0, 0, 50_00)
    assert life.state_of(row, FINAL, ZONE) == State.REWARDED
    assert life.archive(row, FINAL)


def test_one_hands_over_nothing_to_oneself_and_declines_nothing_of_others() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES)
    two_earn(here)
    here.finish(row)
    first = handing.awards_of(row.id)[0]
    with pytest.raises(NotAllowed):
        handing.hand_over(first, by=here.scene.people.sanne, now=FINAL)
    with pytest.raises(NotAllowed):
        handing.decline(first, by=here.scene.people.bram, now=FINAL)


def test_without_winners_it_is_rewarded_at_once() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES)
    here.finish(row)
    assert (awards(row), here.pots(), row.rewarded_at) == ([], (100_00, 0, 0, 0), FINAL)


def test_one_good_day_is_not_a_place() -> None:
    here = arena.start()
    row = here.publish(prizes=PLACES)
    here.scene.people.sanne.joined_on = date(2026, 11, 20)
    here.scene.earn(900, on=date(2026, 11, 20))
    here.scene.earn(100, source_id=2, candidate_id=2, on=WEDNESDAY, person_id=here.scene.colleague_id)
    here.finish(row)
    assert awards(row) == [(here.scene.colleague_id, 50_00)]


def test_objections_in_time_by_who_takes_part_answered_by_somebody_else() -> None:
    here = arena.start()
    row = here.publish()
    with pytest.raises(disputing.NotNow):
        disputing.object_to(row, here.scene.people.bram, "Te vroeg", GRACE_OVER - HOUR)
    finalising.review(row, GRACE_OVER)
    with pytest.raises(NotAllowed):
        disputing.object_to(row, here.scene.people.ines, "Ik doe niet mee", GRACE_OVER)
    with pytest.raises(disputing.NotNow):
        disputing.object_to(row, here.scene.people.bram, "Te laat", FINAL)
    objection = disputing.object_to(row, here.scene.people.bram, "Nee", GRACE_OVER)
    assert disputing.object_to(row, here.scene.people.bram, "Nog eens", GRACE_OVER) is objection
    with pytest.raises(NotAllowed):
        disputing.decide(objection, "Zelf", upheld=True, by=here.scene.people.bram, now=GRACE_OVER)
    assert disputing.decide(objection, "Toch goed", upheld=False, by=here.scene.people.ines, now=GRACE_OVER) is None
    assert finalising.finalise(row, FINAL)


def test_the_draw_is_checked_again_and_a_list_that_was_changed_does_not_hold() -> None:
    here = arena.start()
    row = here.publish(Format.THRESHOLD, goal=50, step=10, prizes=(PrizePlan(PrizeKind.RAFFLE, "Bon", 1_00),))
    assert checking.check(row) is None
    two_earn(here)
    here.finish(row)
    found = checking.check(row)
    assert found
    assert found.holds
    db.session.execute(update(RaffleTicket).values(tickets=RaffleTicket.tickets - 1))
    db.session.expire_all()
    changed = checking.check(row)
    assert changed
    assert (changed.holds, changed.list_holds, changed.secret_holds) == (False, False, True)


def test_an_objection_that_waits_is_counted_and_needs_words_as_its_answer_does() -> None:
    here = arena.start()
    row, ada = here.publish(), here.scene.people.ada
    finalising.review(row, GRACE_OVER)
    objection = disputing.object_to(row, here.scene.people.bram, "Nee", GRACE_OVER)
    assert (open_disputes([row.id]), disputing.disputes_of(row.id)) == ({row.id: 1}, [objection])
    with pytest.raises(ValueError, match=" "):
        disputing.object_to(row, here.scene.people.tess, " ", GRACE_OVER)
    with pytest.raises(ValueError, match=" "):
        disputing.decide(objection, " ", upheld=True, by=ada, now=GRACE_OVER)
    disputing.decide(objection, "Klopt niet", upheld=False, by=ada, now=GRACE_OVER)
    assert open_disputes([row.id]) == {}
