"""Sends webhooks what happened: one message at a time to each, side by side, so that a slow one holds up nobody."""

import json
import random
from collections.abc import Collection, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from flask import current_app
from sqlalchemy.exc import OperationalError
from standardwebhooks import Webhook

from app import clock
from app.config import Settings
from app.db import Busy, db, write
from app.domain.agency import sealing
from app.domain.notices import webhook_answer, webhook_delivery, webhook_off, webhook_secret
from app.domain.notices.webhook import MOST, WebhookEndpoint
from app.domain.notices.webhook_delivery import Attempt, Failure, Parcel
from app.domain.notices.webhook_event import WebhookDelivery
from app.web.fetching import NoAnswer
from jobs import outgoing
from jobs.outgoing import Refused, Way
from jobs.writing_down import write_down

A_RUN = timedelta(seconds=60)
"""Nothing is begun later than this after a run began."""
LOOKS_EVERY = 1.0
"""Seconds after which it is looked for more while some are still on their way."""
PATIENCE = 15.0
"""Seconds for an answer, of which no more is read than is looked at."""
WAY = Way(bounds=replace(outgoing.WAY.bounds, seconds=PATIENCE, largest=webhook_answer.READ))
Flying = dict[Future[Attempt], Parcel]
log = structlog.get_logger()


def send_due(owner: str, _now: datetime) -> int:
    """Send until nothing is due, for a minute at most; returns how many messages were begun."""
    begun, until, flying = 0, clock.now() + A_RUN, Flying()
    with ThreadPoolExecutor(MOST, "webhook") as threads:
        while True:
            if clock.now() <= until:
                begun += _begin(owner, threads, flying)
            if not flying:
                return begun
            for done in wait(flying, LOOKS_EVERY, FIRST_COMPLETED).done:
                _settle(owner, flying.pop(done), done.result())


def _begin(owner: str, threads: ThreadPoolExecutor, flying: Flying) -> int:
    """One for each endpoint to which nothing is on its way from here; what comes back while others write is kept."""
    try:
        claimed = _claim(owner, {each.endpoint.id for each in flying.values()})
    except (Busy, OperationalError):
        db.session.rollback()
        if not flying:
            raise
        return 0
    for parcel in claimed:
        flying[threads.submit(_send, parcel.endpoint.secret_url, *_written(parcel))] = parcel
    return len(claimed)


def _claim(owner: str, busy: Collection[int]) -> list[Parcel]:
    """With nothing due nothing is held."""
    waiting = webhook_delivery.waiting(clock.now(), busy)
    db.session.rollback()
    if not waiting:
        return []
    write()
    claimed = webhook_delivery.claim(owner, waiting, clock.now())
    db.session.commit()
    db.session.expunge_all()  # they are read in other threads, and no transaction is open meanwhile
    return claimed


def _written(parcel: Parcel) -> tuple[bytes, Mapping[str, str] | None]:
    """The body and its headers; none when the secret cannot be read."""
    row, settings = parcel.row, _settings()
    said = {"type": row.kind, "timestamp": row.happened_at.isoformat(), "data": row.payload}
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    try:
        return body.encode(), signed(parcel.endpoint, row, body, settings.key)
    except sealing.Broken:
        return body.encode(), None


def signed(endpoint: WebhookEndpoint, row: WebhookDelivery, body: str, key: str) -> dict[str, str]:
    """The headers of Standard Webhooks 1.0.0; its library takes every moment for one of UTC.

    Raises:
        sealing.Broken: the secret cannot be read.
    """
    now = clock.now().astimezone(UTC)
    secrets = webhook_secret.signing(endpoint, key, now)
    return {
        "Content-Type": "application/json",
        "webhook-id": row.message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(each).sign(row.message_id, now, body) for each in secrets),
    }


def _send(url: str, body: bytes, headers: Mapping[str, str] | None) -> Attempt:
    """What came of it. Of the address and the answer nothing goes into a log: both may open something."""
    if headers is None:
        return Attempt(failure=Failure.UNREADABLE)
    try:
        answer = outgoing.send(url, body, headers, WAY)
    except Refused:
        return Attempt(failure=Failure.INSIDE)
    except NoAnswer as none:
        return Attempt(failure=Failure(none.trouble))
    except Exception as fault:  # noqa: BLE001 - one that cannot be sent must not keep the others waiting
        log.error("webhook_failed", fault=type(fault).__name__)  # noqa: TRY400 - as above
        return Attempt(failure=Failure.AWAY)
    return Attempt(answer.status, webhook_answer.shown(answer.body))


def _settle(owner: str, parcel: Parcel, attempt: Attempt) -> None:
    """One that cannot be written down goes once more when its lease ends; the others are on their way all the same."""
    try:
        write_down(partial(_became, owner, parcel, attempt))
    except Exception:
        db.session.rollback()
        log.exception("webhook_not_settled", row=parcel.row.id)


def _became(owner: str, parcel: Parcel, attempt: Attempt) -> None:
    now, jitter = clock.now(), random.random()  # noqa: S311 - so that not all come back together, no secret
    off = webhook_delivery.settle(parcel, owner, attempt, now, jitter=jitter)
    if off is not None:
        webhook_off.tell(parcel.endpoint, off, now, _settings().public_host)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
