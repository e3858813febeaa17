"""A night of the retention clock while somebody is forgotten or merged: of whoever is gone nothing is saved again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import identity, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Retention
from app.domain.candidates.link import CandidateLink
from app.domain.candidates.question import Question
from app.domain.candidates.retention import Ground, Reckoning
from app.domain.custody import merge, retention_run
from app.domain.custody.anonymise import anonymise_many
from app.domain.notices.outbox import OutboxRow
from tests import make
from tests.domain.actions.test_races import only_postgresql
from tests.domain.custody.meanwhile import meanwhile
from tests.domain.custody.test_retention_run import NOW, SENDER
from tests.people import make_people

SOON = NOW + timedelta(days=7)
LATER = NOW + timedelta(days=400)
Clock = tuple[str, datetime | None, datetime | None]


@pytest.fixture
def noor(real_app: Flask) -> int:
    """Somebody whose data end within a week, and who has a mail address."""
    only_postgresql(real_app)
    with real_app.app_context():
        make_people()
        row = make.candidate("Noor Willems", at=NOW - timedelta(days=723))
        row.keep_until = SOON
        identity.add(row, Channel.EMAIL, "noor@voorbeeld.nl", NOW)
        make.candidate("Noortje Willems", at=NOW)
        db.session.commit()
        noor_id = row.id
        db.session.remove()
    return noor_id


def forgotten(candidate_id: int) -> None:
    anonymise_many([candidate_id], NOW)


def merged(candidate_id: int) -> None:
    kept = db.session.scalars(select(Candidate).where(Candidate.id != candidate_id)).one()
    merge.merge(kept, db.session.get_one(Candidate, candidate_id), {}, somebody(), NOW)


def somebody() -> Person:
    return db.session.scalars(select(Person).order_by(Person.id).limit(1)).one()


def clock_of(app: Flask, candidate_id: int) -> Clock:
    with app.app_context():
        row = db.session.get_one(Candidate, candidate_id)
        return row.retention, row.keep_until, row.acted_at


def of(app: Flask, candidate_id: int) -> list[int]:
    """Questions and links of theirs, and mails to anybody."""
    with app.app_context():
        theirs = [
            select(func.count()).select_from(table).where(table.candidate_id == candidate_id)
            for table in (Question, CandidateLink)
        ]
        return [db.session.scalar(each) or 0 for each in (*theirs, select(func.count()).select_from(OutboxRow))]


GOING: dict[str, Callable[[int], None]] = {"forgotten": forgotten, "merged": merged}


@pytest.mark.parametrize("name", GOING)
def test_the_night_leaves_whoever_goes_alone(real_app: Flask, noor: int, name: str) -> None:
    night = partial(retention_run.carry_out, [noor], NOW, SENDER)
    counts = meanwhile(real_app, partial(GOING[name], noor), lambda: dict(night()))
    assert isinstance(counts, dict)
    assert (counts.get("near", 0), counts["mailed"]) == (0, 0)
    assert of(real_app, noor) == [0, 0, 0]


@pytest.mark.parametrize("name", GOING)
def test_a_clock_that_was_reckoned_before_is_not_set_after(real_app: Flask, noor: int, name: str) -> None:
    restart = partial(retention.restart, noor, LATER)
    assert meanwhile(real_app, partial(GOING[name], noor), restart) is None
    _, keep_until, acted_at = clock_of(real_app, noor)
    assert acted_at != LATER
    assert keep_until is None or keep_until <= SOON


def test_what_was_reckoned_of_somebody_who_is_gone_is_not_saved(session: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [make.candidate() for _ in range(2)]
    stays, gone = rows
    gone.anonymised_at = NOW
    db.session.flush()
    ground = Ground(Retention.PLACED, LATER)
    known = [Reckoning(each.id, ground, NOW, is_new=True) for each in rows]
    monkeypatch.setattr(retention, "reckonings", lambda *_: known)
    retention.reckon_many([each.id for each in rows], NOW)
    for each in rows:
        db.session.refresh(each)
    assert (stays.retention, stays.keep_until, stays.acted_at) == (Retention.PLACED, LATER, NOW)
    assert (gone.retention, gone.keep_until, gone.acted_at) == (Retention.REGISTERED, None, None)
