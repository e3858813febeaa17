"""Lets what providers and vendors told have its effect, each by itself; one that nobody understands holds up none."""

from datetime import datetime, timedelta

import structlog
from flask import current_app
from sqlalchemy.exc import OperationalError

from app import clock
from app.config import Settings
from app.db import Busy, db, write
from app.domain.actions import acquainted, mail_event
from app.domain.actions.mail_event import Source
from app.domain.actions.settled import Outcome, Settled
from app.domain.notices import provider_event
from app.domain.notices.provider_event import ProviderEvent
from app.mail_providers.provider import MANNERS, Provider
from app.mail_providers.told import Told
from app.vendors import vendor as vendors
from app.vendors.vendor import Vendor

A_RUN = timedelta(seconds=45)
"""Nothing is begun later than this after a run began: other jobs want their turn."""
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
    settled, until = 0, clock.now() + A_RUN
    while clock.now() < until and _settle_next(now):
        settled += 1
    if settled:
        write()
        provider_event.trim(now)
        db.session.commit()
    return settled


def _settle_next(now: datetime) -> bool:
    """Settle the event that waits longest; False when none does."""
    write()
    row = provider_event.waiting()
    if row is not None:
        _settle(row, now)
    db.session.commit()
    return row is not None


def _settle(row: ProviderEvent, now: datetime) -> None:
    try:
        with db.session.begin_nested():
            outcome, waits_for, row.is_wish = _became(row, now)
    except (Busy, OperationalError):  # nothing is known of the event: the next run finds it as it is
        raise
    except Exception as fault:  # noqa: BLE001 - one that cannot be understood must not keep the others waiting
        log.warning("provider_event_failed", event_row=row.id, provider=row.provider, fault=type(fault).__name__)
        outcome, waits_for = f"fault: {type(fault).__name__}", NOBODY if row.provider in set(Vendor) else None
    if waits_for is None:
        provider_event.settled(row, outcome, now)
    else:
        provider_event.put_aside(row, waits_for, outcome)
        if waits_for:
            _keep_newest(Vendor(row.provider), waits_for, now)


def _keep_newest(vendor: Vendor, waits_for: str, now: datetime) -> None:
    """What was told anew of the same person waits once."""
    overtaken = vendors.MANNERS[vendor].overtaken
    if overtaken is None:
        return
    waiting = provider_event.waiting_for(vendor, waits_for)
    names = overtaken(Told(row.event_id, row.payload) for row in waiting)
    for row in waiting:
        if row.event_id in names:
            provider_event.settled(row, Outcome.RENEWED, now)


def _became(row: ProviderEvent, now: datetime) -> Settled:
    if row.provider not in set(Vendor):
        event = MANNERS[Provider(row.provider)].read(row.event_id, row.payload)
        return Settled(str(mail_event.settle(event, _source(row.provider), now)))
    settings: Settings = current_app.config["SETTINGS"]
    told, manners = Told(row.event_id, row.payload), vendors.MANNERS[Vendor(row.provider)]
    if not manners.is_ours(told, settings):
        return Settled(Outcome.ELSEWHERE)
    return manners.settle(told, row.received_at, settings.public_host, now)


def _source(provider: str) -> Source:
    settings: Settings = current_app.config["SETTINGS"]
    ours = tuple(f"{settings.public_url}{path}" for path in TELL_THEMSELVES)
    return Source(provider, settings.public_host, lambda link: link.startswith(ours))
