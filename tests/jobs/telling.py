"""What vendors tell of Aisha, kept and settled as it comes; and what became of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.candidates import consent, crm_id, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.identity import Way
from app.domain.journey.touchpoint import Touchpoint
from app.domain.notices import provider_event
from app.domain.notices.provider_event import ProviderEvent
from app.mail_providers.told import Posted
from app.vendors.vendor import MANNERS, Vendor
from jobs import provider_events
from tests.jobs.desk import TUESDAY, Desk, make_desk
from tests.vendors.posting import KEYS, SECRET, Sent, change, of_hubspot

HOUR = timedelta(hours=1)
NUMBER = "+31612345678"
BARE = NUMBER[1:]
USER = "NL.1029384756"


def make_known_desk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The vendors are connected, and know Aisha by her telephone and as contact 501."""
    monkeypatch.setitem(app.config, "SETTINGS", app.config["SETTINGS"].model_copy(update=KEYS))
    made = make_desk()
    identity.add(made.aisha, Channel.PHONE, NUMBER, TUESDAY - HOUR)
    crm_id.give(made.aisha.id, Crm.HUBSPOT, "501", origin="page", now=TUESDAY - HOUR)
    return made


def keep(sent: Sent, now: datetime = TUESDAY) -> None:
    """As the address does, without the request."""
    vendor = Vendor(sent.vendor)
    told = MANNERS[vendor].take(_posted(sent), SECRET, now)
    provider_event.keep(vendor, told, now)
    db.session.commit()


def _posted(sent: Sent) -> Posted:
    return Posted(sent.body, dict(sent.headers), url=f"http://127.0.0.1:8000/hooks/{sent.vendor}")


def tell(sent: Sent, now: datetime = TUESDAY) -> str | None:
    """What became of the event that came last."""
    keep(sent, now)
    provider_events.settle_due("me", now)
    row = db.session.scalars(select(ProviderEvent).order_by(ProviderEvent.id.desc())).first()
    assert row is not None
    assert (row.settled_at is None) == bool(row.payload)
    return row.outcome


def hubspot(name: str, said: str = "1772528400000", at: datetime = TUESDAY, **more: Any) -> Sent:  # noqa: ANN401 - any JSON
    return of_hubspot([change(name, said, at=at, **more)], TUESDAY)


def waiting(vendor: str) -> set[str | None]:
    return {row.waits_for for row in provider_event.aside_of(vendor)}


def touchpoints(candidate_id: int) -> list[str]:
    rows = select(Touchpoint.kind).where(Touchpoint.candidate_id == candidate_id, Touchpoint.reversed_at.is_(None))
    return sorted(db.session.scalars(rows))


def states(candidate_id: int) -> dict[tuple[str, str], tuple[str, str]]:
    rows = identity.identities_of(candidate_id)
    return {(str(row.channel), row.address): (str(row.state), row.state_origin) for row in rows}


def whatsapp_way(candidate_id: int) -> Way | None:
    return identity.ways(identity.identities_of(candidate_id)).get(Channel.WHATSAPP)


def said(candidate_id: int, channel: Channel) -> tuple[bool, str] | None:
    row = consent.current(candidate_id).get((ConsentPurpose.CONTACT, str(channel)))
    return (row.given, row.via) if row else None
