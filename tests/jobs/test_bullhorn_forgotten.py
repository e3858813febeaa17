"""Whoever was forgotten and is here again: what Bullhorn told of them before stays away, and is not paid twice."""

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.actions.bullhorn import record, unplaced
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates import crm_id
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm
from app.domain.custody import erasure
from tests import make
from tests.fakes.bullhorn import Bullhorn
from tests.jobs.bullhorn_desk import NOTE, PERSON, desk, logged, mail_of, millis, note, points, poll, reason, there
from tests.jobs.desk import HOUR, TUESDAY, Desk

__all__ = ["desk", "there"]
pytestmark = pytest.mark.usefixtures("session")


def come_back(app: Flask, desk: Desk) -> Candidate:
    """Aisha is forgotten an hour later, and registers anew after that under the number that she had."""
    key = app.config["SETTINGS"].key.encode()
    erasure.erase(desk.aisha.id, by_id=None, reason=erasure.Reason.ASKED, key=key, now=TUESDAY + HOUR)
    them = make.candidate("Aisha El Amrani")
    crm_id.give(them.id, Crm.BULLHORN, str(PERSON), origin="page", now=TUESDAY + 2 * HOUR)
    db.session.commit()
    return them


def later() -> int:
    with time_machine.travel(TUESDAY + 3 * HOUR, tick=False):
        return poll()


def test_a_note_that_counted_is_not_paid_again_when_it_changes(there: Bullhorn, desk: Desk, app: Flask) -> None:
    note(there, by=mail_of(desk))
    poll()
    earned = points()
    come_back(app, desk)
    note(there, by=mail_of(desk), said="Left Message")
    later()
    assert (points(), earned > 0, len(logged()), reason()) == (earned, True, 1, Reason.FORGOTTEN)


def test_a_note_that_never_counted_stays_away_and_nobody_is_asked_about_it(
    there: Bullhorn, desk: Desk, app: Flask
) -> None:
    come_back(app, desk)
    note(there, by=mail_of(desk))
    later()
    assert (logged(), unplaced.listed(TUESDAY).rows, record.asked_again(TUESDAY + 4 * HOUR)) == ([], [], [])
    assert db.session.scalars(select(BullhornRecord.name).where(BullhornRecord.number == NOTE)).one() == ""


def test_what_is_written_since_they_are_back_counts(there: Bullhorn, desk: Desk, app: Flask) -> None:
    them = come_back(app, desk)
    note(there, by=mail_of(desk), dateAdded=millis(TUESDAY + 2 * HOUR))
    later()
    assert [row.candidate_id for row in db.session.scalars(select(EngagementAction))] == [them.id]
