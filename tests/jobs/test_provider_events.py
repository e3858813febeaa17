"""What mail providers told has its effect once, on whoever the mail was for; of colleagues nothing is kept."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.db import db
from app.domain.actions import mail_event, verdicts
from app.domain.candidates import candidate_mail, consent, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.identity import IdentityState
from app.domain.journey.settling import WINDOW, Settling
from app.domain.journey.touchpoint import Touchpoint
from app.domain.notices import catalogue, outbox, preference, provider_event
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.provider_event import ProviderEvent
from app.domain.notices.recipient import name_candidate
from jobs import provider_events
from tests.jobs.desk import TUESDAY, Desk, make_desk
from tests.lost import loses_once

MAIL = "aisha@voorbeeld.nl"
SENT = TUESDAY - timedelta(hours=1)
AT = int(TUESDAY.timestamp())
CLICK = {"event": "click", "url": "https://voorbeeld.nl/vacature"}
MACHINE = {"event": "open", "sg_machine_open": True}
pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def desk() -> Desk:
    made = make_desk()
    identity.add(made.aisha, Channel.EMAIL, MAIL, SENT)
    return made


def mailed(recipient: str, kind: str) -> str:
    """A mail that was sent; answers by what a provider names it."""
    outbox.plan(
        kind=kind, recipient=recipient, period="1", payload={}, due_at=SENT, not_after=SENT, now=SENT, host="127.0.0.1"
    )
    row = db.session.scalars(select(OutboxRow)).one()
    row.state, row.sent_at = "sent", SENT
    return outbox.mark(row.message_id)


def tell(mark: str, said: Mapping[str, Any], name: str = "one", address: str = MAIL) -> str | None:
    """What became of an event of SendGrid's."""
    event = {"smtp-id": f"<{mark}@127.0.0.1>", "timestamp": AT, "email": address, **said}
    provider_event.keep("sendgrid", [(name, event)], TUESDAY)
    db.session.commit()
    provider_events.settle_due("me", TUESDAY)
    row = db.session.scalars(select(ProviderEvent).order_by(ProviderEvent.id.desc())).first()
    assert row is not None
    assert (row.payload, row.settled_at) == ({}, TUESDAY)
    return row.outcome


def to_aisha(desk: Desk) -> str:
    return mailed(name_candidate(desk.aisha.id), candidate_mail.KIND)


def touchpoints() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Touchpoint).order_by(Touchpoint.id))
    return [(row.kind, row.verdict) for row in rows]


def test_a_click_waits_for_its_verdict_and_then_counts(desk: Desk) -> None:
    mark = to_aisha(desk)
    assert [tell(mark, CLICK), tell(mark, CLICK)] == ["a touchpoint"] * 2
    assert touchpoints() == [("mail_click", "unknown")]
    assert verdicts.settle(TUESDAY + WINDOW) == 1
    assert touchpoints() == [("mail_click", "human")]


def test_a_machines_open_does_not_count(desk: Desk) -> None:
    mark = to_aisha(desk)
    tell(mark, MACHINE)
    verdicts.settle(TUESDAY + WINDOW)
    assert touchpoints() == [("mail_open", "machine")]


def test_three_links_within_a_moment_were_a_scanner(desk: Desk) -> None:
    mark = to_aisha(desk)
    for number in range(3):
        tell(mark, CLICK | {"url": f"https://voorbeeld.nl/{number}"}, str(number))
    verdicts.settle(TUESDAY + WINDOW)
    assert {verdict for _, verdict in touchpoints()} == {"machine"}


@pytest.mark.parametrize("path", ["/r/token", "/me/stop/token"])
def test_our_own_links_tell_it_themselves(desk: Desk, path: str) -> None:
    assert tell(to_aisha(desk), CLICK | {"url": f"http://127.0.0.1:8000{path}"}) == "our own link told it"
    assert touchpoints() == []


def test_who_is_not_followed_is_not(desk: Desk) -> None:
    consent.withdraw(desk.aisha.id, ConsentPurpose.TRACKING, via="own-page", by_id=None, now=SENT)
    assert tell(to_aisha(desk), CLICK) == "the candidate is not followed"
    assert touchpoints() == []


@pytest.mark.parametrize("said", [CLICK, {"event": "open"}])
def test_of_colleagues_nothing_is_kept(desk: Desk, said: dict[str, Any]) -> None:
    assert tell(mailed(f"person:{desk.sanne.id}", "weekly_reminder"), said) == "not kept of staff"
    assert (touchpoints(), db.session.scalars(select(Settling)).all()) == ([], [])


def test_a_bounce_closes_the_address(desk: Desk) -> None:
    assert tell(to_aisha(desk), {"event": "bounce", "reason": "550 no such user"}) == "the address refuses mail"
    assert preference.is_flagged(MAIL)
    (row,) = identity.identities_of(desk.aisha.id)
    assert (row.state, row.state_origin) == (IdentityState.INVALID, "bounce")


def test_a_complaint_closes_mail_as_they_would_themselves(desk: Desk) -> None:
    assert tell(to_aisha(desk), {"event": "spamreport"}) == "no more mail"
    assert preference.is_flagged(MAIL)
    assert [row.state for row in identity.identities_of(desk.aisha.id)] == [IdentityState.OPTED_OUT]
    said = consent.current(desk.aisha.id)[(ConsentPurpose.CONTACT, str(Channel.EMAIL))]
    assert (said.given, said.via) == (False, "mail-program")


def test_a_colleagues_complaint_ends_that_mail_and_flags_the_address(desk: Desk) -> None:
    recipient, address = f"person:{desk.sanne.id}", str(desk.sanne.email)
    tell(mailed(recipient, "weekly_reminder"), {"event": "spamreport"}, address=address)
    assert preference.is_flagged(address)
    assert preference.refused(recipient) == {"weekly_reminder"}


def test_an_unsubscription_leaves_the_address_as_it_is(desk: Desk) -> None:
    recipient = f"person:{desk.sanne.id}"
    tell(mailed(recipient, "competition"), {"event": "unsubscribe"}, address=str(desk.sanne.email))
    assert (preference.refused(recipient), preference.is_flagged(str(desk.sanne.email))) == ({"competition"}, False)


def test_a_no_to_the_mail_of_the_day_is_one_to_all_that_is_in_it(desk: Desk) -> None:
    recipient = f"person:{desk.sanne.id}"
    tell(mailed(recipient, "daily"), {"event": "unsubscribe"})
    assert preference.refused(recipient) == set(catalogue.stopped_by("daily"))


def test_nobody_can_say_no_to_what_they_asked_for(desk: Desk) -> None:
    recipient = f"person:{desk.sanne.id}"
    tell(mailed(recipient, "password"), {"event": "unsubscribe"})
    assert preference.refused(recipient) == set()


def test_what_is_not_ours_changes_nothing(desk: Desk) -> None:
    assert tell("e" * 40, {"event": "bounce"}) == "no mail of ours"
    assert tell(to_aisha(desk), {"event": "delivered"}, "two") == "nothing to do"
    desk.aisha.anonymised_at = SENT
    assert tell(to_mark(), CLICK, "three") == "nobody's any more"
    assert tell(to_mark(), {"event": "unsubscribe"}, "four") == "nobody's any more"
    assert not preference.is_flagged(MAIL)


def to_mark() -> str:
    return outbox.mark(db.session.scalars(select(OutboxRow.message_id)).one())


def test_one_that_nobody_understands_holds_up_no_other(desk: Desk) -> None:
    mark = to_aisha(desk)
    provider_event.keep("sendgrid", [("broken", {"event": "open"})], SENT)
    assert tell(mark, CLICK) == "a touchpoint"
    outcomes = db.session.scalars(select(ProviderEvent.outcome).order_by(ProviderEvent.received_at)).all()
    assert outcomes == ["fault: KeyError", "a touchpoint"]


def test_what_was_held_up_by_others_waits_for_the_next_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = to_aisha(desk)
    held = Mock(side_effect=OperationalError("UPDATE", {}, Exception("lock timeout")))
    with monkeypatch.context() as while_held:
        while_held.setattr(mail_event, "settle", held)
        with pytest.raises(OperationalError):
            tell(mark, {"event": "bounce"})
    db.session.rollback()
    assert provider_events.settle_due("me", TUESDAY) == 1
    assert preference.is_flagged(MAIL)


def test_one_that_loses_a_deadlock_is_settled_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mark, faults = to_aisha(desk), loses_once(monkeypatch, mail_event, "settle")
    assert (tell(mark, {"event": "bounce"}), faults) == ("the address refuses mail", [])


def test_they_are_forgotten_after_a_month(desk: Desk) -> None:
    tell(to_aisha(desk), CLICK)
    assert provider_event.forget(TUESDAY) == 0
    assert provider_event.last_heard() == {"sendgrid": TUESDAY}
    assert provider_event.forget(TUESDAY + timedelta(seconds=1)) == 1
