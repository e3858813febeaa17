"""Mailgun: it signs a time and a token within the body, not the event; so that each token opens the door once."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import orjson

from app.domain.actions.mail_event import Happening, MailEvent
from app.mail_providers.told import Posted, Refused, Told, is_of_now, json_of, mapping, named, text

MARK = "fanfare-id"
HAPPENINGS: Mapping[str, Happening] = MappingProxyType(
    {
        "opened": Happening.OPENED,
        "clicked": Happening.CLICKED,
        "complained": Happening.COMPLAINED,
        "unsubscribed": Happening.UNSUBSCRIBED,
    }
)
FAILURES: Mapping[str, Happening] = MappingProxyType(
    {
        "bounce": Happening.BOUNCED,
        "suppress-bounce": Happening.BOUNCED,
        "suppress-complaint": Happening.COMPLAINED,
        "suppress-unsubscribe": Happening.UNSUBSCRIBED,
    }
)
"""What it gave up for good for the address's sake; trying for too long is not."""


def take(posted: Posted, key: str, now: datetime) -> list[Told]:
    """The event of a request that was signed just now, named after its token.

    Raises:
        Refused: the signature is missing or wrong, the time is not now, or it holds no event.
    """
    body = json_of(posted.body)
    if not isinstance(body, dict):
        raise Refused(400)
    signed = mapping(body.get("signature"))
    at, token, signature = (str(signed.get(name, "")) for name in ("timestamp", "token", "signature"))
    expected = hmac.new(key.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest()
    if not token or not hmac.compare_digest(expected.encode(), signature.encode()) or not is_of_now(at, now):
        raise Refused(401)
    event = body.get("event-data")
    if not isinstance(event, dict):
        raise Refused(400)
    return [named(token, event)]


def read(event_id: str, said: Mapping[str, Any]) -> MailEvent:
    """What an event says; sent once more with another token it is the same event."""
    client, sent = mapping(said.get("client-info")), mapping(mapping(said.get("message")).get("headers"))
    status = mapping(said.get("delivery-status"))
    return MailEvent(
        happening=_happening(said),
        mark=text(mapping(said.get("user-variables")).get(MARK))
        or text(sent.get("message-id")).strip("<>").partition("@")[0],
        event_id=text(said.get("id"), 100) or event_id,
        address=text(said.get("recipient")),
        at=datetime.fromtimestamp(float(said["timestamp"]), UTC),
        reason=text(status.get("message")) or text(status.get("description")),
        agent=text(client.get("user-agent")),
        said={"bot": client.get("bot")},
        link=text(said.get("url"), 2_000),
    )


def _happening(said: Mapping[str, Any]) -> Happening:
    event = text(said.get("event"))
    if event != "failed":
        return HAPPENINGS.get(event, Happening.NOTHING)
    soft = mapping(said.get("delivery-status")).get("bounce-type") == "soft"
    if said.get("severity") != "permanent" or soft:
        return Happening.NOTHING
    return FAILURES.get(text(said.get("reason")), Happening.NOTHING)


def headers(mark: str, *, followed: bool) -> dict[str, str]:
    """By what it gives our name for a mail back; what colleagues open is not watched."""
    ours = {"X-Mailgun-Variables": orjson.dumps({MARK: mark}).decode()}
    return ours if followed else ours | {"X-Mailgun-Track": "no"}
