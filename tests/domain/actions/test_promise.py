"""Promises: the earliest open one is the candidate's next, and only who made it takes it back."""

from datetime import timedelta

import pytest

from app.domain.actions import promise
from app.domain.actions.outcome import Outcome
from tests.domain.actions.test_action import NOW, Desk

DAY = timedelta(days=1)


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def made(desk: Desk, days: int) -> int:
    return promise.make(
        desk.candidate.id, desk.people.sanne.id, NOW + days * DAY, channel="phone", action_id=None, now=NOW
    )


def test_the_earliest_is_next_in_whatever_order_they_are_made(desk: Desk) -> None:
    later, sooner = made(desk, 3), made(desk, 1)
    assert (desk.state().promise_id, desk.state().promise_due_at) == (sooner, NOW + DAY)
    promise.withdraw(desk.people.sanne, sooner, NOW)
    assert desk.state().promise_id == later


def test_only_one_s_own_open_promise_is_taken_back(desk: Desk) -> None:
    number = made(desk, 1)
    assert promise.withdraw(desk.people.bram, number, NOW) is None
    assert promise.withdraw(desk.people.sanne, number, NOW) is not None
    assert promise.withdraw(desk.people.sanne, number, NOW) is None
    assert promise.next_of(desk.candidate.id) is None


def test_an_administrator_takes_back_any(desk: Desk) -> None:
    assert promise.withdraw(desk.people.ada, made(desk, 1), NOW) is not None


def test_open_promises_of_a_person_earliest_first(desk: Desk) -> None:
    numbers = [made(desk, days) for days in (3, 1, 2)]
    mine = promise.open_for(desk.people.sanne)
    assert [one.id for one in mine] == [numbers[1], numbers[2], numbers[0]]
    assert [one.id for one in promise.open_for(desk.people.sanne, before=NOW + 2 * DAY)] == [numbers[1]]
    assert promise.open_for(desk.people.bram) == []


def test_a_conversation_keeps_all_that_was_due(desk: Desk) -> None:
    made(desk, -1)
    made(desk, 0)
    future = made(desk, 2)
    assert desk.log(Outcome.APPOINTMENT).kind_code == "appointment"
    assert [one.id for one in promise.open_for(desk.people.sanne)] == [future]
