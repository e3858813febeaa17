"""Somebody is forgotten while a job, a file or a provider is at them: neither waits for the other for ever."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.actions import crm_event, joining, mail_event, response, touchpoint_file, verdicts
from app.domain.actions.crm_event import Change, CrmEvent
from app.domain.actions.mail_event import Happening, MailEvent, Source
from app.domain.actions.touchpoint_file import TouchpointFile
from app.domain.agency.person import Person
from app.domain.candidates import candidate_mail, crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.importing import candidate_import, steps
from app.domain.candidates.importing.candidate_import import CandidateImport
from app.domain.candidates.importing.pace import Pace
from app.domain.custody import anonymise
from app.domain.journey import source, touchpoint_kind, visit, visitor
from app.domain.journey.settling import WINDOW, Click
from app.domain.journey.touchpoint import Hit
from app.domain.journey.visit import Waiting
from app.domain.notices import outbox, preference, provider_event
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.provider_event import ProviderEvent
from app.domain.notices.recipient import name_candidate
from jobs import provider_events
from tests import importing, make
from tests.domain.actions.test_action import NOW
from tests.domain.actions.test_races import only_postgresql
from tests.domain.custody.meanwhile import meanwhile
from tests.people import People, make_people

MAIL, NUMBER, HUBSPOT = "noor@voorbeeld.nl", "c-1", "501"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FILE = b"candidate,kind,occurred_at\nc-1,form,2026-03-01T10:00:00+00:00\n"
BOUNCED = {"event": "bounce", "timestamp": int(NOW.timestamp()), "email": MAIL}
Scene = Callable[[Candidate, People], object]


def clicked(noor: Candidate, _people: People) -> None:
    """In a mail, and it waits for its verdict."""
    taken = response.take_in(Hit(noor.id, "mail_click", NOW, "source:1", "one", "unknown"), NOW)
    verdicts.watch([Click(taken.touchpoint_id or 0, noor.id, "source:1", "mail", "link", NOW)], NOW)


def brought(_noor: Candidate, people: People) -> None:
    """A file of touchpoints."""
    touchpoint_file.receive("f.csv", FILE, 10, zone=AMSTERDAM, by_id=people.ada.id, now=NOW)


def taken_in() -> object:
    row = db.session.scalars(select(TouchpointFile)).one()
    return touchpoint_file.advance(row.id, touchpoint_file.good_rows(row, AMSTERDAM), NOW)


def rehearsed(_noor: Candidate, people: People) -> None:
    """A file of candidates, in which she has another name and an address more."""
    row = importing.rehearsed(people.ada, f"Naam;Nr;Mail\nNoor Jansen;{NUMBER};noor@elders.nl\n".encode())
    candidate_import.go_on(row.id)


def imported() -> object:
    row = db.session.scalars(select(CandidateImport)).one()
    by = db.session.get_one(Person, row.created_by_id)
    return [step(NOW) for step in steps.writing(row, by, AMSTERDAM, Pace())]


def mailed(noor: Candidate, _people: People) -> None:
    """A mail that was sent to an address of which it is known that it refuses."""
    outbox.plan(
        kind=candidate_mail.KIND,
        recipient=name_candidate(noor.id),
        period="1",
        payload={},
        due_at=NOW,
        not_after=NOW,
        now=NOW,
        host="127.0.0.1",
    )
    preference.flag(MAIL, "bounced", NOW)


def told(noor: Candidate, people: People) -> None:
    mailed(noor, people)
    mail = outbox.mark(db.session.scalars(select(OutboxRow.message_id)).one())
    provider_event.keep("sendgrid", [("one", BOUNCED | {"smtp-id": f"<{mail}@127.0.0.1>"})], NOW)


def refused() -> object:
    mail = outbox.mark(db.session.scalars(select(OutboxRow.message_id)).one())
    event = MailEvent(Happening.BOUNCED, mail, "one", MAIL, NOW)
    return mail_event.settle(event, Source("sendgrid", "127.0.0.1", lambda _: False), NOW)


def settled() -> object:
    return provider_events._settle_one(db.session.scalars(select(ProviderEvent.id)).one(), NOW)


def looked_around(noor: Candidate, _people: People) -> None:
    """Before it was said who they were, and somebody else kept that visit."""
    bron = source.make("Bron", None, NOW)[0].id
    visitor.join({"v-1": noor.id}, bron, NOW)
    visit.keep(bron, [Waiting(bron, "one", "v-1", "job_view", NOW)], NOW)


def waits(noor: Candidate, _people: People) -> None:
    """Something that HubSpot told waits for them."""
    crm_id.give(noor.id, Crm.HUBSPOT, HUBSPOT, origin="page", now=NOW)
    provider_event.keep(Crm.HUBSPOT, [("one", {"objectId": int(HUBSPOT)})], NOW)
    provider_event.put_aside(db.session.scalars(select(ProviderEvent)).one(), HUBSPOT, "stranger")


def forgotten_there() -> object:
    return crm_event.settle(CrmEvent(Crm.HUBSPOT, "two", Change.FORGET, HUBSPOT, NOW), "127.0.0.1", NOW)


CASES: dict[str, tuple[Scene, Callable[[], object]]] = {
    "a click that settles": (clicked, partial(verdicts.settle, NOW + WINDOW)),
    "a file of touchpoints": (brought, taken_in),
    "a file of candidates": (rehearsed, imported),
    "a mail that came back": (mailed, refused),
    "what a provider told": (told, settled),
    "a visit that joins": (looked_around, partial(joining.catch_up, NOW + timedelta(hours=1))),
    "a wish that HubSpot told": (waits, forgotten_there),
}


@pytest.mark.parametrize("name", CASES)
def test_neither_waits_for_the_other_for_ever(real_app: Flask, name: str) -> None:
    only_postgresql(real_app)
    lay, command = CASES[name]
    with real_app.app_context():
        people = make_people()
        touchpoint_kind.install_preset()
        noor = make.candidate("Noor Willems", owner=people.sanne, external_id=NUMBER)
        identity.add(noor, Channel.EMAIL, MAIL, NOW)
        lay(noor, people)
        db.session.commit()
        noor_id = noor.id
        db.session.remove()
    forget = partial(anonymise.anonymise_many, [noor_id], NOW)
    became = meanwhile(real_app, partial(anonymise.hold, [noor_id]), command, forget)
    assert not isinstance(became, Exception)
    with real_app.app_context():
        assert db.session.get_one(Candidate, noor_id).name == f"#{noor_id}"
