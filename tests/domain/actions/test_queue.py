"""The queue: an order that is frozen, cards that are claimed, logged once, skipped once, and taken back."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.actions import action, bonus, claim, covering, queue, queue_cards, queue_log, queue_start
from app.domain.actions.consequence import Answer
from app.domain.actions.outcome import Outcome
from app.domain.actions.queue import CardState
from app.domain.actions.queue_cards import Gone
from app.domain.candidates import contact_flags, hot_trigger
from app.domain.program import absence
from app.domain.scoring import list_log
from tests import make
from tests.domain.actions.queue_scene import DAY, MINUTE, NOW, Block

DONE, WAITING, SKIPPED, PASSED, GONE = (
    CardState.DONE, CardState.WAITING, CardState.SKIPPED, CardState.PASSED, CardState.GONE,
)  # fmt: skip


@pytest.fixture
def block(session: None) -> Block:
    found = Block()
    found.start()
    return found


def test_the_order_is_frozen_and_logged(block: Block) -> None:
    row = block.deck().queue
    shown = [kept.candidate_id for kept in list_log.rows_of(row.list_id or 0)]
    assert shown == [card.candidate_id for card in block.deck().cards] == [block.one.id, block.two.id, block.three.id]
    block.promised(9)
    assert len(block.deck().cards) == 3


@pytest.mark.parametrize(("minutes", "within"), [(-16, False), (-15, True), (44, True), (45, False)])
def test_a_queue_belongs_to_the_block_in_which_it_is_begun(session: None, minutes: int, within: bool) -> None:
    scene, friday = Block(), NOW + 2 * DAY + timedelta(hours=3, minutes=30)
    scene.start(at=friday + minutes * MINUTE)
    assert scene.deck(at=friday + timedelta(hours=1)).queue.block_at == (friday if within else None)


def test_the_first_is_on_the_screen_and_claimed(block: Block) -> None:
    assert block.on_screen() == block.one.id
    assert (block.claimed_by(block.one), block.claimed_by(block.two)) == (block.sanne.id, None)
    assert claim.standing(block.bram, block.one.id, NOW).colleague == block.sanne.name
    assert claim.standing(block.sanne, block.one.id, NOW).colleague is None


def test_a_second_start_goes_on_where_one_was(block: Block) -> None:
    block.log()
    row = block.deck().queue
    again = block.start(at=NOW + MINUTE)
    assert again
    assert again.card
    assert again.card.candidate_id == block.two.id
    assert block.deck().queue is row


def test_logging_brings_the_next_and_lets_the_candidate_go(block: Block) -> None:
    worked = block.log()
    assert worked.logged
    assert worked.logged.points == 30 + bonus.POINTS[bonus.NEGLECTED]
    assert (block.on_screen(), block.states()) == (block.two.id, [DONE, WAITING, WAITING])
    assert (block.claimed_by(block.one), block.claimed_by(block.two)) == (None, block.sanne.id)


def test_the_last_one_ends_the_cards_not_the_queue(block: Block) -> None:
    for _ in range(3):
        block.log()
    assert block.on_screen() is None
    assert queue.sum_of(block.deck().queue) == queue.Sum({"spoke": 3}, 160)


def test_what_came_of_it_is_in_the_order_of_the_keys(block: Block) -> None:
    for outcome in (Outcome.NO_ANSWER, Outcome.APPOINTMENT, Outcome.SPOKE):
        block.log(outcome)
    assert list(queue.sum_of(block.deck().queue).outcomes) == ["spoke", "no_answer", "appointment"]


def test_a_press_that_comes_twice_logs_once(block: Block) -> None:
    key, card = b"k" * 16, block.current()
    block.log(key=key)
    again = block.log_card(block.deck(), card, Answer(Outcome.SPOKE), key=key)
    assert (again.logged, again.elsewhere, block.on_screen()) == (None, False, block.two.id)


def test_another_tab_hears_that_the_card_is_done(block: Block) -> None:
    card = block.current()
    block.log()
    again = block.log_card(block.deck(), card, Answer(Outcome.NO_ANSWER))
    assert (again.logged, again.elsewhere, again.turned.card) == (None, True, block.current())


def test_a_card_of_another_tab_is_logged_and_the_screen_stays(block: Block) -> None:
    first = block.current()
    queue_cards.forward(block.deck(), first, NOW)
    worked = block.log_card(block.deck(), first, Answer(Outcome.SPOKE))
    assert worked.logged
    assert block.on_screen() == block.two.id


def test_a_skipped_card_comes_back_once(block: Block) -> None:
    queue_cards.skip(block.deck(), block.current(), NOW)
    assert block.on_screen() == block.two.id
    block.log()
    block.log()
    assert block.on_screen() == block.one.id
    queue_cards.skip(block.deck(), block.current(), NOW)
    assert (block.on_screen(), sorted(block.states())) == (None, [DONE, DONE, PASSED])


def test_a_skip_that_comes_twice_skips_once(block: Block) -> None:
    block.log()
    block.log()
    card = block.current()
    for _ in range(2):
        queue_cards.skip(block.deck(), card, NOW, seen="waiting")
    assert (card.state, block.on_screen()) == (SKIPPED, block.three.id)


def test_one_looks_ahead_and_back(block: Block) -> None:
    queue_cards.forward(block.deck(), block.current(), NOW)
    queue_cards.forward(block.deck(), block.current(), NOW)
    queue_cards.forward(block.deck(), block.current(), NOW)
    assert block.on_screen() == block.one.id
    queue_cards.backward(block.deck(), block.current(), NOW)
    assert (block.on_screen(), block.states()) == (block.one.id, [WAITING] * 3)
    queue_cards.forward(block.deck(), block.current(), NOW)
    queue_cards.backward(block.deck(), block.current(), NOW)
    assert block.on_screen() == block.one.id


def test_whom_a_colleague_has_is_passed_over(block: Block) -> None:
    assert claim.take(block.bram, block.two.id, NOW)
    turned = block.log().turned
    assert turned.gone == (Gone(block.two.name, "claimed", block.bram.name),)
    assert (block.on_screen(), block.states()[1]) == (block.three.id, GONE)


def test_a_claim_lasts_ten_minutes_and_is_kept_by_who_is_at_it(block: Block) -> None:
    assert not claim.take(block.bram, block.one.id, NOW + 9 * MINUTE)
    queue_cards.stay(block.deck(), block.current(), NOW + 9 * MINUTE)
    assert not claim.take(block.bram, block.one.id, NOW + 18 * MINUTE)
    assert claim.take(block.bram, block.one.id, NOW + 19 * MINUTE)
    turned = queue_cards.stay(block.deck(), block.current(), NOW + 20 * MINUTE)
    assert turned.gone[0].by == block.bram.name
    assert block.on_screen() == block.two.id


def test_a_claim_that_ran_out_costs_no_word_that_was_had(block: Block) -> None:
    assert claim.take(block.bram, block.one.id, NOW + 11 * MINUTE)
    assert block.log(at=NOW + 12 * MINUTE).logged
    assert block.claimed_by(block.one) == block.bram.id


def test_whom_a_colleague_just_contacted_is_passed_over(block: Block) -> None:
    at = NOW + MINUTE
    action.log(block.bram, block.two, Outcome.NO_ANSWER, at=at, now=at)
    assert block.log(at=NOW + 2 * MINUTE).turned.gone == (Gone(block.two.name, "contacted", block.bram.name),)


def test_whom_one_logged_on_another_page_is_done(block: Block) -> None:
    at = NOW + MINUTE
    action.log(block.sanne, block.two, Outcome.SPOKE, at=at, now=at)
    turned = block.log(at=NOW + 2 * MINUTE).turned
    assert (turned.gone, block.on_screen(), block.states()) == ((), block.three.id, [DONE, DONE, WAITING])


@pytest.mark.parametrize("reason", ["paused", "do_not_contact"])
def test_who_may_not_be_contacted_any_more_is_passed_over(block: Block, reason: str) -> None:
    if reason == "paused":
        contact_flags.paused(block.two.id, NOW + DAY)
    else:
        contact_flags.refused(block.two.id, NOW)
    assert [gone.reason for gone in block.log().turned.gone] == [reason]


def test_whom_one_may_not_see_any_more_is_passed_over_without_a_name(block: Block) -> None:
    block.two.anonymised_at = NOW
    db.session.flush()
    assert block.log().turned.gone == (Gone("", "retention_over", None),)


def test_undo_brings_the_card_back(block: Block) -> None:
    logged = block.log().logged
    assert logged
    assert queue_log.undo(block.sanne, logged.action_id, NOW + MINUTE)
    assert (block.on_screen(), block.states()) == (block.one.id, [WAITING] * 3)
    assert (block.claimed_by(block.one), block.claimed_by(block.two)) == (block.sanne.id, None)
    assert queue.sum_of(block.deck().queue).points == 0


def test_undo_twice_is_undoing_once(block: Block) -> None:
    logged = block.log().logged
    assert logged
    for _ in range(2):
        assert queue_log.undo(block.sanne, logged.action_id, NOW)
    block.log()
    assert block.states() == [DONE, WAITING, WAITING]


def test_undo_after_the_end_leaves_the_queue_ended(block: Block) -> None:
    logged = block.log().logged
    queue_start.end(block.deck(), NOW)
    assert logged
    assert queue_log.undo(block.sanne, logged.action_id, NOW)
    assert queue.open_of(block.sanne, NOW) is None


def test_nobody_else_takes_it_back(block: Block) -> None:
    logged = block.log().logged
    assert logged
    assert queue_log.undo(block.bram, logged.action_id, NOW) is None


def test_undo_of_what_was_logged_elsewhere_needs_no_queue(block: Block) -> None:
    logged = action.log(block.bram, block.two, Outcome.SPOKE, at=NOW, now=NOW)
    undone = queue_log.undo(block.bram, logged.action_id, NOW)
    assert undone
    assert undone.undone_at == NOW


def test_the_end_lets_everybody_go(block: Block) -> None:
    queue_start.end(block.deck(), NOW)
    assert (block.claimed_by(block.one), queue.open_of(block.sanne, NOW)) == (None, None)
    shown = queue.pile_of(block.sanne, NOW + MINUTE, timedelta(hours=1))
    assert shown
    assert shown.queue.ended_at == NOW
    assert queue.pile_of(block.sanne, NOW + 2 * timedelta(hours=1), timedelta(hours=1)) is None


def test_what_comes_after_the_end_is_still_logged(block: Block) -> None:
    deck, card = block.deck(), block.current()
    queue_start.end(deck, NOW)
    worked = block.log_card(deck, card, Answer(Outcome.SPOKE))
    assert worked.logged
    assert worked.turned.card is None
    assert queue_cards.forward(deck, card, NOW).card is None


def test_after_half_a_day_it_is_over(block: Block) -> None:
    later = NOW + timedelta(hours=12, minutes=1)
    assert queue.open_of(block.sanne, NOW + timedelta(hours=12))
    assert queue.open_of(block.sanne, later) is None
    assert queue.pile_of(block.sanne, later, timedelta(days=9)) is None
    old = block.deck().queue
    block.start(at=later)
    assert (old.ended_at, block.deck(at=later).queue is old) == (NOW + timedelta(hours=12), False)


def test_a_queue_that_is_finished_makes_room_for_a_new_one(block: Block) -> None:
    for _ in range(3):
        block.log()
    block.promised(2)
    begun = block.start(at=NOW + MINUTE)
    assert begun
    assert begun.card
    assert len(block.deck().cards) == 1


def test_without_anybody_to_contact_nothing_begins(block: Block) -> None:
    assert block.start(block.people.otto) is None
    assert queue.open_of(block.people.otto, NOW) is None


def test_who_became_hot_is_offered_and_comes_next_when_accepted(block: Block) -> None:
    hot = make.candidate(owner=block.sanne, at=NOW - 30 * DAY)
    hot_trigger.triggered(hot.id, "form", NOW + MINUTE)
    deck = block.deck()
    assert [each.candidate.id for each in queue_start.hot_now(*deck[:3], NOW + 2 * MINUTE)] == [hot.id]
    assert queue_start.offer(deck, hot.id, NOW + 2 * MINUTE)
    assert queue_start.offer(block.deck(), hot.id, NOW)
    assert (block.on_screen(), len(block.deck().cards)) == (block.one.id, 4)
    block.log(at=NOW + 2 * MINUTE)
    assert block.on_screen() == hot.id
    assert queue_start.hot_now(*block.deck()[:3], NOW + 2 * MINUTE) == []


def test_who_is_not_hot_does_not_jump_in(block: Block) -> None:
    cold = make.candidate(owner=block.sanne, at=NOW - 30 * DAY)
    assert not queue_start.offer(block.deck(), cold.id, NOW + MINUTE)
    assert len(block.deck().cards) == 3


def test_a_block_that_runs_gives_its_length_and_its_name(session: None) -> None:
    found, friday = Block(), NOW + 2 * DAY + timedelta(hours=3, minutes=20)
    found.start(at=friday)
    row = found.deck(at=friday).queue
    assert (row.block_at, row.minutes) == (NOW + 2 * DAY + timedelta(hours=3, minutes=30), 45)


def test_the_pool_of_a_colleague_on_leave_can_be_worked(block: Block) -> None:
    day = NOW.date()
    assert not covering.may_cover(block.bram, block.sanne.id, day)
    absence.record(block.sanne.id, day, day, by_id=block.sanne.id, now=NOW)
    assert covering.may_cover(block.bram, block.sanne.id, day)
    assert not covering.may_cover(block.people.otto, block.sanne.id, day)
    begun = block.start(block.bram, owner_id=block.sanne.id)
    assert begun
    assert begun.card
    assert begun.card.candidate_id == block.two.id


def test_who_leads_the_team_may_always(block: Block) -> None:
    assert covering.may_cover(block.people.lead, block.sanne.id, NOW.date())
    assert block.people.gone in covering.covered_by(block.bram, NOW.date())
    assert covering.covered_by(block.people.ines, NOW.date()) == ()


def test_a_claim_of_somebody_else_is_not_given_up(block: Block) -> None:
    contact_flags.unclaimed(block.one.id, block.bram.id)
    assert block.claimed_by(block.one) == block.sanne.id
