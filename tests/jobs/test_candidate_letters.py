"""Mails to candidates through the outbox: in their language, with a way to stop, and asked again before they leave."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app.db import db
from app.domain.actions import own_data
from app.domain.agency.agency import Agency
from app.domain.candidates import contact_flags, erasure_wish, identity, link
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import send_link
from app.domain.candidates.link import LinkPurpose
from app.domain.journey import tracked_link
from app.domain.notices import preference
from app.domain.notices.outbox import OutboxRow
from app.mail import candidate_sender
from jobs import outbox
from tests import make
from tests.jobs.test_letters import letters
from tests.jobs.test_post import mailbox
from tests.jobs.waiting import FRIDAY
from tests.mailbox import Mailbox, text_of
from tests.people import make_people

__all__ = ["mailbox"]
MAIL = "pieter@voorbeeld.nl"


@pytest.fixture
def agency(real_app: Flask) -> Iterator[Flask]:
    with time_machine.travel(FRIDAY, tick=False), real_app.app_context():
        make_people()
        them = make.candidate("Pieter Post")
        them.language = "nl"
        identity.add(them, Channel.EMAIL, MAIL, FRIDAY)
        db.session.commit()
        yield real_app
        db.session.remove()


def pieter() -> Candidate:
    return db.session.scalars(select(Candidate)).one()


def planned(purpose: LinkPurpose = LinkPurpose.REACH, **facts: str) -> None:
    send_link(pieter(), purpose, by=None, now=FRIDAY, sender=candidate_sender(), facts=facts)
    db.session.commit()


def outcome() -> tuple[str, str | None, object]:
    db.session.expire_all()
    found = select(OutboxRow.state, OutboxRow.last_error, OutboxRow.payload)
    return tuple(db.session.execute(found).one())


def test_a_provider_may_watch_only_who_is_followed(agency: Flask) -> None:
    agency.config["SETTINGS"].mailgun_key = "key"
    planned()
    outbox.send_due("me", FRIDAY)
    assert [letter["X-Mailgun-Track"] for letter in letters(agency)] == [None]
    contact_flags.objected(pieter().id, FRIDAY)
    planned(LinkPurpose.KNOWN)
    outbox.send_due("me", FRIDAY)
    assert {letter["X-Mailgun-Track"] for letter in letters(agency)} == {None, "no"}


def test_it_arrives_with_a_link_that_opens(agency: Flask) -> None:
    planned()
    outbox.send_due("me", FRIDAY)
    (letter,) = letters(agency)
    text = text_of(letter)
    token = text.partition("/me/reach/")[2].split()[0]
    assert (letter["To"], letter["Subject"]) == (MAIL, "Hoe mogen we je bereiken?")
    assert "Hallo Pieter Post, je kunt hier doorgeven hoe en wanneer" in text
    assert "De link werkt 30 dagen" in text
    assert link.opened(token, LinkPurpose.REACH, FRIDAY)
    assert outcome() == ("sent", None, {})


def test_one_click_in_the_mail_program_leads_to_the_page_to_stop(agency: Flask) -> None:
    planned()
    outbox.send_due("me", FRIDAY)
    (letter,) = letters(agency)
    token = letter["List-Unsubscribe"].strip("<>").rpartition("/")[2]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.opened(token, LinkPurpose.STOP, FRIDAY)


def test_a_link_that_nobody_sees_gives_machines_away(agency: Flask) -> None:
    planned()
    outbox.send_due("me", FRIDAY)
    (letter,) = letters(agency)
    html = letter.get_body(("html",)).get_content()  # type: ignore[union-attr] # it has one
    trap = html.partition("/r/")
    held = tracked_link.opened(trap[2][:43], FRIDAY)
    assert held is not None
    assert (held.trap, held.url, "/r/" in text_of(letter)) == (True, "", False)
    assert "display: none" in trap[2].partition(">")[0] + trap[0].rpartition("<a")[2]


@pytest.mark.parametrize(("language", "subject"), [("en", "How may we reach you?"), ("nl", "Hoe mogen we u bereiken?")])
def test_in_their_language_and_form(agency: Flask, language: str, subject: str) -> None:
    pieter().language = language
    db.session.execute(update(Agency).values(address_form="u"))
    planned()
    outbox.send_due("me", FRIDAY)
    (letter,) = letters(agency)
    assert letter["Subject"] == subject


UNASKED = {LinkPurpose.STOP, LinkPurpose.APPLY}
"""The one is below every mail; the other is about an application, and has tests of its own."""


@pytest.mark.parametrize("purpose", [purpose for purpose in LinkPurpose if purpose not in UNASKED])
def test_every_purpose_has_its_mail(agency: Flask, purpose: LinkPurpose) -> None:
    pieter().keep_until = FRIDAY + timedelta(days=21)
    planned(purpose)
    outbox.send_due("me", FRIDAY)
    (letter,) = letters(agency)
    assert f"/me/{purpose}/" in text_of(letter)
    assert f"/me/{purpose}/" in letter.get_body(("html",)).get_content()  # type: ignore[union-attr] # it has one


def test_a_renewal_says_until_when(agency: Flask) -> None:
    pieter().keep_until = FRIDAY + timedelta(days=21)
    planned(LinkPurpose.RENEW, keep_until=(FRIDAY + timedelta(days=21)).isoformat())
    outbox.send_due("me", FRIDAY)
    (letter,) = letters(agency)
    assert letter["Subject"] == "Mogen we contact houden?"
    assert "Daarna wissen we ze, tenzij je zegt" in text_of(letter)


def test_what_the_night_asks_arrives_in_the_morning_whatever_rest_they_asked_for(agency: Flask) -> None:
    pieter().keep_until = FRIDAY + timedelta(days=21)
    contact_flags.paused(pieter().id, FRIDAY + timedelta(days=30))
    planned(LinkPurpose.RENEW)
    with time_machine.travel(FRIDAY - timedelta(hours=5), tick=False):
        db.session.execute(update(OutboxRow).values(next_try_at=FRIDAY - timedelta(hours=5)))
        db.session.commit()
        outbox.send_due("me", FRIDAY)
    assert letters(agency) == []
    outbox.send_due("me", FRIDAY)
    assert len(letters(agency)) == 1


def test_who_renewed_since_gets_no_second_mail(agency: Flask) -> None:
    pieter().keep_until = FRIDAY + timedelta(days=365)
    planned(LinkPurpose.RENEW, keep_until=(FRIDAY + timedelta(days=21)).isoformat())
    outbox.send_due("me", FRIDAY)
    assert outcome() == ("skipped", "kept longer by now", {})


def stops() -> None:
    contact_flags.refused(pieter().id, FRIDAY)


def objects() -> None:
    contact_flags.objected(pieter().id, FRIDAY)


def opts_out() -> None:
    identity.opt_out(pieter().id, Channel.EMAIL, origin="candidate", now=FRIDAY)


def is_flagged() -> None:
    preference.flag(MAIL, "550", FRIDAY)


def is_merged() -> None:
    them = pieter()
    them.merged_into_id = them.id


def is_forgotten() -> None:
    pieter().anonymised_at = FRIDAY


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (stops, "do not contact"),
        (objects, "the candidate objected"),
        (opts_out, "no mail address that works"),
        (is_flagged, "the address refuses mail"),
        (is_merged, "the candidate was forgotten or merged"),
        (is_forgotten, "the candidate was forgotten or merged"),
    ],
)
def test_what_happens_after_planning_counts(agency: Flask, happens: Callable[[], None], reason: str) -> None:
    planned(LinkPurpose.REFER)
    happens()
    db.session.commit()
    db.session.expire_all()
    outbox.send_due("me", FRIDAY)
    assert outcome() == ("skipped", reason, {})
    assert letters(agency) == []


def test_an_address_that_is_refused_does_not_work(agency: Flask, mailbox: tuple[Mailbox, str]) -> None:
    identity.remove(identity.identities_of(pieter().id)[0], FRIDAY)
    identity.add(pieter(), Channel.EMAIL, "550@voorbeeld.nl", FRIDAY)
    planned()
    agency.config["SETTINGS"].mail_url = mailbox[1]
    outbox.send_due("me", FRIDAY)
    db.session.expire_all()
    (address,) = identity.identities_of(pieter().id)
    assert (address.state, address.state_origin) == ("invalid", "bounce")
    assert outcome()[0] == "failed"


def wished(agency: Flask) -> None:
    visit = link.make(pieter().id, LinkPurpose.KNOWN, by_id=None, now=FRIDAY).row
    own_data.ask_erasure(visit, FRIDAY, "voorbeeld.nl")
    db.session.commit()


def test_an_administrator_hears_who_wants_to_be_forgotten(agency: Flask) -> None:
    wished(agency)
    outbox.send_due("me", FRIDAY)
    (letter,) = letters(agency)
    assert (letter["To"], letter["Subject"]) == ("ada@voorbeeld.nl", "Een kandidaat vraagt om vergeten te worden")
    assert f"/candidates/{pieter().id}" in text_of(letter)
    assert "Pieter" not in text_of(letter)


def test_unless_it_was_taken_back(agency: Flask) -> None:
    wished(agency)
    erasure_wish.take_back(pieter().id)
    db.session.commit()
    outbox.send_due("me", FRIDAY)
    assert outcome() == ("skipped", "taken back or done", {})
