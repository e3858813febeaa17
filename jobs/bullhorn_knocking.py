"""Whoever was not let in with a password knocks ever less often: a few in vain lock the user, also for other software.

What is remembered stands among the keys of the door; another password, user, secret or address is tried at once.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime

from app.config import Settings
from app.domain.actions.bullhorn import account, patience

LET_IN: Mapping[str, str] = {"refused": "", "refusals": "", "knock_at": ""}


def is_too_soon(keys: Mapping[str, str], settings: Settings, now: datetime) -> bool:
    """Whether these very words were refused, and are not to be said again yet."""
    return keys.get("refused") == _mark(settings) and account.knocks_again_at(keys, now) is not None


def refused(keys: Mapping[str, str], settings: Settings, now: datetime) -> dict[str, str]:
    """What to remember of a refusal."""
    mark = _mark(settings)
    times = 1 + (int(keys["refusals"]) if keys.get("refused") == mark else 0)
    again_at = patience.knock_at(times, now)
    return {"refused": mark, "refusals": str(times), "knock_at": str(int(again_at.timestamp()))}


def _mark(settings: Settings) -> str:
    """Of what we say, a keyed hash; the password itself is kept nowhere."""
    said = (
        settings.bullhorn_url,
        settings.bullhorn_client_id,
        settings.bullhorn_client_secret,
        settings.bullhorn_username,
        settings.bullhorn_password,
    )
    return hmac.new(settings.key.encode(), "\x00".join(said).encode(), "sha256").hexdigest()
