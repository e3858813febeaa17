"""Delivery: one sender at a time per message, longer waits after failures, an end that stays visible."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.notices import delivery, outbox
from app.domain.notices.heartbeat import SKEW
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import CARERIX, CHAT, name_for_carerix
from tests.make import START

HOUR = timedelta(hours=1)


@pytest.fixture
def planned(session: None) -> OutboxRow:
    outbox.plan(
        kind="weekly_reminder",
        recipient="person:1",
        period="2026-W02",
        payload={},
        due_at=START,
        not_after=START + 9 * HOUR,
        now=START,
        host="example.nl",
    )
    return claimed_once()


def claimed_once() -> OutboxRow:
    (row,) = delivery.claim("a", START)
    db.session.flush()
    return row


def test_a_claimed_message_is_not_offered_again(planned: OutboxRow) -> None:
    assert delivery.claim("b", START + timedelta(minutes=4)) == []


def test_a_lease_that_ended_is_taken_again_with_the_same_id(planned: OutboxRow) -> None:
    (again,) = delivery.claim("b", START + timedelta(minutes=6))
    assert (again.message_id, again.attempts, again.lease_owner) == (planned.message_id, 2, "b")


def test_a_lease_of_a_clock_that_was_wrong_is_taken_again(planned: OutboxRow) -> None:
    assert delivery.claim("b", START - SKEW) == []
    assert delivery.claim("b", START - HOUR) == [planned]


def test_what_another_took_meanwhile_is_not_given_back(planned: OutboxRow) -> None:
    delivery.claim("b", START + HOUR)
    db.session.flush()
    delivery.release([planned], "a")
    assert delivery.claim("c", START + HOUR) == []


def test_what_was_sent_stays_sent(planned: OutboxRow) -> None:
    delivery.sent(planned.id, "a", START)
    db.session.refresh(planned)
    assert (planned.state, planned.sent_at, planned.lease_until) == ("sent", START, None)
    assert delivery.claim("b", START + HOUR) == []


def test_only_the_holder_of_the_lease_settles(planned: OutboxRow) -> None:
    delivery.sent(planned.id, "somebody else", START)
    db.session.refresh(planned)
    assert planned.state == "sending"


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240)])
def test_it_waits_longer_after_every_failure(planned: OutboxRow, attempts: int, minutes: int) -> None:
    planned.attempts = attempts
    delivery.try_again(planned, "a", START, "421 later")
    db.session.refresh(planned)
    assert planned.next_try_at == START + timedelta(minutes=minutes)
    assert (planned.state, planned.last_error) == ("pending", "421 later")


def test_after_its_end_it_is_skipped(planned: OutboxRow) -> None:
    planned.attempts = 6
    delivery.try_again(planned, "a", START, "421 later")
    db.session.refresh(planned)
    assert planned.state == "skipped"


def test_a_refusal_is_final(planned: OutboxRow) -> None:
    delivery.failed(planned.id, "a", "550 no such user")
    db.session.refresh(planned)
    assert (planned.state, planned.last_error) == ("failed", "550 no such user")


def test_the_oldest_due_message_is_known(planned: OutboxRow) -> None:
    assert delivery.oldest_due(START) is None
    delivery.try_again(planned, "a", START, "421 later")
    assert delivery.oldest_due(START + HOUR) == START + timedelta(minutes=1)


@pytest.mark.usefixtures("session")
def test_what_goes_to_other_systems_is_no_mail_that_is_late() -> None:
    when = {"due_at": START, "not_after": START + 9 * HOUR, "now": START}
    for number in range(3):
        to = name_for_carerix(number)
        outbox.plan(kind="x", recipient=to, period="x", payload={}, host="example.nl", **when)
    assert delivery.oldest_due(START + HOUR) is None
    assert delivery.oldest_due(START + HOUR, sort=CARERIX) == START
    assert delivery.oldest_due(START + HOUR, sort=CHAT) is None
