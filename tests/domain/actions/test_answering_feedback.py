"""An answer is kept, counted once, may be changed for a day, and a low one is put right by whoever looks after them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import answering_feedback, asking_feedback, recovering
from app.domain.actions.answering_feedback import TooLate, add_words, answer
from app.domain.actions.recovery import Cause, Recovery
from app.domain.candidates import link, question
from app.domain.candidates.link import CandidateLink
from app.domain.game.ledger import LedgerEntry
from app.domain.journey import satisfaction
from app.domain.journey.feedback import Feedback, Said
from app.domain.notices.alert import Alert, AlertState
from tests.domain.actions.own import Own
from tests.domain.candidates.test_candidate_mail import SENDER
from tests.domain.scoring.scene import NOW

DAY = timedelta(days=1)


class Asked(Own):
    """Pieter, who was asked how it was."""

    def __init__(self) -> None:
        super().__init__()
        asking_feedback.hand(self.pieter, self.people.sanne, NOW, SENDER, by_mail=False)
        self.link: CandidateLink = db.session.scalars(select(CandidateLink)).one()

    def row(self) -> Feedback:
        db.session.expire_all()
        return db.session.scalars(select(Feedback)).one()


@pytest.fixture
def asked(session: None) -> Asked:
    return Asked()


def recoveries() -> list[Cause]:
    return [Cause(cause) for cause in db.session.scalars(select(Recovery.cause))]


def test_an_answer_is_kept_and_closes_the_question(asked: Asked) -> None:
    answer(asked.link, Said(4, 5), NOW + DAY)
    row = asked.row()
    assert (row.score, row.answer, row.recommends, row.answered_at) == (4, 5, None, NOW + DAY)
    assert question.open_question(asked.pieter.id) is None
    assert asked.link.used_at == NOW + DAY


def test_it_is_a_touchpoint_and_restarts_the_clock(asked: Asked) -> None:
    answer(asked.link, Said(4), NOW + DAY)
    assert asked.touchpoints() == ["survey_answered"]
    assert [one.score for one in satisfaction.latest_of(asked.pieter.id)] == [4]
    assert asked.pieter.keep_until


def test_for_a_day_it_may_be_changed_and_counts_once(asked: Asked) -> None:
    answer(asked.link, Said(1), NOW)
    answer(asked.link, Said(5), NOW + DAY / 2)
    assert [one.score for one in satisfaction.latest_of(asked.pieter.id)] == [5]
    assert asked.row().answered_at == NOW
    with pytest.raises(TooLate):
        answer(asked.link, Said(2), NOW + DAY)


def test_a_question_that_lapsed_takes_no_answer(asked: Asked) -> None:
    with pytest.raises(TooLate):
        answer(asked.link, Said(3), NOW + 30 * DAY)


def test_only_the_end_asks_for_a_recommendation(asked: Asked) -> None:
    answer(asked.link, Said(4, recommends=9), NOW)
    assert asked.row().recommends is None
    asked.row().at_the_end = True
    answer(asked.link, Said(4, recommends=9), NOW)
    assert asked.row().recommends == 9


@pytest.mark.parametrize(("score", "expected"), [(1, [Cause.LOW_SCORE]), (2, [Cause.LOW_SCORE]), (3, [])])
def test_a_low_score_is_put_right_and_costs_nobody_points(asked: Asked, score: int, expected: list[Cause]) -> None:
    answer(asked.link, Said(score), NOW)
    assert recoveries() == expected
    assert db.session.scalars(select(LedgerEntry)).all() == []


def test_a_complaint_is_put_right_whatever_the_face_was(asked: Asked) -> None:
    answer(asked.link, Said(5), NOW)
    add_words(asked.link, "Niemand belde terug.", NOW, complaint=True)
    assert recoveries() == [Cause.COMPLAINT]
    assert asked.row().said == "Niemand belde terug."


def test_a_complaint_takes_the_place_of_the_low_score_beside_it(asked: Asked) -> None:
    answer(asked.link, Said(1), NOW)
    add_words(asked.link, "Niemand belde terug.", NOW, complaint=True)
    add_words(asked.link, "Niemand belde terug, nooit.", NOW, complaint=True)
    assert recoveries() == [Cause.COMPLAINT]
    waiting = db.session.scalars(select(Alert).where(Alert.state == AlertState.WAITING)).all()
    assert [one.facts["cause"] for one in waiting] == ["complaint"]


def test_one_recovery_at_a_time_is_enough(asked: Asked) -> None:
    recovering.begin(asked.pieter.id, Cause.BROKEN_PROMISE, "promise:1", NOW)
    answer(asked.link, Said(1), NOW)
    add_words(asked.link, "Niemand belde terug.", NOW, complaint=True)
    assert recoveries() == [Cause.BROKEN_PROMISE]


def test_a_link_without_a_question_asks_nothing(asked: Asked) -> None:
    other = asked.visit(link.LinkPurpose.FEEDBACK)
    other.made_at = NOW + DAY
    assert answering_feedback.asked_by(other) is None


@pytest.mark.parametrize("said", [{"score": 0}, {"score": 3, "answer": 6}, {"score": 3, "recommends": 11}])
def test_what_no_page_can_send_is_refused(said: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="an answer is a face"):
        Said(**said)
