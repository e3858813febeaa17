"""The secret of a webhook: shown once, kept sealed, and after a change the one before signs beside it for a day."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.agency import sealing
from app.domain.notices.webhook import PRESENT, WebhookEndpoint

PREFIX = "whsec_"
LENGTH = 32
BESIDE = timedelta(hours=24)
MARK = 16


def renew(endpoint: WebhookEndpoint, key: str, now: datetime) -> str:
    """Give it a secret, which is known only now; the one before, if any, signs beside it for a day.

    While an older one signs beside it already, that is the one that stays: the newer may never have been copied.
    """
    if endpoint.secret and not _beside(endpoint, now):
        endpoint.old_secret = endpoint.secret
    if endpoint.old_secret:
        endpoint.old_until = now + BESIDE
    fresh = secrets.token_bytes(LENGTH)
    endpoint.secret = sealing.seal(fresh, key, _purpose(endpoint))
    return PREFIX + base64.b64encode(fresh).decode()


def mark(endpoint: WebhookEndpoint) -> str:
    """Names the secret of the moment and tells nothing of it, so that what was asked of another one is not done."""
    return hashlib.sha256(endpoint.secret).hexdigest()[:MARK]


def end_old(endpoint: WebhookEndpoint) -> None:
    """Only the newest secret signs from now on."""
    endpoint.old_secret = endpoint.old_until = None


def signing(endpoint: WebhookEndpoint, key: str, now: datetime) -> list[bytes]:
    """The secrets that sign at a moment, the newest first; an old one that cannot be read is done without.

    Raises:
        sealing.Broken: the newest cannot be read, as after the settings' key was changed.
    """
    found = [sealing.unseal(endpoint.secret, key, _purpose(endpoint))]
    if old := _beside(endpoint, now):
        with suppress(sealing.Broken):
            found.append(sealing.unseal(old, key, _purpose(endpoint)))
    return found


def _beside(endpoint: WebhookEndpoint, now: datetime) -> bytes | None:
    """The old secret while it signs."""
    return endpoint.old_secret if endpoint.old_until and endpoint.old_until > now else None


def reseal(before: str, key: str) -> tuple[int, int]:
    """Seal every secret anew under `key`: how many, and how many neither key could read."""
    done = unread = 0
    for endpoint in db.session.scalars(select(WebhookEndpoint).where(PRESENT).order_by(WebhookEndpoint.id)):
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
