"""Mails that bring an entry for a calendar: one's block once for each change, and a time that a candidate chose."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.db import db
from app.domain.actions import block_invitation, choosing_time, promise, time_offer
from app.domain.actions.time_offer import Proposed
from app.domain.candidates import link
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.link import LinkPurpose
from app.domain.notices.outbox import OutboxRow
from app.domain.program import block
from app.domain.program.block import BEGINNING, Scope
from app.domain.program.program import Program
from app.mail import message
from jobs import due_letters
from jobs.letters import compose
from jobs.unsent import Skip
from tests.jobs.waiting import FRIDAY, people_with_waiting
from tests.people import People

HOST = "voorbeeld.nl"
SENDER = Sender("Vaste Band", "Voorbeeld", HOST, lambda purpose, token: f"https://{HOST}/{purpose}/{token}")
LATER = FRIDAY + timedelta(minutes=11)


@pytest.fixture
def people(session: None) -> People:
    return people_with_waiting()


def reserve(at: datetime, person_id: int | None = None, *, starts: int = 9 * 60) -> None:
    scope = Scope(db.session.scalars(select(Program.id)).one(), person_id=person_id)
    block.reserve(scope, 1, starts, 60, from_week=BEGINNING, by_id=None, at=at)


def plan(at: datetime = FRIDAY) -> int:
    return block_invitation.plan_due(at, HOST)


def rows(kind: str = block_invitation.KIND) -> list[OutboxRow]:
    return list(db.session.scalars(select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id)))


def letter(row: OutboxRow, at: datetime = FRIDAY) -> EmailMessage:
    """What arrives."""
    composed = compose(row, at)
    assert isinstance(composed, tuple)
    arrived = message(*composed, at).as_bytes()
    return message_from_bytes(arrived, policy=policy.default)


def entry(mail: EmailMessage) -> Calendar:
    (file,) = mail.iter_attachments()
    return Calendar.from_ical(file.get_content())


def test_recruiters_and_leads_who_have_joined_once(people: People) -> None:
    people.otto.password_hash = None
    db.session.flush()
    assert (plan(), plan()) == (3, 0)
    people.otto.password_hash = "x"
    db.session.flush()
    assert plan() == 1


def test_a_change_that_lasts_is_mailed_once_to_whom_it_concerns(people: People) -> None:
    plan()
    reserve(FRIDAY, people.sanne.id)
    assert plan(FRIDAY + timedelta(minutes=9)) == 0
    assert (plan(LATER), plan(LATER)) == (1, 0)
    assert rows()[-1].recipient == f"person:{people.sanne.id}"


def test_a_block_that_returns_to_its_time_is_mailed_again(people: People) -> None:
    plan()
    reserve(FRIDAY)
    plan(LATER)
    reserve(LATER, starts=14 * 60)
    assert plan(LATER + timedelta(minutes=11)) == 4
    reserve(LATER + timedelta(minutes=12))
    assert plan(LATER + timedelta(minutes=30)) == 4


def test_the_mail_says_when_and_brings_the_entry(people: People) -> None:
    plan()
    mail = letter(rows()[0])
    assert mail["Subject"] == "Je opvolgmoment: elke vrijdag van 14:30 tot 15:15"
    shown = mail.get_body(("plain",))
    assert shown is not None
    assert "Elke vrijdag van 14:30 tot 15:15." in shown.get_content()
    assert entry(mail)["METHOD"] == "REQUEST"
    assert {str(each["UID"]).partition("@")[0] for each in entry(mail).walk("VEVENT")} == {f"block-{people.sanne.id}"}
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar", "text/calendar"]


def test_a_second_one_says_that_it_moved(people: People) -> None:
    plan()
    reserve(FRIDAY, people.sanne.id)
    plan(LATER)
    assert letter(rows()[-1])["Subject"] == "Je opvolgmoment is verplaatst: elke dinsdag van 09:00 tot 10:00"


def test_what_changed_before_it_was_sent_is_not_sent(people: People) -> None:
    plan()
    reserve(FRIDAY, people.sanne.id)
    assert isinstance(compose(rows()[0], FRIDAY), Skip)


def chosen(people: People) -> OutboxRow:
    """Sanne proposed a time, and the candidate chose it."""
    them, start = db.session.scalars(select(Candidate).order_by(Candidate.id)).all()[0], FRIDAY + timedelta(days=3)
    proposed = Proposed((start,), Channel.PHONE)
    time_offer.hand(them, people.sanne, proposed, FRIDAY, SENDER, by_mail=False)
    visit = db.session.scalars(select(link.CandidateLink).where(link.CandidateLink.purpose == LinkPurpose.TIMES)).one()
    choosing_time.choose(visit, start, FRIDAY, HOST)
    return rows(choosing_time.KIND)[0]


def test_a_chosen_time_is_told_with_its_entry(people: People) -> None:
    mail = letter(chosen(people))
    assert mail["Subject"] == "Aïsha el Idrissi koos maandag 23 november om 09:00"
    (event,) = entry(mail).walk("VEVENT")
    assert event["SUMMARY"] == "Bel Aïsha I."
    assert entry(mail)["METHOD"] == "PUBLISH"


def test_a_chosen_time_that_was_taken_back_is_not_told(people: People) -> None:
    row = chosen(people)
    promise.withdraw(people.sanne, row.payload["promise_id"], FRIDAY)
    assert isinstance(compose(row, FRIDAY), Skip)


def test_the_job_plans_and_commits(people: People) -> None:
    db.session.commit()
    assert due_letters.block_invitations("me", FRIDAY) == 4
