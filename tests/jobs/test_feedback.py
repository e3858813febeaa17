"""Asking candidates how it was by mail: faces that only open the page, inside the hours of whoever is asked."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.actions import promise
from app.domain.actions.recovery import Recovery
from app.domain.candidates import identity, stage_move
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.notices.outbox import OutboxRow
from jobs import feedback, outbox
from tests import make
from tests.jobs.test_letters import letters
from tests.jobs.waiting import FRIDAY
from tests.mailbox import text_of
from tests.people import make_people

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def agency(real_app: Flask) -> Iterator[Flask]:
    """Pieter moved from one stage to the next two days ago."""
    with time_machine.travel(FRIDAY, tick=False), real_app.app_context():
        people = make_people()
        them = make.candidate("Pieter Post", owner=people.sanne)
        identity.add(them, Channel.EMAIL, "pieter@voorbeeld.nl", FRIDAY)
        stage_move.record(them.id, Stage.ATTRACT, Stage.ENGAGE, reason="", by_id=None, now=FRIDAY - 2 * DAY)
        db.session.commit()
        yield real_app
        db.session.remove()


def states() -> list[str]:
    db.session.expire_all()
    return list(db.session.scalars(select(OutboxRow.state)))


def test_the_mail_has_five_faces(agency: Flask) -> None:
    assert feedback.ask_due("test", FRIDAY) == 1
    outbox.send_due("test", FRIDAY)
    (letter,) = letters(agency)
    assert letter["Subject"] == "Hoe ging het?"
    assert [f"?face={score}" in text_of(letter) for score in range(1, 6)] == [True] * 5


def test_it_waits_for_their_hours(agency: Flask) -> None:
    feedback.ask_due("test", FRIDAY)
    with time_machine.travel(FRIDAY + 12 * HOUR, tick=False):
        outbox.send_due("test", FRIDAY)
    assert (states(), letters(agency)) == (["pending"], [])
    with time_machine.travel(FRIDAY + 3 * DAY, tick=False):
        outbox.send_due("test", FRIDAY)
    assert states() == ["sent"]


@pytest.mark.usefixtures("agency")
def test_a_promise_that_was_broken_is_found() -> None:
    them = db.session.scalars(select(Candidate)).one()
    promise.make(them.id, them.owner_id or 0, FRIDAY - 2 * DAY, channel=None, action_id=None, now=FRIDAY - 3 * DAY)
    db.session.commit()
    assert feedback.find_broken("test", FRIDAY) == 1
    assert db.session.scalars(select(Recovery.cause)).all() == ["broken_promise"]
