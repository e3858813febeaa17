"""What an answer asks beyond the contact: a pause, a closed channel, a number not theirs; and taking it back."""

from datetime import datetime

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import bonus, promise, queue_log
from app.domain.actions.consequence import Answer, Scope
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.actions.promise import Promise
from app.domain.actions.queue import CardState
from app.domain.candidates import consent, consenting, contact_flags, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.contact_state import ContactState
from tests.domain.actions.queue_scene import DAY, MINUTE, NOW, Block

LATER = NOW + 30 * DAY
REFUSED = Outcome.DO_NOT_CONTACT


@pytest.fixture
def block(session: None) -> Block:
    found = Block()
    found.start()
    return found


def state(candidate: Candidate) -> ContactState:
    return db.session.get_one(ContactState, candidate.id, populate_existing=True)


def ways(candidate: Candidate) -> set[Channel]:
    return set(identity.ways(identity.identities_of(candidate.id)))


def undo(block: Block) -> None:
    action_id = db.session.scalars(select(EngagementAction.id).order_by(EngagementAction.id.desc())).first()
    assert queue_log.undo(block.sanne, action_id or 0, NOW + MINUTE)


def test_who_has_work_is_left_alone_until_then(block: Block) -> None:
    block.answer(Answer(Outcome.HAS_WORK, until=LATER))
    assert state(block.one).paused_until == LATER
    undo(block)
    assert state(block.one).paused_until is None


def test_who_has_work_without_a_day_is_only_logged(block: Block) -> None:
    block.answer(Answer(Outcome.HAS_WORK))
    assert state(block.one).paused_until is None


def test_a_pause_that_somebody_changed_since_stays(block: Block) -> None:
    block.answer(Answer(Outcome.HAS_WORK, until=LATER))
    contact_flags.paused(block.one.id, LATER + DAY)
    undo(block)
    assert state(block.one).paused_until == LATER + DAY


def test_a_refusal_for_everything_closes_the_candidate(block: Block) -> None:
    block.answer(Answer(REFUSED))
    assert state(block.one).do_not_contact_at == NOW
    undo(block)
    assert state(block.one).do_not_contact_at is None


@pytest.mark.parametrize("scope", [Scope.CHANNEL, Scope.UNTIL])
def test_a_narrower_refusal_earns_as_much_and_leaves_the_rest_open(block: Block, scope: Scope) -> None:
    worked = block.answer(Answer(REFUSED, scope, until=LATER, closes=Channel.SMS))
    assert worked.logged
    assert (worked.logged.kind_code, worked.logged.points) == ("refusal", 20 + bonus.POINTS[bonus.NEGLECTED])
    assert state(block.one).do_not_contact_at is None


def test_a_channel_that_is_refused_is_closed_and_opens_when_undone(block: Block) -> None:
    block.answer(Answer(REFUSED, Scope.CHANNEL, closes=Channel.WHATSAPP))
    assert ways(block.one) == {Channel.PHONE, Channel.SMS}
    undo(block)
    assert ways(block.one) == {Channel.PHONE, Channel.WHATSAPP, Channel.SMS}


def test_a_wrong_number_is_not_rung_again_until_undone(block: Block) -> None:
    block.answer(Answer(Outcome.WRONG_NUMBER))
    assert ways(block.one) == set()
    undo(block)
    assert ways(block.one) == {Channel.PHONE, Channel.WHATSAPP, Channel.SMS}


def by_themselves(block: Block, channel: Channel, at: datetime) -> None:
    identity.opt_out(block.one.id, channel, origin="candidate", now=at)


def test_an_administrator_takes_back_what_the_answer_asked_for(block: Block) -> None:
    logged = block.answer(Answer(REFUSED, Scope.CHANNEL, closes=Channel.SMS)).logged
    screen = block.on_screen()
    assert logged
    assert queue_log.undo(block.people.ada, logged.action_id, NOW + MINUTE)
    assert ways(block.one) == {Channel.PHONE, Channel.WHATSAPP, Channel.SMS}
    assert (block.on_screen(), block.states()[0]) == (screen, CardState.WAITING)


@pytest.mark.parametrize("at", [NOW - DAY, NOW + MINUTE / 2], ids=["before", "since"])
def test_a_channel_that_they_closed_themselves_is_not_opened_by_an_undo(block: Block, at: datetime) -> None:
    if at < NOW:
        by_themselves(block, Channel.SMS, at)
    block.answer(Answer(REFUSED, Scope.CHANNEL, closes=Channel.SMS))
    if at > NOW:
        by_themselves(block, Channel.SMS, at)
    undo(block)
    assert ways(block.one) == {Channel.PHONE, Channel.WHATSAPP}


@pytest.mark.parametrize("at", [NOW - DAY, NOW + MINUTE / 2], ids=["before", "since"])
def test_what_else_they_said_of_the_channel_stands_after_an_undo(block: Block, at: datetime) -> None:
    def say() -> None:
        key = (ConsentPurpose.CONTACT, Channel.SMS)
        consenting.tell(block.one.id, *key, given=False, via=Via.OWN_PAGE, by_id=block.sanne.id, now=at)

    for step in sorted([(at, say), (NOW, lambda: block.answer(Answer(REFUSED, Scope.CHANNEL, closes=Channel.SMS)))]):
        step[1]()
    undo(block)
    assert not consent.current(block.one.id)[ConsentPurpose.CONTACT, Channel.SMS].given
    assert Channel.SMS not in ways(block.one)


def test_a_wrong_number_leaves_closed_what_they_had_closed(block: Block) -> None:
    by_themselves(block, Channel.WHATSAPP, NOW - DAY)
    block.answer(Answer(Outcome.WRONG_NUMBER))
    undo(block)
    assert ways(block.one) == {Channel.PHONE, Channel.SMS}


def due(block: Block) -> list[object]:
    rows = select(Promise.due_at).where(
        Promise.candidate_id == block.one.id, Promise.withdrawn_at.is_(None), Promise.kept_at.is_(None)
    )
    return list(db.session.scalars(rows))


def test_the_next_step_can_be_changed_and_taken_away(block: Block) -> None:
    card = block.current()
    block.log(promise_at=LATER)
    assert queue_log.change_step(card, LATER + DAY, "Vier dagen", NOW + MINUTE)
    action = db.session.get_one(EngagementAction, card.action_id)
    assert (due(block), action.note) == ([LATER + DAY], "Vier dagen")
    assert queue_log.change_step(card, None, "", NOW + MINUTE)
    assert (due(block), action.note, state(block.one).promise_due_at) == ([], None, None)


def test_a_next_step_that_stays_is_the_same_promise(block: Block) -> None:
    card = block.current()
    logged = block.log(promise_at=LATER).logged
    assert queue_log.change_step(card, LATER, "", NOW + MINUTE)
    assert logged
    assert promise.made_by(logged.action_id) == (logged.promise_id, LATER)


def test_a_next_step_said_afterwards_replaces_what_was_due_and_undo_brings_it_back(block: Block) -> None:
    card, was = block.current(), due(block)
    block.log(Outcome.NO_ANSWER)
    assert due(block) == was
    assert queue_log.change_step(card, LATER, "", NOW + MINUTE)
    assert due(block) == [LATER]
    undo(block)
    assert due(block) == was


def test_what_was_undone_has_no_next_step(block: Block) -> None:
    card = block.current()
    assert not queue_log.change_step(card, LATER, "", NOW)
    block.log()
    undo(block)
    assert not queue_log.change_step(card, LATER, "", NOW)


def test_no_next_step_after_all_leaves_open_what_was_due(block: Block) -> None:
    block.log(Outcome.NO_ANSWER, promise_at=NOW + 3 * DAY)
    card = next(card for card in block.deck().cards if card.state == "done")
    queue_log.change_step(card, None, "", NOW + MINUTE)
    due = promise.next_of(block.one.id)
    assert due is not None
    assert due.due_at == NOW - 2 * DAY
    queue_log.change_step(card, NOW + DAY, "", NOW + 2 * MINUTE)
    assert [each.due_at for each in promise.due(block.one.id, NOW + 9 * DAY)] == [NOW + DAY]
