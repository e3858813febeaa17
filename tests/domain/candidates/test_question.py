"""One question at a time; one that nobody answers makes room after fourteen days."""

from datetime import datetime, timedelta

import pytest

from app.db import db
from app.domain.candidates import question
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.question import LAPSES_AFTER, AlreadyAsked, Question
from tests import make
from tests.people import make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START
TICK = timedelta(seconds=1)


@pytest.fixture
def jan() -> Candidate:
    return make.candidate("Jan", owner=make_people().sanne)


def ask(row: Candidate, at: datetime = NOW, subject: str = "preference") -> Question:
    return question.ask(row.id, subject, channel="email", by_id=row.owner_id, now=at)


def test_a_question_is_open_until_it_is_answered(jan: Candidate) -> None:
    asked = ask(jan)
    assert question.open_question(jan.id, NOW) is asked
    question.close(jan.id, "answered", NOW + TICK)
    db.session.refresh(asked)
    assert (asked.answer, asked.closed_at, question.open_question(jan.id)) == ("answered", NOW + TICK, None)


def test_nobody_is_asked_twice_at_once(jan: Candidate) -> None:
    ask(jan)
    with pytest.raises(AlreadyAsked):
        ask(jan, NOW + LAPSES_AFTER - TICK, "renewal")
    ask(make.candidate("Els"))


def test_after_an_answer_another_may_be_asked(jan: Candidate) -> None:
    ask(jan)
    question.close(jan.id, "answered", NOW)
    assert ask(jan, NOW + TICK, "satisfaction").subject == "satisfaction"


def test_silence_makes_room(jan: Candidate) -> None:
    first = ask(jan)
    assert question.open_question(jan.id, NOW + LAPSES_AFTER) is None
    assert question.open_question(jan.id) is first
    second = ask(jan, NOW + LAPSES_AFTER)
    db.session.refresh(first)
    assert (first.answer, question.open_question(jan.id, NOW + LAPSES_AFTER)) == ("lapsed", second)


def test_an_answer_to_one_thing_leaves_another_open(jan: Candidate) -> None:
    asked = ask(jan, subject="renewal")
    question.close(jan.id, "told", NOW, subject=question.PREFERENCE)
    assert question.open_question(jan.id) is asked


def test_closing_nothing_is_no_fault(jan: Candidate) -> None:
    question.close(jan.id, "answered", NOW)
    assert question.open_question(jan.id) is None
