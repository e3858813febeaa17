"""What went wrong is put right within a working day: said to the owner, closed by a contact, opened by its undo."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import action, broken_promise, open_ends, promise, recovering
from app.domain.actions.outcome import Outcome
from app.domain.actions.promise import PromiseKind
from app.domain.actions.recovery import Cause, Recovery, open_of
from app.domain.candidates import contact_flags
from app.domain.notices.alert import Alert
from app.domain.scoring.agency_calendar import calendar_at
from tests.domain.actions.own import Own
from tests.domain.scoring.scene import NOW

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def own(session: None) -> Own:
    return Own()


def begin(own: Own, about: str = "feedback:1") -> Recovery:
    row = recovering.begin(own.pieter.id, Cause.LOW_SCORE, about, NOW)
    assert row is not None
    return row


def log(own: Own, outcome: Outcome = Outcome.SPOKE, at: datetime = NOW + HOUR) -> int:
    return action.log(own.people.sanne, own.pieter, outcome, at=at, now=NOW + HOUR).action_id


def promised(own: Own, due: datetime, kind: PromiseKind = PromiseKind.AGREED) -> None:
    promise.make(own.pieter.id, own.people.sanne.id, due, channel=None, action_id=None, now=NOW - 9 * DAY, kind=kind)


def test_the_owner_hears_it_and_has_a_working_day(own: Own) -> None:
    row = begin(own)
    assert (row.person_id, row.due_at) == (own.people.sanne.id, NOW + DAY)
    assert own.state().recovery_due_at == row.due_at
    assert [(alert.kind, alert.recipient) for alert in db.session.scalars(select(Alert))] == [
        ("recovery", f"person:{own.people.sanne.id}")
    ]
    assert open_ends.of(own.people.sanne, NOW).recoveries == [(NOW + DAY, own.pieter.id, "Pieter Post", row.cause)]


@pytest.mark.parametrize(
    ("began", "due"),
    [
        (datetime(2026, 3, 6, 14, tzinfo=UTC), datetime(2026, 3, 9, 14, tzinfo=UTC)),
        (datetime(2026, 3, 7, 14, tzinfo=UTC), datetime(2026, 3, 10, 8, tzinfo=UTC)),
        (datetime(2026, 3, 27, 14, tzinfo=UTC), datetime(2026, 3, 30, 13, tzinfo=UTC)),
        (datetime(2026, 4, 2, 14, tzinfo=UTC), datetime(2026, 4, 7, 14, tzinfo=UTC)),
    ],
    ids=["friday", "saturday", "clock-change", "easter"],
)
def test_a_working_day_is_one_of_the_calendar(own: Own, began: datetime, due: datetime) -> None:
    assert recovering.working_day_after(began, calendar_at(began)) == due


def test_a_conversation_puts_it_right(own: Own) -> None:
    row, action_id = begin(own), log(own)
    db.session.refresh(row)
    assert (row.closed_at, row.closed_by_action_id) == (NOW + HOUR, action_id)
    assert own.state().recovery_due_at is None
    assert db.session.scalars(select(Alert)).one().state == "withdrawn"


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.MESSAGE_SENT])
def test_an_attempt_does_not(own: Own, outcome: Outcome) -> None:
    begin(own)
    log(own, outcome)
    assert open_of(own.pieter.id)


def test_nor_does_a_conversation_of_before(own: Own) -> None:
    begin(own)
    log(own, at=NOW - HOUR)
    assert open_of(own.pieter.id)


def test_undo_opens_it_again(own: Own) -> None:
    row, action_id = begin(own), log(own)
    action.undo(own.people.sanne, action_id, NOW + 2 * HOUR)
    db.session.refresh(row)
    assert row.closed_at is None
    assert own.state().recovery_due_at == row.due_at


def test_the_same_is_put_right_once(own: Own) -> None:
    begin(own)
    log(own)
    assert recovering.begin(own.pieter.id, Cause.LOW_SCORE, "feedback:1", NOW + DAY) is None
    assert recovering.begin(own.pieter.id, Cause.LOW_SCORE, "feedback:2", NOW + DAY)


def test_who_wants_no_contact_is_left_alone(own: Own) -> None:
    contact_flags.refused(own.pieter.id, NOW)
    assert recovering.begin(own.pieter.id, Cause.COMPLAINT, "feedback:1", NOW) is None


@pytest.mark.parametrize(("ago", "found"), [(20 * HOUR, 0), (25 * HOUR, 1), (40 * DAY, 0)])
def test_a_promise_is_broken_after_a_working_day(own: Own, ago: timedelta, found: int) -> None:
    promised(own, NOW - ago)
    assert broken_promise.find(NOW) == found


def test_a_broken_promise_is_found_once(own: Own) -> None:
    promised(own, NOW - 2 * DAY)
    assert [broken_promise.find(NOW), broken_promise.find(NOW + HOUR)] == [1, 0]
    log(own)
    assert broken_promise.find(NOW + 2 * HOUR) == 0


def test_whoever_tried_did_not_forget(own: Own) -> None:
    promised(own, NOW - 2 * DAY)
    log(own, Outcome.NO_ANSWER)
    assert broken_promise.find(NOW + 2 * HOUR) == 0


def test_a_check_in_was_promised_to_nobody(own: Own) -> None:
    promised(own, NOW - 2 * DAY, PromiseKind.CHECK_IN)
    assert broken_promise.find(NOW) == 0
