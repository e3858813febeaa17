"""Sending what was planned: through a folder and a real SMTP server, and not to whom it must not go."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app.db import db
from app.domain.actions import log_link
from app.domain.actions.reminder import plan_week
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.notices import delivery, preference
from app.domain.notices.invitation_mail import Sender, send
from app.domain.notices.outbox import OutboxRow, plan
from app.domain.scoring.list_log import ShownList, rows_of
from jobs import outbox
from jobs.letters import WRITERS
from tests import make
from tests.jobs.test_post import mailbox
from tests.jobs.waiting import FRIDAY, NAMES, people_with_waiting
from tests.mailbox import Mailbox

__all__ = ["mailbox"]
OTHERS = "nobody waits"
INVITED = {"name": "Sanne", "inviter": "Ada", "url": "https://voorbeeld.nl/", "program": "Vaste Band"}
WHEN: Any = {"due_at": FRIDAY, "not_after": FRIDAY + timedelta(days=7), "now": FRIDAY, "host": "voorbeeld.nl"}


@pytest.fixture
def app_at_nine(real_app: Flask) -> Iterator[Flask]:
    """Friday nine o'clock; the reminders are planned."""
    with time_machine.travel(FRIDAY, tick=False), real_app.app_context():
        people_with_waiting()
        plan_week(FRIDAY, "voorbeeld.nl")
        db.session.commit()
        yield real_app
        db.session.remove()


def sanne() -> Person:
    return db.session.scalars(select(Person).where(Person.name == "Sanne de Vries")).one()


def outcome(person: Person) -> tuple[str, str | None]:
    """What became of a person's message, and why."""
    found = select(OutboxRow.state, OutboxRow.last_error).where(OutboxRow.recipient == f"person:{person.id}")
    return tuple(db.session.execute(found).one())  # type: ignore[return-value] # two columns


def letters(app: Flask) -> list[EmailMessage]:
    folder = Path(app.config["SETTINGS"].mail_url.removeprefix("file://"))
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*.eml"))]


def test_it_arrives_in_the_folder(app_at_nine: Flask) -> None:
    assert outbox.send_due("me", FRIDAY) == 4
    (letter,) = letters(app_at_nine)
    assert letter["To"] == "sanne@voorbeeld.nl"
    assert letter["Subject"] == "4 kandidaten wachten vandaag om 14:30 op je"
    assert "/unsubscribe/" in letter["List-Unsubscribe"]
    assert outcome(sanne()) == ("sent", None)


def test_it_leads_to_each_of_three_in_one_tap_and_to_logging(app_at_nine: Flask) -> None:
    outbox.send_due("me", FRIDAY)
    page = letters(app_at_nine)[0].get_body(("html",)).get_content()  # type: ignore[union-attr] # it has one
    assert page.index('href="tel:+31612345670"') < page.index(">Bel Aïsha<") < page.index(">Vastleggen<")
    tokens = re.findall(r"/done/([\w-]+)", page)
    opened = [log_link.opened(token, FRIDAY) for token in tokens]
    assert [one.candidate.name for one in opened if one] == list(NAMES[:3])


def test_whom_it_names_is_logged(app_at_nine: Flask) -> None:
    outbox.send_due("me", FRIDAY)
    shown = db.session.scalars(select(ShownList)).one()
    named = [db.session.get_one(Candidate, row.candidate_id).name for row in rows_of(shown.id)]
    assert (shown.surface, shown.person_id, named) == ("mail", sanne().id, list(NAMES[:3]))


def test_who_has_nobody_waiting_gets_no_mail(app_at_nine: Flask) -> None:
    outbox.send_due("me", FRIDAY)
    bram = db.session.scalars(select(Person).where(Person.name == "Bram Jansen")).one()
    assert outcome(bram) == ("skipped", OTHERS)


def test_sent_once(app_at_nine: Flask) -> None:
    outbox.send_due("me", FRIDAY)
    assert outbox.send_due("you", FRIDAY) == 0
    assert len(letters(app_at_nine)) == 1


def test_it_arrives_at_a_mail_server(app_at_nine: Flask, mailbox: tuple[Mailbox, str]) -> None:
    box, url = mailbox
    app_at_nine.config["SETTINGS"].mail_url = url
    outbox.send_due("me", FRIDAY)
    (arrived,) = box.letters
    letter = message_from_bytes(arrived, policy=policy.default)
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]


def leaves() -> None:
    sanne().deactivated_at = FRIDAY


def opts_out() -> None:
    preference.unsubscribe(f"person:{sanne().id}", "weekly_reminder", FRIDAY)


def is_refused() -> None:
    preference.flag("sanne@voorbeeld.nl", "550", FRIDAY)


def loses_the_address() -> None:
    sanne().email = None


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (leaves, "the recipient has left"),
        (loses_the_address, "the recipient has left"),
        (opts_out, "unsubscribed"),
        (is_refused, "the address refuses mail"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_happens_after_planning_counts(app_at_nine: Flask, happens: object, reason: str) -> None:
    happens()  # type: ignore[operator] # one of the four
    db.session.commit()
    outbox.send_due("me", FRIDAY)
    assert outcome(sanne()) == ("skipped", reason)
    assert letters(app_at_nine) == []


def test_after_the_block_it_is_skipped(app_at_nine: Flask) -> None:
    late = FRIDAY.replace(hour=14, minute=16)
    with time_machine.travel(late, tick=False):
        outbox.send_due("me", late)
    assert outcome(sanne()) == ("skipped", "too late")


def test_a_refused_address_is_flagged(app_at_nine: Flask, mailbox: tuple[Mailbox, str]) -> None:
    sanne().email = "550@voorbeeld.nl"
    db.session.commit()
    app_at_nine.config["SETTINGS"].mail_url = mailbox[1]
    outbox.send_due("me", FRIDAY)
    state, reason = outcome(sanne())
    assert (state, preference.is_flagged("550@voorbeeld.nl")) == ("failed", True)
    assert "550" in (reason or "")


def test_a_server_that_is_away_is_tried_again(app_at_nine: Flask) -> None:
    app_at_nine.config["SETTINGS"].mail_url = "smtp://127.0.0.1:9"
    outbox.send_due("me", FRIDAY)
    assert outcome(sanne())[0] == "pending"


def test_one_that_cannot_be_written_keeps_nobody_waiting(app_at_nine: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 1)
    monkeypatch.setitem(WRITERS, "weekly_reminder", lambda *_: 1 / 0)
    plan(kind="invitation", recipient=f"person:{sanne().id}", period="x", payload=INVITED, **WHEN)
    db.session.commit()
    outbox.send_due("me", FRIDAY)
    states = dict(db.session.execute(select(OutboxRow.kind, OutboxRow.state).distinct()).all())
    assert states == {"weekly_reminder": "pending", "invitation": "sent"}


def test_one_that_cannot_be_posted_keeps_nobody_waiting(app_at_nine: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.post.Post.send", lambda *_: 1 / 0)
    outbox.send_due("me", FRIDAY)
    assert outcome(sanne()) == ("pending", "ZeroDivisionError: division by zero")


def test_what_there_was_no_time_for_waits_for_the_next_turn(
    app_at_nine: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "LEASE", timedelta(0))
    outbox.send_due("me", FRIDAY)
    assert (outcome(sanne()), letters(app_at_nine)) == (("pending", None), [])


def test_what_is_somebody_elses_by_now_is_left_to_them(app_at_nine: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken_over(_row: OutboxRow, _now: datetime) -> bool:
        db.session.execute(update(OutboxRow).values(lease_owner="another"))
        db.session.commit()
        return False

    monkeypatch.setattr(delivery, "has_time", taken_over)
    outbox.send_due("me", FRIDAY)
    assert (outcome(sanne()), letters(app_at_nine)) == (("sending", None), [])


def test_more_than_one_batch(app_at_nine: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    assert outbox.send_due("me", FRIDAY) == 4


def test_an_invitation(app_at_nine: Flask) -> None:
    outbox.send_due("me", FRIDAY)
    person = make.person("Noor Willems")
    sender = Sender("Vaste Band", "voorbeeld.nl", lambda token: f"https://voorbeeld.nl/{token}", by=sanne())
    url = send(person, sender, FRIDAY)
    db.session.commit()
    outbox.send_due("me", FRIDAY)
    letter = next(one for one in letters(app_at_nine) if one["To"] == "noor@voorbeeld.nl")
    assert letter["Subject"] == "Sanne de Vries nodigt je uit voor Vaste Band"
    assert url in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr] # it has one
    assert letter["List-Unsubscribe"] is None


def test_a_link_does_not_stay_in_the_outbox(app_at_nine: Flask) -> None:
    person = make.person("Noor Willems")
    send(person, Sender("Vaste Band", "voorbeeld.nl", lambda token: token), FRIDAY)
    db.session.commit()
    outbox.send_due("me", FRIDAY)
    assert db.session.scalars(select(OutboxRow.payload).where(OutboxRow.kind == "invitation")).all() == [{}]
