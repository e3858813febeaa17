"""Mails about changes of signing in: at any hour, to a refused address too, in one's language, for every change."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from app.db import db
from app.domain.agency.person import Person
from app.domain.notices import preference, safety
from app.domain.notices.safety import Change
from jobs import outbox
from tests.jobs.test_letters import letters
from tests.mailbox import text_of
from tests.people import make_people

NIGHT = datetime(2026, 3, 8, 2, tzinfo=UTC)


@pytest.fixture
def sanne(real_app: Flask) -> Iterator[Person]:
    with time_machine.travel(NIGHT, tick=False), real_app.app_context():
        yield make_people().sanne
        db.session.remove()


def test_it_arrives_on_a_sunday_night_and_cannot_be_refused(real_app: Flask, sanne: Person) -> None:
    preference.flag(sanne.email or "", "550 unknown", NIGHT)
    safety.tell(sanne, Change.CODE_USED, "127.0.0.1", NIGHT)
    db.session.commit()
    outbox.send_due("me", NIGHT)
    (letter,) = letters(real_app)
    assert letter["Subject"] == "Je inloggen bij Vaste Band is gewijzigd"
    assert letter["List-Unsubscribe"] is None
    assert "Er is ingelogd met een van je codes op papier" in text_of(letter)
    assert "/account/safety" in text_of(letter)


def test_every_change_is_a_mail_of_its_own(real_app: Flask, sanne: Person) -> None:
    for change in Change:
        safety.tell(sanne, change, "127.0.0.1", NIGHT)
    db.session.commit()
    outbox.send_due("me", NIGHT)
    assert len({text_of(letter) for letter in letters(real_app)}) == len(Change)


def test_whoever_has_no_address_gets_none(real_app: Flask, sanne: Person) -> None:
    sanne.email = None
    safety.tell(sanne, Change.APP_ADDED, "127.0.0.1", NIGHT)
    db.session.commit()
    outbox.send_due("me", NIGHT)
    assert letters(real_app) == []
