"""Candidates are asked how it was after a stage: seldom, in their hours, and never beside another question."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import asking_feedback, mailing_hours
from app.domain.actions.asking_feedback import AskedLately
from app.domain.candidates import consent, contact_flags, preference, question, stage_move
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Stage
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.candidates.question import AlreadyAsked
from app.domain.journey.application import Application, ApplicationMove, ApplicationState
from app.domain.journey.feedback import Feedback
from app.domain.journey.vacancy import Vacancy
from app.domain.notices.outbox import OutboxRow
from tests.domain.actions.own import Own
from tests.domain.candidates.test_candidate_mail import SENDER
from tests.domain.scoring.scene import NOW

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MOVED = NOW - 30 * HOUR


@pytest.fixture
def own(session: None) -> Own:
    return Own()


def move(own: Own, came_from: Stage | None = Stage.ATTRACT) -> None:
    stage_move.record(own.pieter.id, came_from, Stage.ENGAGE, reason="", by_id=None, now=MOVED)
    db.session.flush()


def application(own: Own, state: ApplicationState, ends_on: date | None = None) -> None:
    vacancy = Vacancy(reference="v1")
    db.session.add(vacancy)
    db.session.flush()
    row = Application(
        candidate_id=own.pieter.id, vacancy_id=vacancy.id, state=state, state_at=MOVED, started_at=MOVED,
        active_at=MOVED, ends_on=ends_on,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    if ends_on is None:
        db.session.add(
            ApplicationMove(application_id=row.id, candidate_id=own.pieter.id, to_state=state, moved_at=MOVED)
        )
        db.session.flush()


def asked() -> list[Feedback]:
    return list(db.session.scalars(select(Feedback).order_by(Feedback.id)))


def test_a_stage_that_is_over_is_asked_about(own: Own) -> None:
    move(own)
    assert asking_feedback.ask_due(NOW, SENDER) == 1
    (row,) = asked()
    assert (row.stage, row.at_the_end, row.question, row.person_id) == ("attract", False, "clear", own.people.sanne.id)
    assert row.team_id == own.people.sanne.team_id


def test_it_goes_by_mail_with_a_link(own: Own) -> None:
    move(own)
    asking_feedback.ask_due(NOW, SENDER)
    mail = db.session.scalars(select(OutboxRow)).one()
    assert (mail.kind, mail.payload["purpose"]) == ("feedback_asked", "feedback")


@pytest.mark.parametrize("came_from", [None, Stage.ATTRACT])
def test_coming_in_is_no_stage_and_sixty_days_are_kept(own: Own, came_from: Stage | None) -> None:
    move(own, came_from)
    if came_from:
        asking_feedback.ask_due(NOW, SENDER)
    assert asking_feedback.ask_due(NOW + DAY, SENDER) == 0


def test_after_sixty_days_the_other_question_comes(own: Own) -> None:
    move(own)
    asking_feedback.ask_due(NOW - 61 * DAY + 30 * DAY, SENDER)
    own.pieter.stage = Stage.ENGAGE
    asking_feedback.hand(own.pieter, own.people.sanne, NOW - 61 * DAY, SENDER, by_mail=False)
    question.close(own.pieter.id, "answered", NOW - 60 * DAY)
    assert asking_feedback.ask_due(NOW, SENDER) == 1
    assert [row.question for row in asked()] == ["clear", "easy"]


def test_a_fresh_move_may_still_be_taken_back(own: Own) -> None:
    move(own)
    assert asking_feedback.ask_due(MOVED + 2 * HOUR, SENDER) == 0


def test_a_move_that_was_taken_back_is_no_stage(own: Own) -> None:
    move(own)
    own.pieter.stage = Stage.ATTRACT
    assert asking_feedback.ask_due(NOW, SENDER) == 0


def test_never_beside_another_question(own: Own) -> None:
    move(own)
    question.ask(own.pieter.id, "preference", channel=None, by_id=None, now=NOW)
    assert asking_feedback.ask_due(NOW, SENDER) == 0
    assert asked() == []


@pytest.mark.parametrize("hours", [-3, 12])
def test_not_outside_their_hours(own: Own, hours: int) -> None:
    move(own)
    assert asking_feedback.ask_due(NOW + hours * HOUR, SENDER) == 0


@pytest.mark.parametrize("what", ["refused", "objected", "withdrew", "paused"])
def test_not_who_wants_to_be_left_alone(own: Own, what: str) -> None:
    move(own)
    if what == "refused":
        contact_flags.refused(own.pieter.id, NOW)
    elif what == "objected":
        contact_flags.objected(own.pieter.id, NOW)
    elif what == "paused":
        contact_flags.paused(own.pieter.id, NOW + 3 * DAY)
    else:
        consent.withdraw(own.pieter.id, ConsentPurpose.CONTACT, via=Via.RECRUITER, by_id=None, now=NOW)
    db.session.flush()
    db.session.expire_all()
    assert asking_feedback.ask_due(NOW, SENDER) == 0


@pytest.mark.parametrize("state", [ApplicationState.REJECTED, ApplicationState.PLACED])
def test_the_end_of_a_procedure_also_asks_for_a_recommendation(own: Own, state: ApplicationState) -> None:
    application(own, state)
    move(own)
    asking_feedback.ask_due(NOW, SENDER)
    assert [(row.stage, row.at_the_end) for row in asked()] == [("attract", True)]


def test_the_end_of_an_assignment_is_one_too(own: Own) -> None:
    application(own, ApplicationState.PLACED, ends_on=(NOW - 2 * DAY).date())
    asking_feedback.ask_due(NOW, SENDER)
    assert [(row.stage, row.at_the_end) for row in asked()] == [("convert", True)]


def test_a_recruiter_hands_the_link_and_not_twice(own: Own) -> None:
    url = asking_feedback.hand(own.pieter, own.people.sanne, NOW, SENDER, by_mail=False)
    assert "/me/feedback/" in url
    with pytest.raises(AskedLately):
        asking_feedback.hand(own.pieter, own.people.sanne, NOW + DAY, SENDER, by_mail=True)


def test_a_recruiter_mails_it_where_nothing_else_is_asked(own: Own) -> None:
    question.ask(own.pieter.id, "renewal", channel=None, by_id=None, now=NOW)
    with pytest.raises(AlreadyAsked):
        asking_feedback.hand(own.pieter, own.people.sanne, NOW, SENDER, by_mail=True)
    question.close(own.pieter.id, "renewed", NOW)
    assert asking_feedback.hand(own.pieter, own.people.sanne, NOW, SENDER, by_mail=True) == ""


def test_what_they_said_of_feedback_goes_before_contact(own: Own) -> None:
    for purpose, start in (("contact", 9), ("feedback", 18)):
        wish = Wish(channels=(Channel.EMAIL,), from_minute=start * 60, until_minute=(start + 2) * 60)
        preference.prefer(own.pieter.id, wish, said_by=SaidBy.CANDIDATE, by_id=None, now=NOW, purpose=purpose)
    assert mailing_hours.opens_at(own.pieter.id, NOW, "feedback") == NOW.replace(hour=16)
    assert mailing_hours.opens_at(own.pieter.id, NOW, "contact") == NOW + timedelta(days=1, hours=-2)


def test_the_rest_that_they_asked_for_is_kept(own: Own) -> None:
    state = own.state()
    state.rest_days, state.last_attempt_at = 30, NOW - 29 * DAY
    assert mailing_hours.opens_at(own.pieter.id, NOW) == NOW + DAY
    state.rest_days = 90
    assert mailing_hours.opens_at(own.pieter.id, NOW) is None


def test_a_weekend_and_a_holiday_are_closed(own: Own) -> None:
    good_friday = NOW.replace(month=4, day=3)
    assert mailing_hours.opens_at(own.pieter.id, good_friday) == NOW.replace(month=4, day=7, hour=7)
