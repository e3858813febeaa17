"""Proof: an appointment pays ten when it is logged, and the rest once something shows that it came to be."""

from datetime import datetime, timedelta
from typing import cast

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import action, approval, promise, verification
from app.domain.actions.outcome import Outcome
from app.domain.actions.response import take_in
from app.domain.actions.verification import Verification
from app.domain.agency.person import Role
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.journey.touchpoint import Hit
from tests import make
from tests.domain.actions.test_action import DAY, HOUR, NOW, Desk, total
from tests.domain.actions.test_several import did


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def appointment(desk: Desk, at: datetime = NOW - DAY) -> int:
    logged = desk.log(Outcome.APPOINTMENT, at=at, now=at)
    assert (logged.points, logged.owing) == (10, 40)
    return logged.action_id


def touched(desk: Desk, at: datetime, kind: str = "inbound_reply", by_id: int | None = None) -> None:
    take_in(Hit(desk.candidate.id, kind, at, "source:1", f"{kind} {at}", verdict="human", recorded_by_id=by_id), at)


def row(action_id: int) -> Verification:
    return db.session.get_one(Verification, action_id, populate_existing=True)


@pytest.mark.parametrize(("kind", "evidence"), [("inbound_reply", "reply"), ("event_attended", "provider")])
def test_what_a_source_brings_proves_it_once(desk: Desk, kind: str, evidence: str) -> None:
    action_id = appointment(desk)
    touched(desk, NOW, kind)
    touched(desk, NOW + HOUR, kind)
    assert (total(desk.people.sanne), row(action_id).evidence) == (50, evidence)


@pytest.mark.parametrize("at", [NOW - 2 * DAY, NOW + 14 * DAY])
def test_what_came_before_it_or_too_late_proves_nothing(desk: Desk, at: datetime) -> None:
    appointment(desk)
    touched(desk, at)
    assert total() == 10


def test_what_somebody_typed_in_proves_nothing(desk: Desk) -> None:
    appointment(desk)
    touched(desk, NOW, by_id=desk.people.sanne.id)
    assert total() == 10


def test_a_colleague_s_log_of_a_reply_proves_it_and_one_s_own_does_not(desk: Desk) -> None:
    action_id = appointment(desk)
    desk.log(Outcome.REPLIED)
    assert row(action_id).evidence is None
    shown = desk.log(Outcome.REPLIED, by=desk.people.bram, at=NOW + HOUR)
    assert row(action_id).evidence == "reply"
    action.undo(desk.people.bram, shown.action_id, NOW + HOUR)
    assert (row(action_id).evidence, total(desk.people.sanne)) == (None, 10 + 30)


def test_shown_again_after_an_undo_it_is_paid_again(desk: Desk) -> None:
    appointment(desk)
    wrong = desk.log(Outcome.REPLIED, by=desk.people.bram)
    action.undo(desk.people.bram, wrong.action_id, NOW)
    touched(desk, NOW + HOUR)
    assert total(desk.people.sanne) == 50


def _promising(desk: Desk) -> int:
    return desk.log(Outcome.APPOINTMENT, at=NOW - DAY, now=NOW - DAY, promise_at=NOW).action_id


def test_a_colleague_who_keeps_what_was_agreed_proves_it(desk: Desk) -> None:
    made = _promising(desk)
    kept = desk.log(Outcome.SPOKE, by=desk.people.bram, at=NOW + HOUR)
    assert (row(made).evidence, total(desk.people.sanne), total(desk.people.bram)) == ("calendar", 50, 40)
    action.undo(desk.people.bram, kept.action_id, NOW + HOUR)
    assert (row(made).evidence, total(desk.people.sanne), total(desk.people.bram)) == (None, 10, 0)
    assert [each.made_by_action_id for each in promise.open_for(desk.people.sanne)] == [made]


def test_keeping_one_s_own_word_proves_nothing(desk: Desk) -> None:
    made = _promising(desk)
    assert desk.log(Outcome.SPOKE, at=NOW + HOUR).kind_code == "promise_kept"
    assert (row(made).evidence, total()) == (None, 10 + 40)


def test_a_promise_that_never_was_was_not_kept_either(desk: Desk) -> None:
    made = _promising(desk)
    kept = desk.log(Outcome.SPOKE, at=NOW + HOUR)
    action.undo(desk.people.ada, made, NOW + HOUR)
    assert total() == 0
    action.undo(desk.people.sanne, kept.action_id, NOW + HOUR)
    assert (total(), promise.open_for(desk.people.sanne)) == (0, [])


def test_undoing_it_takes_its_proof_too_and_nothing_proves_it_any_more(desk: Desk) -> None:
    action_id = appointment(desk)
    assert verification.prove(action_id, "approval", NOW, by_id=desk.people.ada.id) == 40
    action.undo(desk.people.sanne, action_id, NOW)
    assert total() == 0
    assert verification.prove(action_id, "reply", NOW) == 0


def test_the_bonus_is_dated_as_what_it_proves(desk: Desk) -> None:
    action_id = appointment(desk, NOW - 3 * DAY)
    verification.prove(action_id, "reply", NOW)
    paid = db.session.scalars(select(LedgerEntry).where(LedgerEntry.reason == "proof")).one()
    assert (paid.local_date, paid.occurred_at, paid.recorded_at) == (
        (NOW - 3 * DAY).date(),
        NOW - 3 * DAY,
        NOW,
    )


def test_what_needs_no_proof_cannot_be_proven(desk: Desk) -> None:
    assert verification.prove(desk.log().action_id, "reply", NOW) == 0
    assert verification.prove(10**6, "reply", NOW) == 0


def test_the_team_s_lead_the_sponsor_and_an_administrator_are_asked_and_never_oneself(desk: Desk) -> None:
    people, action_id = desk.people, appointment(desk)
    asked = [
        who
        for who in vars(people).values()
        if [each.action_id for each in approval.waiting_for(who, NOW)] == [action_id]
    ]
    assert {cast("Role", who.role) for who in asked} == {Role.LEAD, Role.SPONSOR, Role.ADMIN}
    (waiting,) = approval.waiting_for(people.lead, NOW)
    assert (waiting.candidate, waiting.person, waiting.owing) == (desk.candidate.name, people.sanne.name, 40)


def test_approved_once_by_whoever_may(desk: Desk) -> None:
    people, action_id = desk.people, appointment(desk)
    assert approval.approve(people.otto, action_id, NOW) is None
    assert approval.approve(people.sanne, action_id, NOW) is None
    assert [approval.approve(people.lead, action_id, NOW) for _ in range(2)] == [40, None]
    assert (row(action_id).verified_by_id, total()) == (people.lead.id, 50)


def test_declined_is_off_the_list_and_a_reply_still_proves_it(desk: Desk) -> None:
    people, action_id = desk.people, appointment(desk)
    assert not approval.decline(people.bram, action_id, NOW)
    assert approval.decline(people.lead, action_id, NOW)
    assert not approval.waiting_for(people.lead, NOW)
    touched(desk, NOW)
    assert total() == 50


def test_what_is_long_ago_is_not_asked(desk: Desk) -> None:
    appointment(desk)
    assert not approval.waiting_for(desk.people.lead, NOW + timedelta(days=40))


def test_an_event_for_several_waits_for_each_of_them(desk: Desk) -> None:
    did(desk, [desk.candidate.id, make.candidate().id])
    assert [each.owing for each in approval.waiting_for(desk.people.ada, NOW)] == [40, 40]
