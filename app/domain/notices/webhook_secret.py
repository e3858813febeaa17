"""The secret of a webhook: shown once, kept sealed, and after a change the one before signs beside it for a day."""

import base64
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.agency import sealing
from app.domain.notices.webhook import WebhookEndpoint

PREFIX = "whsec_"
LENGTH = 32
BESIDE = timedelta(hours=24)


def renew(endpoint: WebhookEndpoint, key: str, now: datetime) -> str:
    """Give it a secret, which is known only now; the one before, if any, signs beside it for a day."""
    if endpoint.secret:
        endpoint.old_secret, endpoint.old_until = endpoint.secret, now + BESIDE
    fresh = secrets.token_bytes(LENGTH)
    endpoint.secret = sealing.seal(fresh, key, _purpose(endpoint))
    return PREFIX + base64.b64encode(fresh).decode()


def end_old(endpoint: WebhookEndpoint) -> None:
    """Only the newest secret signs from now on."""
    endpoint.old_secret = endpoint.old_until = None


def signing(endpoint: WebhookEndpoint, key: str, now: datetime) -> list[bytes]:
    """The secrets that sign at a moment, the newest first.

    Raises:
        sealing.Broken: the newest cannot be read, as after the settings' key was changed.
    """
    found = [sealing.unseal(endpoint.secret, key, _purpose(endpoint))]
    if endpoint.old_secret and endpoint.old_until and endpoint.old_until > now:
        found.append(sealing.unseal(endpoint.old_secret, key, _purpose(endpoint)))
    return found


def reseal(before: str, key: str) -> tuple[int, int]:
    """Seal every secret anew under `key`: how many, and how many neither key could read."""
    done = unread = 0
    for endpoint in db.session.scalars(select(WebhookEndpoint).order_by(WebhookEndpoint.id)):
        sealed = _resealer(endpoint, before, key)
        fresh, old = sealed(endpoint.secret), sealed(endpoint.old_secret)
        if fresh is None:
            unread += 1
            continue
        endpoint.secret, endpoint.old_secret = fresh, old
        done += 1
    return done, unread


def _resealer(endpoint: WebhookEndpoint, before: str, key: str) -> Callable[[bytes | None], bytes | None]:
    def sealed(kept: bytes | None) -> bytes | None:
        for each in (before, key):
            try:
                plain = sealing.unseal(kept or b"", each, _purpose(endpoint))
            except sealing.Broken:
                continue
            return sealing.seal(plain, key, _purpose(endpoint))
        return None

    return sealed


def _purpose(endpoint: WebhookEndpoint) -> str:
    return f"webhook {endpoint.id}"
