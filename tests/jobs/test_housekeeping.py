"""Housekeeping takes what can have no effect any more, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.db import db
from app.domain.actions import contact_start, log_link
from app.domain.actions.contact_start import ContactStart
from app.domain.actions.log_link import LogLink
from app.domain.agency import reading, sign_in_step
from app.domain.agency.reading import ReadingMark
from app.domain.agency.second_factor import SignInStep, StepKind
from app.domain.agency.session import IDLE, LONGEST, SignInFailure, SignInSession
from app.domain.candidates import identity
from app.domain.candidates.identity import Channel
from app.domain.candidates.importing.candidate_import import KEPT, CandidateImport
from app.domain.journey import tracked_link
from app.domain.journey.tracked_link import LIVES, TrackedLink
from app.domain.notices import outbox, preference
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import FlaggedAddress
from app.domain.scoring import list_log
from app.domain.scoring.list_log import ShownList
from jobs.housekeeping import BEGUN, FAILURES, tidy
from tests import make
from tests.make import START

SECOND = timedelta(seconds=1)


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(("age", "left"), [(KEPT, 1), (KEPT + SECOND, 0)])
def test_uploaded_files(session: None, age: timedelta, left: int) -> None:
    lead = make.person("Lea Mulder")
    db.session.add(
        CandidateImport(
            file_name="x.csv", content=b"x", layout="x", rows=1, created_by_id=lead.id, created_at=START - age
        )
    )
    db.session.commit()
    tidy("me", START)
    assert count(CandidateImport) == left


@pytest.mark.parametrize(("age", "left"), [(FAILURES, 1), (FAILURES + SECOND, 0)])
def test_failures(session: None, age: timedelta, left: int) -> None:
    db.session.add(SignInFailure(account_hash="x", address_hash="y", at=START - age))
    db.session.commit()
    assert tidy("me", START) == 1 - left
    assert count(SignInFailure) == left


@pytest.mark.parametrize(("age", "left"), [(reading.WINDOW - SECOND, 1), (reading.WINDOW, 0)])
def test_marks_of_what_was_read(session: None, age: timedelta, left: int) -> None:
    reading.note("x", ["y"], START - age)
    db.session.commit()
    assert tidy("me", START) == 1 - left
    assert count(ReadingMark) == len(reading.lately("x", START)) == left


@pytest.mark.parametrize(("age", "left"), [(timedelta(minutes=10) - SECOND, 1), (timedelta(minutes=10), 0)])
def test_steps_of_signing_in(session: None, age: timedelta, left: int) -> None:
    sign_in_step.begin(StepKind.SECOND, START - age, make.person("Sanne de Vries").id)
    db.session.commit()
    assert tidy("me", START) == 1 - left
    assert count(SignInStep) == left


@pytest.mark.parametrize(
    ("created", "seen", "left"),
    [(LONGEST, SECOND, 1), (LONGEST + SECOND, SECOND, 0), (IDLE, IDLE, 1), (IDLE + SECOND, IDLE + SECOND, 0)],
)
def test_sessions(session: None, created: timedelta, seen: timedelta, left: int) -> None:
    person = make.person("Sanne de Vries")
    db.session.add(SignInSession(token_hash="x", person_id=person.id, created_at=START - created, seen_at=START - seen))
    db.session.commit()
    tidy("me", START)
    assert count(SignInSession) == left


@pytest.mark.parametrize(("age", "left"), [(BEGUN, 2), (BEGUN + SECOND, 0)])
def test_links_in_mails_and_contacts_that_nobody_asks_about_any_more(session: None, age: timedelta, left: int) -> None:
    person, who = make.person("Sanne de Vries"), make.candidate()
    log_link.make(person.id, who.id, START - age)
    contact_start.begin(person, who, Channel.PHONE, START - age)
    db.session.commit()
    assert tidy("me", START) == 2 - left
    assert count(LogLink) + count(ContactStart) == left


@pytest.mark.parametrize(("age", "left"), [(LIVES - SECOND, 2), (LIVES + SECOND, 1)])
def test_traps_that_ended(session: None, age: timedelta, left: int) -> None:
    who = make.candidate().id
    tracked_link.trap(who, "m", START - age)
    tracked_link.make(who, "https://voorbeeld.nl", message="m", by_id=None, now=START - age)
    db.session.commit()
    tidy("me", START)
    assert count(TrackedLink) == left


@pytest.mark.parametrize(("age", "left"), [(list_log.KEPT, 1), (list_log.KEPT + SECOND, 0)])
def test_shown_lists(session: None, age: timedelta, left: int) -> None:
    make.shown_list(make.person("Sanne de Vries"), at=START - age)
    db.session.commit()
    assert tidy("me", START) == 1 - left
    assert count(ShownList) == left


def test_refused_addresses_of_nobody(session: None) -> None:
    sanne, them = make.person("Sanne de Vries"), make.candidate("Aisha El Amrani")
    identity.add(them, Channel.EMAIL, "aisha@voorbeeld.nl", START)
    known = {str(sanne.email), "aisha@voorbeeld.nl"}
    for address in (*known, "vergeten@voorbeeld.nl"):
        preference.flag(address, "550", START)
    db.session.commit()
    assert tidy("me", START) == 1
    assert set(db.session.scalars(select(FlaggedAddress.address))) == known


@pytest.mark.parametrize(
    ("kind", "state", "age", "left"),
    [
        ("weekly_reminder", "sent", outbox.KEPT, 1),
        ("weekly_reminder", "sent", outbox.KEPT + SECOND, 0),
        ("weekly_reminder", "sending", outbox.KEPT + SECOND, 1),
        ("block_invitation", "sent", outbox.KEPT + SECOND, 1),
    ],
)
def test_mails_of_long_ago(session: None, kind: str, state: str, age: timedelta, left: int) -> None:
    at = START - age
    planned = {"kind": kind, "recipient": "person:1", "period": "x", "payload": {}, "host": "x"}
    outbox.plan(**planned, due_at=at, not_after=at, now=at)  # type: ignore[arg-type] # facts of several types
    db.session.execute(update(OutboxRow).values(state=state))
    db.session.commit()
    tidy("me", START)
    assert count(OutboxRow) == left
