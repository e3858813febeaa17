"""Lets what providers and vendors told have its effect, each by itself; one that nobody understands holds up none."""

from datetime import datetime

import structlog
from flask import current_app
from sqlalchemy.exc import OperationalError

from app.config import Settings
from app.db import Busy, db, write
from app.domain.actions import acquainted, mail_event
from app.domain.actions.mail_event import Source
from app.domain.actions.settled import Settled
from app.domain.notices import provider_event
from app.domain.notices.provider_event import ProviderEvent
from app.mail_providers.provider import MANNERS, Provider
from app.mail_providers.told import Told
from app.vendors import vendor as vendors
from app.vendors.vendor import Vendor

TELL_THEMSELVES = ("/r/", "/me/stop/")
"""Our links that write down themselves that they were followed, and the one with which somebody leaves."""
NOBODY = ""
"""For whom something waits that could not be understood: for whoever administers."""
log = structlog.get_logger()


def settle_due(_owner: str, now: datetime) -> int:
    """Settle what came in by now; returns how many events were settled."""
    write()
    acquainted.look_again()
    db.session.commit()
    settled = 0
    while True:
        write()
        row = provider_event.waiting()
        if row is None:
            db.session.rollback()
            return settled
        _settle(row, now)
        db.session.commit()
        settled += 1


def _settle(row: ProviderEvent, now: datetime) -> None:
    try:
        with db.session.begin_nested():
            outcome, waits_for = _became(row, now)
    except (Busy, OperationalError):  # nothing is known of the event: the next run finds it as it is
        raise
    except Exception as fault:  # noqa: BLE001 - one that cannot be understood must not keep the others waiting
        log.warning("provider_event_failed", event_row=row.id, provider=row.provider, fault=type(fault).__name__)
        outcome, waits_for = f"fault: {type(fault).__name__}", NOBODY if row.provider in set(Vendor) else None
    if waits_for is None:
        provider_event.settled(row, outcome, now)
    else:
        provider_event.put_aside(row, waits_for, outcome, now)


def _became(row: ProviderEvent, now: datetime) -> Settled:
    if row.provider not in set(Vendor):
        event = MANNERS[Provider(row.provider)].read(row.event_id, row.payload)
        return Settled(str(mail_event.settle(event, _source(row.provider), now)))
    settings: Settings = current_app.config["SETTINGS"]
    told = Told(row.event_id, row.payload)
    return vendors.MANNERS[Vendor(row.provider)].settle(told, row.received_at, settings.public_host, now)


def _source(provider: str) -> Source:
    settings: Settings = current_app.config["SETTINGS"]
    ours = tuple(f"{settings.public_url}{path}" for path in TELL_THEMSELVES)
    return Source(provider, settings.public_host, lambda link: link.startswith(ours))
