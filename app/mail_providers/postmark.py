"""Postmark: it signs nothing, so that a secret as Basic says who it is; one event a request."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from app import clock
from app.domain.actions.mail_event import Happening, MailEvent
from app.mail_providers.told import Posted, Refused, Told, json_of, mapping, named, text

MARK = "fanfare-id"
TIMES = ("BouncedAt", "ReceivedAt", "ChangedAt", "DeliveredAt")
HAPPENINGS: Mapping[str, Happening] = MappingProxyType(
    {
        "Open": Happening.OPENED,
        "Click": Happening.CLICKED,
        "SpamComplaint": Happening.COMPLAINED,
        "SubscriptionChange": Happening.UNSUBSCRIBED,
    }
)
BOUNCES: Mapping[str, Happening] = MappingProxyType(
    {
        "HardBounce": Happening.BOUNCED,
        "BadEmailAddress": Happening.BOUNCED,
        "ManuallyDeactivated": Happening.BOUNCED,
        "SpamNotification": Happening.COMPLAINED,
        "SpamComplaint": Happening.COMPLAINED,
        "Unsubscribe": Happening.UNSUBSCRIBED,
    }
)
"""Those that say something of the address or of whoever reads it; a full mailbox or a mail too large do not."""


def take(posted: Posted, secret: str, _now: datetime) -> list[Told]:
    """The event of a request that has the secret.

    Raises:
        Refused: it has not, or it holds no event.
    """
    if not hmac.compare_digest(posted.password.encode(), secret.encode()):
        raise Refused(401)
    said = json_of(posted.body)
    if not isinstance(said, dict) or not isinstance(said.get("RecordType"), str):
        raise Refused(400)
    return [named(None, said)]


def read(event_id: str, said: Mapping[str, Any]) -> MailEvent:
    """What an event says."""
    return MailEvent(
        happening=_happening(said),
        mark=text(mapping(said.get("Metadata")).get(MARK)),
        event_id=event_id,
        address=text(said.get("Email") or said.get("Recipient")),
        at=clock.parse(next(str(said[name]) for name in TIMES if said.get(name))),
        reason=text(said.get("Description")),
        agent=text(said.get("UserAgent")),
        link=text(said.get("OriginalLink"), 2_000),
    )


def _happening(said: Mapping[str, Any]) -> Happening:
    kind = said["RecordType"]
    if kind == "Bounce":
        return BOUNCES.get(text(said.get("Type")), Happening.NOTHING)
    if kind == "SubscriptionChange" and not (said.get("SuppressSending") and said.get("Origin") == "Recipient"):
        return Happening.NOTHING
    return HAPPENINGS.get(kind, Happening.NOTHING)


def headers(mark: str, *, followed: bool) -> dict[str, str]:
    """By what it gives our name for a mail back; it keeps our Message-ID, and looks over nobody's shoulder of ours."""
    ours = {"X-PM-KeepID": "true", f"X-PM-Metadata-{MARK}": mark}
    return ours if followed else ours | {"X-PM-TrackOpens": "false", "X-PM-TrackLinks": "None"}
