"""`flask import-bullhorn`: whoever was forgotten does not come back by a file, and what counted for them not anew."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.actions.bullhorn import notes
from app.domain.actions.bullhorn.told import Note
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates import crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm
from app.domain.custody import anonymise, erasure
from tests import make
from tests.cli.test_import_bullhorn import MONTH_AGO, Run, logged, points, row, run, told
from tests.jobs.bullhorn_desk import NOTE, PERSON, make_known_desk
from tests.jobs.desk import TUESDAY, Desk

__all__ = ["run"]
DAY = timedelta(days=1)
FORGOTTEN = ["whoever it is about was forgotten here after it"]


@pytest.fixture
def desk(real_app: Flask) -> Iterator[Desk]:
    with real_app.app_context(), time_machine.travel(TUESDAY, tick=False):
        made = make_known_desk(origin="Bullhorn")
        db.session.commit()
        yield made


def erase(app: Flask, candidate_id: int, at: datetime = TUESDAY - DAY) -> None:
    key = app.config["SETTINGS"].key.encode()
    erasure.erase(candidate_id, by_id=None, reason=erasure.Reason.ASKED, key=key, now=at)
    db.session.commit()


def again(name: str = "Aisha El Amrani", number: int = PERSON) -> Candidate:
    """Somebody is here, and has this number in Bullhorn."""
    them = make.candidate(name)
    crm_id.give(them.id, Crm.BULLHORN, str(number), origin="page", now=TUESDAY)
    db.session.commit()
    return them


def test_what_was_written_before_somebody_was_forgotten_does_not_come_back(
    run: Run, desk: Desk, real_app: Flask
) -> None:
    erase(real_app, desk.aisha.id)
    assert told(run(row(desk)))[2] == ["nobody here has the number of its candidate"]
    them = again()
    assert told(run(row(desk), row(desk, NOTE + 1, at=TUESDAY.isoformat()))) == (1, 0, FORGOTTEN)
    assert [each.candidate_id for each in db.session.scalars(select(EngagementAction))] == [them.id]


def test_who_is_here_again_under_another_number_is_known_by_name_and_address(
    run: Run, desk: Desk, real_app: Flask
) -> None:
    identity.add(desk.aisha, Channel.EMAIL, "aisha@voorbeeld.nl", TUESDAY)
    db.session.commit()
    erase(real_app, desk.aisha.id)
    them = again(number=PERSON + 1)
    other = row(desk).replace(f",{PERSON},", f",{PERSON + 1},")
    assert told(run(other))[2] == []
    identity.add(db.session.get_one(Candidate, them.id), Channel.EMAIL, "aisha@voorbeeld.nl", TUESDAY)
    db.session.commit()
    assert told(run(other.replace(str(NOTE), str(NOTE + 1))))[2] == FORGOTTEN


@pytest.mark.parametrize("first", ["told", "file"])
def test_what_counted_is_not_paid_again_after_they_were_forgotten(
    run: Run, desk: Desk, real_app: Flask, first: str
) -> None:
    at = TUESDAY - DAY
    about = Note(NOTE, "Outbound Call", PERSON, desk.sanne.email or "", at.replace(second=41))
    if first == "told":
        notes.settle(about, NOTE, TUESDAY)
        db.session.commit()
    else:
        run(row(desk, at=at.isoformat()))
    earned = points()
    erase(real_app, desk.aisha.id, TUESDAY)
    again()
    assert told(run(row(desk, at=at.isoformat()))) == (0, 0, FORGOTTEN)
    assert (points(), earned > 0, len(logged())) == (earned, True, 1)


def test_nor_when_their_data_ended_and_nothing_is_left_to_know_them_by(run: Run, desk: Desk) -> None:
    run(row(desk))
    earned = points()
    anonymise.anonymise_many([desk.aisha.id], TUESDAY - DAY)
    db.session.commit()
    again()
    later = (MONTH_AGO + timedelta(hours=1)).isoformat()
    assert told(run(row(desk), row(desk, NOTE + 1, at=later))) == (1, 0, FORGOTTEN)
    assert points() >= earned
    assert len(logged()) == 2


def test_what_was_done_at_that_minute_for_somebody_who_stays_counts(run: Run, desk: Desk) -> None:
    """A message to two at once: that one of them was forgotten since says nothing of the other."""
    again("Piet de Groot", PERSON + 1)
    run(row(desk))
    anonymise.anonymise_many([desk.aisha.id], TUESDAY + DAY)
    db.session.commit()
    assert told(run(row(desk, NOTE + 1).replace(f",{PERSON},", f",{PERSON + 1},"))) == (1, 0, [])
