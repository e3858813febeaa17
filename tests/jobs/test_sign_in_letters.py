"""Links to sign in and for a new password as they arrive: at any hour, in one's language, not when they have ended."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.agency import sign_in
from app.domain.agency.person import Person
from app.domain.agency.sign_in_link import LASTS, Purpose
from app.domain.notices import preference, sign_in_mail
from app.domain.notices.invitation_mail import Sender
from app.domain.notices.outbox import OutboxRow
from jobs import outbox
from tests.jobs.test_letters import letters
from tests.mailbox import text_of
from tests.people import make_people

NIGHT = datetime(2026, 3, 8, 2, tzinfo=UTC)
SENDER = Sender("Vaste Band", "127.0.0.1", "https://fanfare.example/in/{}".format)


@pytest.fixture
def sanne(real_app: Flask) -> Iterator[Person]:
    with time_machine.travel(NIGHT, tick=False), real_app.app_context():
        person = make_people().sanne
        person.password_hash = "$kept"
        yield person
        db.session.remove()


def ask(person: Person, purpose: Purpose) -> None:
    sign_in_mail.ask(sign_in.attempt(person.email or "", "", "key"), purpose, SENDER, "", NIGHT)
    db.session.commit()


@pytest.mark.parametrize(
    ("purpose", "subject"),
    [(Purpose.SIGN_IN, "Inloggen bij Vaste Band"), (Purpose.PASSWORD, "Nieuw wachtwoord voor Vaste Band")],
)
def test_it_arrives_on_a_sunday_night(real_app: Flask, sanne: Person, purpose: Purpose, subject: str) -> None:
    ask(sanne, purpose)
    outbox.send_due("me", NIGHT)
    (letter,) = letters(real_app)
    minutes = int(LASTS[purpose].total_seconds() // 60)
    assert (letter["To"], letter["Subject"], letter["List-Unsubscribe"]) == (sanne.email, subject, None)
    assert f"{minutes} minuten" in text_of(letter)
    assert "https://fanfare.example/in/" in text_of(letter)
    assert db.session.scalars(select(OutboxRow.payload)).one() == {}


def test_a_link_that_has_ended_is_not_sent(real_app: Flask, sanne: Person) -> None:
    ask(sanne, Purpose.SIGN_IN)
    with time_machine.travel(NIGHT + timedelta(minutes=21), tick=False):
        outbox.send_due("me", NIGHT)
    assert letters(real_app) == []
    assert db.session.scalars(select(OutboxRow.last_error)).all() == ["too late"]


def test_it_is_tried_at_an_address_that_refused_mail_before(real_app: Flask, sanne: Person) -> None:
    preference.flag(sanne.email or "", "550 unknown", NIGHT)
    ask(sanne, Purpose.PASSWORD)
    outbox.send_due("me", NIGHT)
    assert [letter["To"] for letter in letters(real_app)] == [sanne.email]
