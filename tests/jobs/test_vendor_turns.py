"""Nobody waits behind what others tell: providers take turns, and what means nothing is settled many at once."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, write
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.notices import provider_event
from app.domain.notices.provider_event import ProviderEvent
from app.vendors import hubspot as of_contacts
from jobs import provider_events
from tests.jobs.desk import TUESDAY, Desk
from tests.jobs.telling import HOUR, hubspot, keep, make_known_desk, states, touchpoints
from tests.vendors.posting import PORTAL, message, of_twilio, of_whatsapp, status, value

MAIL = "aisha@voorbeeld.nl"
pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def desk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = make_known_desk(app, monkeypatch)
    identity.add(made.aisha, Channel.EMAIL, MAIL, TUESDAY - HOUR)
    return made


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Counts the transactions of a run."""
    spy = Mock(side_effect=write)
    monkeypatch.setattr(provider_events, "write", spy)
    return spy


def campaign(number: int) -> None:
    """As many messages were sent and came; one event each, in requests of a hundred."""
    for first in range(0, number, 100):
        became = [
            status(name, at=TUESDAY, name=f"wamid.{first + each}")["entry"][0]["changes"][0]["value"]["statuses"][0]
            for each in range(50)
            for name in ("sent", "delivered")
        ]
        keep(of_whatsapp(value(statuses=became)), TUESDAY - HOUR)


def outcomes() -> dict[str, int]:
    rows = select(ProviderEvent.outcome, func.count()).group_by(ProviderEvent.outcome)
    return {str(outcome): number for outcome, number in db.session.execute(rows)}


def test_a_stop_does_not_wait_for_a_campaign(desk: Desk, begun: Mock) -> None:
    campaign(400)
    keep(of_whatsapp(message("Stop", at=TUESDAY)))
    assert provider_events.settle_due("me", TUESDAY) == 401
    assert outcomes() == {"nothing to do": 400, "no more on this channel": 1}
    assert states(desk.aisha.id)["whatsapp", "+31612345678"][0] == "opted_out"
    assert begun.call_count < 10
    assert not db.session.scalars(select(ProviderEvent).where(ProviderEvent.settled_at.is_(None))).all()
    assert {str(said) for said in db.session.scalars(select(ProviderEvent.payload))} == {"{}"}


def test_what_twilio_hubspot_and_mail_providers_tell_for_nothing_is_settled_at_once_too(
    desk: Desk, begun: Mock
) -> None:
    for number in range(20):
        keep(of_twilio({"MessageSid": f"SM{number}", "MessageStatus": "delivered", "To": "+31612345678"}))
        keep(hubspot("", "", eventId=number, objectId=number + 1, subscriptionType="contact.creation"))
        keep(hubspot("hs_email_last_open_date", number=number + 1, portalId=int(PORTAL) + 1))
    delivered = [(f"d{number}", {"event": "delivered"} | sent()) for number in range(20)]
    provider_event.keep("sendgrid", delivered, TUESDAY)
    db.session.commit()
    assert provider_events.settle_due("me", TUESDAY) == 80
    assert outcomes() == {"nothing to do": 60, "of another account": 20}
    assert begun.call_count < 10


def sent() -> dict[str, object]:
    return {"smtp-id": "<x@127.0.0.1>", "timestamp": int(TUESDAY.timestamp()), "email": MAIL}


def test_providers_take_turns(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_events, "A_TURN", 2)
    for number in range(5):
        keep(of_whatsapp(message("Hoi", at=TUESDAY, name=f"wamid.{number}")), TUESDAY - HOUR)
    keep(hubspot("recent_conversion_date"))
    provider_event.keep("sendgrid", [("one", {"event": "bounce"} | sent())], TUESDAY)
    db.session.commit()
    turns = [provider_events._turn(each, TUESDAY, TUESDAY + timedelta(days=10_000)) for each in heard()]
    assert (heard(), turns) == (["whatsapp"], [1, 1, 2])
    assert touchpoints(desk.aisha.id) == ["form", "inbound_reply", "inbound_reply"]
    assert (provider_events.settle_due("me", TUESDAY), heard()) == (3, [])


def heard() -> list[str]:
    return list(provider_event.due_providers())


def test_one_that_nobody_understands_is_settled_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_contacts, "read", Mock(side_effect=KeyError("objectId")))
    provider_event.keep("hubspot", [("broken", {"portalId": int(PORTAL)})], TUESDAY - HOUR)
    keep(of_whatsapp(message("Hoi", at=TUESDAY)))
    assert provider_events.settle_due("me", TUESDAY) == 2
    assert outcomes() == {"fault: KeyError": 1, "a touchpoint": 1}


def test_what_another_process_holds_ends_the_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(of_whatsapp(message("Hoi", at=TUESDAY)))
    monkeypatch.setattr(provider_event, "hold", lambda _row_id: None)
    assert provider_events.settle_due("me", TUESDAY) == 0
