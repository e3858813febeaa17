"""From a stop to the mail: found by the job, mailed once inside the candidate's hours, answers to the owner."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.actions.response import take_in
from app.domain.candidates import consent, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.journey.touchpoint import Hit
from app.domain.notices.outbox import OutboxRow
from jobs import abandoned, outbox
from tests import make
from tests.jobs.test_letters import letters
from tests.jobs.waiting import FRIDAY
from tests.mailbox import text_of
from tests.people import make_people

KIND = "unfinished_application"


@pytest.fixture
def agency(real_app: Flask) -> Iterator[Flask]:
    with time_machine.travel(FRIDAY, tick=False), real_app.app_context():
        them = make.candidate("Pieter Post", owner=make_people().sanne)
        identity.add(them, Channel.EMAIL, "pieter@voorbeeld.nl", FRIDAY)
        consent.give(them.id, ConsentPurpose.CONTACT, via=Via.FORM, by_id=None, now=FRIDAY)
        applying("application_started", 70)
        yield real_app
        db.session.remove()


def applying(kind: str, minutes_ago: int) -> None:
    them = db.session.scalars(select(Candidate.id)).one()
    payload = {"job_title": "Lasser", "step": "cv"}
    at = FRIDAY - timedelta(minutes=minutes_ago)
    take_in(Hit(them, kind, at, "site", f"{kind}-{minutes_ago}", payload=payload, vacancy="V-1"), FRIDAY)
    db.session.commit()


def outcome() -> tuple[str, str | None]:
    db.session.expire_all()
    found = select(OutboxRow.state, OutboxRow.last_error).where(OutboxRow.kind == KIND)
    state, error = db.session.execute(found).one()
    return state, error


def test_one_mail_with_three_ways_on(agency: Flask) -> None:
    assert (abandoned.find_stopped("me", FRIDAY), abandoned.find_stopped("me", FRIDAY)) == (1, 0)
    outbox.send_due("me", FRIDAY)
    (letter,) = (each for each in letters(agency) if each["To"] == "pieter@voorbeeld.nl")
    assert letter["Subject"] == "Je sollicitatie is nog niet af"
    assert letter["Reply-To"] == "sanne@voorbeeld.nl"
    ends = [line.rpartition("#")[2] for line in text_of(letter).splitlines() if "#" in line]
    assert ends == ["later", "call"]


def test_whoever_went_on_is_not_mailed(agency: Flask) -> None:
    abandoned.find_stopped("me", FRIDAY)
    applying("application_completed", 0)
    outbox.send_due("me", FRIDAY)
    assert outcome() == ("skipped", "the candidate went on")


def test_nobody_is_mailed_in_the_night(agency: Flask) -> None:
    abandoned.find_stopped("me", FRIDAY)
    with time_machine.travel(FRIDAY + timedelta(hours=12), tick=False):
        outbox.send_due("me", FRIDAY)
        assert outcome() == ("pending", None)


def test_consent_that_was_taken_back_is_asked_again(agency: Flask) -> None:
    abandoned.find_stopped("me", FRIDAY)
    them = db.session.scalars(select(Candidate.id)).one()
    consent.withdraw(them, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=FRIDAY)
    consent.give(them, ConsentPurpose.CONTACT, via=Via.OWN_PAGE, by_id=None, now=FRIDAY, until=FRIDAY)
    db.session.commit()
    outbox.send_due("me", FRIDAY)
    assert outcome() == ("skipped", "consent was taken back")


def test_what_nobody_goes_on_with_is_let_go(agency: Flask) -> None:
    assert abandoned.let_go("me", FRIDAY + timedelta(days=15)) == 1
