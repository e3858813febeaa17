"""Lets what mail providers told have its effect, each by itself; one that nobody understands holds up no other."""

from datetime import datetime

import structlog
from flask import current_app
from sqlalchemy.exc import OperationalError

from app.config import Settings
from app.db import Busy, db, write
from app.domain.actions import mail_event
from app.domain.actions.mail_event import Source
from app.domain.notices import provider_event
from app.domain.notices.provider_event import ProviderEvent
from app.mail_providers.provider import MANNERS, Provider

TELL_THEMSELVES = ("/r/", "/me/stop/")
"""Our links that write down themselves that they were followed, and the one with which somebody leaves."""
log = structlog.get_logger()


def settle_due(_owner: str, now: datetime) -> int:
    """Settle what came in by now; returns how many events were settled."""
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
            event = MANNERS[Provider(row.provider)].read(row.event_id, row.payload)
            outcome = str(mail_event.settle(event, _source(row.provider), now))
    except (Busy, OperationalError):  # nothing is known of the event: the next run finds it as it is
        raise
    except Exception as fault:  # noqa: BLE001 - one that cannot be understood must not keep the others waiting
        log.warning("mail_event_failed", event_row=row.id, provider=row.provider, fault=type(fault).__name__)
        outcome = f"fault: {type(fault).__name__}"
    provider_event.settled(row, outcome, now)


def _source(provider: str) -> Source:
    settings: Settings = current_app.config["SETTINGS"]
    ours = tuple(f"{settings.public_url}{path}" for path in TELL_THEMSELVES)
    return Source(provider, settings.public_host, lambda link: link.startswith(ours))
