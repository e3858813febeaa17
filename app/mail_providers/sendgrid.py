"""SendGrid: it signs the time and the bytes of every request with its own key (ECDSA); many events a request."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import orjson

from app.domain.actions.mail_event import Happening, MailEvent
from app.mail_providers.told import Posted, Refused, Told, is_of_now, json_of, named, text

SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"
MARK = "fanfare_id"
HAPPENINGS: Mapping[str, Happening] = MappingProxyType(
    {
        "open": Happening.OPENED,
        "click": Happening.CLICKED,
        "spamreport": Happening.COMPLAINED,
        "unsubscribe": Happening.UNSUBSCRIBED,
        "group_unsubscribe": Happening.UNSUBSCRIBED,
    }
)
DROPPED: Mapping[str, Happening] = MappingProxyType(
    {
        "Bounced Address": Happening.BOUNCED,
        "Invalid": Happening.BOUNCED,
        "Spam Reporting Address": Happening.COMPLAINED,
        "Unsubscribed Address": Happening.UNSUBSCRIBED,
    }
)
"""It does not even try addresses that refused before, and says why."""
UNWATCHED = {"opentrack": {"settings": {"enable": 0}}, "clicktrack": {"settings": {"enable": 0}}}


def take(posted: Posted, key: str, now: datetime) -> list[Told]:
    """The events of a request that was signed just now.

    Raises:
        Refused: the signature is missing or not of these bytes, the time is not now, or it holds no events.
    """
    signed_at = posted.headers.get(TIMESTAMP, "")
    if not is_of_now(signed_at, now):
        raise Refused(401)
    _check(key, posted.headers.get(SIGNATURE, ""), signed_at.encode() + posted.body)
    events = json_of(posted.body)
    if not isinstance(events, list) or not all(isinstance(each, dict) for each in events):
        raise Refused(400)
    return [named(each.get("sg_event_id"), each) for each in events]


def _check(key: str, signature: str, signed: bytes) -> None:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - a large library that only this needs
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - as above

    try:
        public_key(key).verify(b64decode(signature, validate=True), signed, ECDSA(SHA256()))
    except (InvalidSignature, binascii.Error, ValueError, TypeError):
        raise Refused(401) from None


def public_key(key: str) -> Any:  # noqa: ANN401 - its type is a large library that only this needs
    """The key as SendGrid shows it.

    Raises:
        ValueError, TypeError: it is none.
    """
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.serialization import load_der_public_key  # noqa: PLC0415 - as above

    found = load_der_public_key(b64decode(key, validate=True))
    if not isinstance(found, EllipticCurvePublicKey):
        raise TypeError("SendGrid's key is one of an elliptic curve")
    return found


def read(event_id: str, said: Mapping[str, Any]) -> MailEvent:
    """What an event says."""
    return MailEvent(
        happening=_happening(said),
        mark=text(said.get(MARK)) or text(said.get("smtp-id")).strip("<>").partition("@")[0],
        event_id=event_id,
        address=text(said.get("email")),
        at=datetime.fromtimestamp(int(said["timestamp"]), UTC),
        reason=text(said.get("reason")),
        agent=text(said.get("useragent")),
        said=said,
        link=text(said.get("url"), 2_000),
    )


def _happening(said: Mapping[str, Any]) -> Happening:
    """A block is of our server or of the mail, a bounce of the address."""
    event = said.get("event")
    if event == "bounce":
        return Happening.NOTHING if said.get("type") == "blocked" else Happening.BOUNCED
    if event == "dropped":
        return DROPPED.get(text(said.get("reason")), Happening.NOTHING)
    return HAPPENINGS.get(text(event), Happening.NOTHING)


def headers(mark: str, *, followed: bool) -> dict[str, str]:
    """By what it gives our name for a mail back; colleagues' mails have no pixel, and their links stay as they are."""
    ours: dict[str, Any] = {"unique_args": {MARK: mark}}
    return {"X-SMTPAPI": orjson.dumps(ours if followed else ours | {"filters": UNWATCHED}).decode()}
