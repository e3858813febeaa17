"""Handing a link: a question is asked once at a time, and ending the link takes it back."""

from datetime import timedelta

import pytest

from app.domain.agency.person import Person
from app.domain.candidates import handing, identity, link, question
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import Refusal
from app.domain.candidates.handing import NotMailed
from app.domain.candidates.link import LinkPurpose
from app.domain.candidates.question import AlreadyAsked
from tests import make
from tests.domain.candidates.test_candidate_mail import MAIL, SENDER, planned
from tests.make import START

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def sanne(session: None) -> Person:
    return make.person("Sanne de Vries")


@pytest.fixture
def pieter(session: None) -> Candidate:
    them = make.candidate("Pieter Post")
    identity.add(them, Channel.EMAIL, MAIL, START)
    return them


def test_a_mailed_one_asks(pieter: Candidate, sanne: Person) -> None:
    row = handing.mail(pieter, LinkPurpose.REACH, sanne, START, SENDER)
    asked = question.open_question(pieter.id)
    assert asked
    assert (asked.subject, asked.channel, asked.asked_by_id) == ("preference", "email", sanne.id)
    assert planned().period == row.mark


def test_a_shown_one_asks_too(pieter: Candidate, sanne: Person) -> None:
    row, url = handing.show(pieter, LinkPurpose.RENEW, sanne, START, SENDER)
    asked = question.open_question(pieter.id)
    assert asked
    assert (asked.subject, asked.channel) == ("renewal", None)
    assert link.opened(url.rpartition("/")[2], LinkPurpose.RENEW, START) is row


@pytest.mark.parametrize("purpose", [LinkPurpose.REFER, LinkPurpose.KNOWN])
def test_these_ask_nothing(pieter: Candidate, sanne: Person, purpose: LinkPurpose) -> None:
    handing.show(pieter, purpose, sanne, START, SENDER)
    assert question.open_question(pieter.id) is None


@pytest.mark.parametrize("purpose", [LinkPurpose.REFER, LinkPurpose.KNOWN])
def test_a_second_press_mails_nobody_twice(pieter: Candidate, sanne: Person, purpose: LinkPurpose) -> None:
    handing.show(pieter, purpose, sanne, START, SENDER)
    handing.mail(pieter, purpose, sanne, START, SENDER)
    with pytest.raises(NotMailed) as refused:
        handing.mail(pieter, purpose, sanne, START + timedelta(minutes=59), SENDER)
    assert refused.value.refusal == Refusal.LATELY
    handing.mail(pieter, purpose, sanne, START + timedelta(hours=1), SENDER)


def test_one_question_at_a_time(pieter: Candidate, sanne: Person) -> None:
    handing.show(pieter, LinkPurpose.REACH, sanne, START, SENDER)
    with pytest.raises(AlreadyAsked):
        handing.mail(pieter, LinkPurpose.RENEW, sanne, START + timedelta(days=13), SENDER)
    handing.mail(pieter, LinkPurpose.RENEW, sanne, START + timedelta(days=14), SENDER)


def test_who_cannot_be_mailed_is_asked_nothing(sanne: Person) -> None:
    them = make.candidate()
    with pytest.raises(NotMailed) as refused:
        handing.mail(them, LinkPurpose.REACH, sanne, START, SENDER)
    assert refused.value.refusal == Refusal.NO_ADDRESS
    assert question.open_question(them.id) is None


def test_ending_it_takes_the_question_back(pieter: Candidate, sanne: Person) -> None:
    row = handing.show(pieter, LinkPurpose.REACH, sanne, START, SENDER).row
    handing.end(row, START)
    assert question.open_question(pieter.id) is None
    assert row.ended_at == START


def test_ending_another_one_leaves_the_question_open(pieter: Candidate, sanne: Person) -> None:
    handing.show(pieter, LinkPurpose.REACH, sanne, START, SENDER)
    handing.end(handing.show(pieter, LinkPurpose.REFER, sanne, START, SENDER).row, START)
    assert question.open_question(pieter.id)
