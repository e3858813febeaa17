"""The link in a mail: one person, one candidate, one contact; pressed twice it logs once."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.actions import action, log_link, queue_cards
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from tests import make
from tests.domain.actions.queue_scene import MINUTE, Block
from tests.domain.actions.queue_scene import NOW as BLOCK_NOW
from tests.domain.actions.test_action import NOW, Desk, count, total

DAY = timedelta(days=1)


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def made(desk: Desk) -> str:
    return log_link.make(desk.people.sanne.id, desk.candidate.id, NOW)


def logged(token: str, outcome: Outcome = Outcome.SPOKE) -> EngagementAction:
    found = log_link.log(token, outcome, NOW)
    assert found
    assert found.logged
    return found.logged


def test_it_logs_once_in_the_name_of_its_owner(desk: Desk) -> None:
    token = made(desk)
    first = logged(token)
    assert (first.person_id, first.candidate_id, first.source) == (desk.people.sanne.id, desk.candidate.id, "mail")
    assert logged(token, Outcome.NO_ANSWER).id == first.id
    assert (count(EngagementAction), total()) == (1, 30)


def test_looking_logs_nothing(desk: Desk) -> None:
    found = log_link.opened(made(desk), NOW)
    assert (found and found.logged, count(EngagementAction)) == (None, 0)


def test_after_an_undo_it_serves_again(desk: Desk) -> None:
    token = made(desk)
    wrong = logged(token)
    assert log_link.undo(token, NOW + DAY)
    assert log_link.undo(token, NOW + DAY) is None
    assert logged(token, Outcome.APPOINTMENT).id != wrong.id
    assert total() == 10


def test_after_a_day_it_is_not_taken_back(desk: Desk) -> None:
    token = made(desk)
    logged(token)
    assert log_link.undo(token, NOW + DAY + timedelta(seconds=1)) is None


def test_later_brings_a_follow_up(desk: Desk) -> None:
    logged(made(desk), Outcome.LATER)
    assert desk.state().promise_due_at == NOW.replace(hour=8) + 7 * DAY


def test_it_ends_after_a_week(desk: Desk) -> None:
    token = made(desk)
    assert log_link.opened(token, NOW + 7 * DAY) is None
    assert log_link.opened("another", NOW) is None


@pytest.mark.parametrize("why", ["left", "hidden"])
def test_who_left_or_may_not_see_them_any_more_logs_nothing(desk: Desk, why: str) -> None:
    token = made(desk)
    if why == "left":
        desk.people.sanne.deactivated_at = NOW
    else:
        desk.candidate.owner_id, desk.candidate.branch_id = None, make.branch("Oost").id
    db.session.flush()
    assert log_link.log(token, Outcome.SPOKE, NOW) is None
    assert count(EngagementAction) == 0


def test_undone_elsewhere_it_is_open_again(desk: Desk) -> None:
    token = made(desk)
    action.undo(desk.people.sanne, logged(token).id, NOW)
    found = log_link.opened(token, NOW)
    assert found
    assert found.logged is None


def test_undone_in_the_mail_its_card_is_on_the_screen_again(session: None) -> None:
    block = Block()
    block.start()
    token = log_link.make(block.sanne.id, block.one.id, BLOCK_NOW)
    queue_cards.onward(block.deck(), 1, BLOCK_NOW)
    assert log_link.log(token, Outcome.SPOKE, BLOCK_NOW + MINUTE)
    assert queue_cards.backward(block.deck(), block.current(), BLOCK_NOW + MINUTE).card
    assert log_link.undo(token, BLOCK_NOW + 2 * MINUTE)
    assert block.on_screen() == block.one.id
