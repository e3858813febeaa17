"""How did it go? The page is looked at by anybody with the link, and answered only by sending it."""

import pytest
import time_machine
from sqlalchemy import select, update

from app import clock
from app.db import db
from app.domain.actions.recovery import Recovery
from app.domain.candidates.link import LinkPurpose
from app.domain.journey import feedback
from app.domain.journey.feedback import Feedback
from tests.blueprints.public.own_page import OwnPage
from tests.people import Browser


class FeedbackPage(OwnPage):
    """The page of a link by which Pieter is asked something."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser, LinkPurpose.FEEDBACK)

    def say(self, **facts: object) -> None:
        """Ask something else."""
        with self.browser.app.app_context():
            db.session.execute(update(Feedback).values(**facts))
            db.session.commit()

    def row(self) -> Feedback:
        with self.browser.app.app_context():
            return db.session.scalars(select(Feedback)).one()


@pytest.fixture
def asked(browser: Browser) -> FeedbackPage:
    return FeedbackPage(browser)


def test_looking_chooses_a_face_and_answers_nothing(asked: FeedbackPage) -> None:
    page = asked.get("?face=4")
    assert 'value="4" checked' in page.text
    assert "Hoe was het eerste contact met ons?" in page.text
    assert (asked.row().answered_at, asked.row().score) == (None, None)


def test_an_answer_brings_thanks(asked: FeedbackPage) -> None:
    assert asked.post(data={"face": "4", "turn": "5"}).status_code == 303
    assert "<h1>Bedankt!</h1>" in asked.get().text
    assert (asked.row().score, asked.row().answer) == (4, 5)


@pytest.mark.parametrize("face", ["", "6", "nul"])
def test_without_a_face_the_form_comes_again(asked: FeedbackPage, face: str) -> None:
    answer = asked.post(data={"face": face, "turn": "5"})
    assert answer.status_code == 422
    assert 'value="5" checked' in answer.text


def test_a_complaint_is_heard(asked: FeedbackPage) -> None:
    asked.post(data={"face": "3"})
    assert asked.post("/words", {"said": "Niemand belde.", "complaint": "y"}).status_code == 303
    assert asked.row().said == "Niemand belde."
    with asked.browser.app.app_context():
        assert db.session.scalars(select(Recovery.cause)).all() == ["complaint"]


def test_what_is_private_is_said_twice(asked: FeedbackPage) -> None:
    asked.post(data={"face": "3"})
    answer = asked.post("/words", {"said": "Ik ben ziek geweest."})
    assert answer.status_code == 422
    assert 'name="save_anyway"' in answer.text


def test_after_a_day_the_answer_stands(asked: FeedbackPage) -> None:
    asked.post(data={"face": "2"})
    with time_machine.travel(clock.now() + feedback.CHANGES_FOR):
        assert asked.post(data={"face": "5"}).status_code == 303
        assert "slecht" in asked.get().text
    assert asked.row().score == 2


def test_a_question_that_lapsed_says_so(asked: FeedbackPage) -> None:
    asked.say(lapses_at=clock.now())
    assert "Deze vraag is gesloten." in asked.get().text


def test_a_link_without_a_question_is_not_there(asked: FeedbackPage) -> None:
    asked.say(asked_at=clock.now())
    assert asked.get().status_code == 404


def test_the_end_asks_for_a_recommendation(asked: FeedbackPage) -> None:
    asked.say(at_the_end=True)
    assert 'name="recommends"' in asked.get().text
    asked.post(data={"face": "4", "recommends": "10"})
    assert asked.row().recommends == 10


def test_in_their_language(asked: FeedbackPage) -> None:
    asked.change(language="en")
    assert "How was the first contact with us?" in asked.get().text
