"""Lets what providers and vendors told have its effect, each by itself; one that nobody understands holds up none."""

from datetime import datetime, timedelta
from functools import partial

import structlog
from flask import current_app
from sqlalchemy.exc import OperationalError

from app import clock
from app.config import Settings
from app.db import Busy, db, write
from app.domain.actions import acquainted, mail_event
from app.domain.actions.mail_event import Happening, MailEvent, Source
from app.domain.actions.settled import Outcome, Settled
from app.domain.candidates.gone import Gone
from app.domain.notices import provider_event
from app.domain.notices.provider_event import ProviderEvent
from app.mail_providers.provider import MANNERS, Provider
from app.mail_providers.told import Told
from app.vendors import vendor as vendors
from app.vendors.vendor import Vendor
from app.web.deadlock import outlast

A_RUN = timedelta(seconds=45)
"""Nothing is begun later than this after a run began: other jobs want their turn."""
A_TURN = 50
"""So many events of one provider, beside those that mean nothing; then it is the next one's turn."""
TELL_THEMSELVES = ("/r/", "/me/stop/")
"""Our links that write down themselves that they were followed, and the one with which somebody leaves."""
NOBODY = ""
"""For whom something waits that could not be understood: for whoever administers."""
log = structlog.get_logger()


class Overtaken(Exception):  # noqa: N818 - it names what is the case
    """Somebody else settled it in the meantime, or whom it is of was forgotten: what was done of it is taken back."""


def settle_due(_owner: str, now: datetime) -> int:
    """Settle what came in by now, a turn for each provider; returns how many events were settled."""
    write()
    acquainted.look_again()
    db.session.commit()
    settled, until, is_going = 0, clock.now() + A_RUN, True
    while is_going and clock.now() < until:
        round_ = sum(_turn(provider, now, until) for provider in provider_event.due_providers())
        settled, is_going = settled + round_, round_ > 0
    if settled:
        write()
        provider_event.trim(now)
        db.session.commit()
    return settled


def _turn(provider: str, now: datetime, until: datetime) -> int:
    """Settle what means nothing in one go, and some of the rest one by one: what others told must not wait for all."""
    write()
    rows = provider_event.due(provider)
    meaning = [row.id for row in rows if not _settle_in_passing(row, now)]
    db.session.commit()
    settled = len(rows) - len(meaning)
    for row_id in meaning[:A_TURN]:
        if clock.now() >= until:
            break
        settled += _settle_one(row_id, now)
    return settled


def _settle_in_passing(row: ProviderEvent, now: datetime) -> bool:
    """Settle what changes nothing; False when it may change something, or nobody understands it."""
    try:
        outcome = _without_effect(row)
    except Exception:  # noqa: BLE001 - it is told where it is settled by itself
        return False
    if outcome is not None:
        provider_event.settled(row, outcome, now)
    return outcome is not None


def _settle_one(row_id: int, now: datetime) -> bool:
    """Settle an event in a transaction of its own; False when it is held or settled elsewhere."""
    try:
        outlast(partial(_settle, row_id, now))
    except Overtaken:
        db.session.rollback()
        return False
    return True


def _settle(row_id: int, now: datetime) -> None:
    """It has its effect, and only then it is held: whom it is of goes first, as with whoever forgets them."""
    row = provider_event.unsettled(row_id)
    if row is None:
        raise Overtaken
    outcome, waits_for, is_wish = _effect(row, now)
    if provider_event.hold(row_id) is None:
        raise Overtaken
    row.is_wish = is_wish
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


def _effect(row: ProviderEvent, now: datetime) -> Settled:
    try:
        with db.session.begin_nested():
            return _became(row, now)
    except (Busy, OperationalError):  # nothing is known of the event: the next run finds it as it is
        raise
    except Gone:
        raise Overtaken from None
    except Exception as fault:  # noqa: BLE001 - one that cannot be understood must not keep the others waiting
        log.warning("provider_event_failed", event_row=row.id, provider=row.provider, fault=type(fault).__name__)
        waits_for = NOBODY if row.provider in set(Vendor) else None
        return Settled(f"fault: {type(fault).__name__}", waits_for, row.is_wish)


def _without_effect(row: ProviderEvent) -> str | None:
    """What something was taken for that changes nothing, whatever the tables say; None: it may change something."""
    if row.provider not in set(Vendor):
        says_nothing = _mail_event(row).happening == Happening.NOTHING
        return str(Outcome.NOTHING) if says_nothing else None
    told, manners = _told(row)
    if not manners.is_ours(told, _settings()):
        return Outcome.ELSEWHERE
    return Outcome.NOTHING if manners.says_nothing(told, row.received_at) else None


def _became(row: ProviderEvent, now: datetime) -> Settled:
    if (outcome := _without_effect(row)) is not None:
        return Settled(outcome)
    if row.provider not in set(Vendor):
        return Settled(str(mail_event.settle(_mail_event(row), _source(row.provider), now)))
    told, manners = _told(row)
    return manners.settle(told, row.received_at, _settings().public_host, now)


def _mail_event(row: ProviderEvent) -> MailEvent:
    return MANNERS[Provider(row.provider)].read(row.event_id, row.payload)


def _told(row: ProviderEvent) -> tuple[Told, vendors.Manners]:
    return Told(row.event_id, row.payload), vendors.MANNERS[Vendor(row.provider)]


def _source(provider: str) -> Source:
    settings = _settings()
    ours = tuple(f"{settings.public_url}{path}" for path in TELL_THEMSELVES)
    return Source(provider, settings.public_host, lambda link: link.startswith(ours))


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
