"""Mails to candidates: planned with a way to stop, and not to whom they must not go."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.candidates import candidate_mail, contact_flags, identity, link
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import KIND, RENEWAL, Refusal, Sender, refusal, send_link
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.link import LinkPurpose
from app.domain.notices import preference
from app.domain.notices.outbox import OutboxRow
from tests import make
from tests.make import START

pytestmark = pytest.mark.usefixtures("session")
SENDER = Sender(
    "Vaste Band", "Voorbeeld", "voorbeeld.nl", lambda purpose, token: f"https://voorbeeld.nl/me/{purpose}/{token}"
)
MAIL = "pieter@voorbeeld.nl"


@pytest.fixture
def pieter(session: None) -> Candidate:
    them = make.candidate("Pieter Post")
    identity.add(them, Channel.EMAIL, MAIL, START)
    return them


def planned() -> OutboxRow:
    return db.session.scalars(select(OutboxRow)).one()


def settle() -> None:
    db.session.flush()
    db.session.expire_all()


def send(them: Candidate, purpose: LinkPurpose = LinkPurpose.REACH) -> link.CandidateLink | None:
    return send_link(them, purpose, by=None, now=START, sender=SENDER)


def token_of(url: str) -> str:
    return url.rpartition("/")[2]


def test_the_link_in_the_mail_opens_the_page(pieter: Candidate) -> None:
    row = send(pieter)
    facts = planned().payload
    assert link.opened(token_of(facts["url"]), LinkPurpose.REACH, START) is row
    assert facts["url"].startswith("https://voorbeeld.nl/me/reach/")


def test_below_each_is_a_way_to_stop(pieter: Candidate) -> None:
    send(pieter)
    stop = link.opened(token_of(planned().payload["stop_url"]), LinkPurpose.STOP, START)
    assert stop
    assert stop.candidate_id == pieter.id


def test_what_a_renewal_tells_goes_along(pieter: Candidate) -> None:
    send_link(pieter, LinkPurpose.RENEW, by=None, now=START, sender=SENDER, facts={"keep_until": "2026-02-01"})
    assert planned().kind == RENEWAL
    assert planned().payload["keep_until"] == "2026-02-01"


def test_each_link_is_a_mail_of_its_own(pieter: Candidate) -> None:
    send(pieter)
    send(pieter)
    assert len(db.session.scalars(select(OutboxRow).where(OutboxRow.kind == KIND)).all()) == 2


def test_it_says_who_sends_it(pieter: Candidate) -> None:
    sanne = make.person("Sanne de Vries")
    row = send_link(pieter, LinkPurpose.REFER, by=sanne, now=START, sender=SENDER)
    assert row
    assert (row.made_by_id, planned().payload["by"]) == (sanne.id, "Sanne de Vries")


def stops(them: Candidate) -> None:
    contact_flags.refused(them.id, START)


def objects(them: Candidate) -> None:
    contact_flags.objected(them.id, START)


def opts_out(them: Candidate) -> None:
    identity.opt_out(them.id, Channel.EMAIL, origin="candidate", now=START)


def bounces(them: Candidate) -> None:
    identity.mark(identity.identities_of(them.id)[0], IdentityState.INVALID, origin="bounce", now=START)


def is_flagged(_them: Candidate) -> None:
    preference.flag(MAIL, "550", START)


def is_merged(them: Candidate) -> None:
    them.merged_into_id = make.candidate().id


def is_forgotten(them: Candidate) -> None:
    them.anonymised_at = START


ALWAYS = [
    (opts_out, Refusal.NO_ADDRESS),
    (bounces, Refusal.NO_ADDRESS),
    (is_flagged, Refusal.FLAGGED),
    (is_merged, Refusal.FORGOTTEN),
    (is_forgotten, Refusal.FORGOTTEN),
]
Happening = Callable[[Candidate], None]


@pytest.mark.parametrize(("happens", "why"), [*ALWAYS, (stops, Refusal.DO_NOT_CONTACT)])
@pytest.mark.parametrize("purpose", [LinkPurpose.REACH, LinkPurpose.REFER, LinkPurpose.RENEW])
def test_who_must_not_be_mailed(pieter: Candidate, happens: Happening, why: Refusal, purpose: LinkPurpose) -> None:
    assert refusal(pieter.id, purpose) is None
    happens(pieter)
    settle()
    assert refusal(pieter.id, purpose) == why
    assert send(pieter, purpose) is None


@pytest.mark.parametrize(("happens", "why"), [*ALWAYS, (stops, None), (objects, None)])
def test_what_they_asked_for_may_go(pieter: Candidate, happens: Happening, why: Refusal | None) -> None:
    happens(pieter)
    settle()
    assert refusal(pieter.id, LinkPurpose.KNOWN) == why


def test_who_objects_is_asked_no_favours_but_may_say_how_to_be_reached(pieter: Candidate) -> None:
    objects(pieter)
    settle()
    assert refusal(pieter.id, LinkPurpose.REFER) == Refusal.OBJECTED
    assert refusal(pieter.id, LinkPurpose.REACH) is None


def test_nobody_is_mailed_without_an_address() -> None:
    assert refusal(make.candidate().id, LinkPurpose.REACH) == Refusal.NO_ADDRESS
    assert refusal(999_999, LinkPurpose.REACH) == Refusal.FORGOTTEN


def test_what_waits_is_withdrawn_with_its_links(pieter: Candidate) -> None:
    send(pieter)
    candidate_mail.withdraw(pieter.id, "stopped")
    settle()
    assert (planned().state, planned().payload, planned().last_error) == ("skipped", {}, "stopped")
