"""Twilio: it signs the address with the fields of the form; one message, or what became of one, a request."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from app.domain.actions import message_event
from app.domain.actions.message_event import MessageEvent, Said
from app.domain.actions.settled import Settled
from app.domain.agency.token import hashed
from app.domain.candidates.address import Channel, Unreachable, normalise
from app.mail_providers.told import Posted, Refused, Told, named, text
from app.vendors.wish_word import wish_in

SIGNATURE = "X-Twilio-Signature"
MOST_FIELDS = 200
CHANNELS: Mapping[str, Channel] = MappingProxyType({"": Channel.SMS, "whatsapp": Channel.WHATSAPP})
NOT_REACHED = frozenset({"21211", "21214", "21614", "30005", "30006", "63003", "63024"})
"""Twilio's errors for a number that does not exist, is no mobile number, or is not on WhatsApp."""
ENDS = ("end", "quit", "cancel", "revoke")
"""Words at which Twilio itself delivers no more text messages."""
WISHES: Mapping[str, str] = MappingProxyType({"STOP": "stop", "START": "start", "HELP": "help"})
STATUSES: Mapping[str, Said] = MappingProxyType({"read": Said.READ, "failed": Said.FAILED, "undelivered": Said.FAILED})


class NotInstalled(Exception):  # noqa: N818 - it names what is the case
    """The library that checks Twilio's signatures is an extra."""


def take(posted: Posted, token: str, _now: datetime) -> list[Told]:
    """The message of a request that Twilio signed, or what became of one.

    Raises:
        Refused: the signature is missing or not of this request, or it tells of no message.
        NotInstalled: nothing can be checked.
    """
    fields = _fields(posted.body)
    signature = posted.headers.get(SIGNATURE, "")
    if not _validator(token).validate(posted.url, fields, signature):
        raise Refused(401)
    name, status = text(fields.get("MessageSid"), 60), text(fields.get("MessageStatus"), 20)
    if not name:
        raise Refused(400)
    event_id = hashed(f"{name}:{status}")  # a wish's is kept for good, and must not lead back to a number
    return [named(event_id, _became(fields, status) if status else _wrote(fields))]


def _validator(token: str) -> Any:  # noqa: ANN401 - its type is an extra
    try:
        from twilio.request_validator import RequestValidator  # noqa: PLC0415 - an extra that only this needs
    except ImportError:
        raise NotInstalled from None
    return RequestValidator(token)


def _fields(body: bytes) -> MultiDict[str, str]:
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:  # no text, or more fields than any message has
        raise Refused(400) from None
    return MultiDict(pairs)


def _wrote(fields: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of a message: who wrote, and a wish; not the words. What Twilio took it for goes first."""
    wish = WISHES.get(fields.get("OptOutType", ""), "") or wish_in(fields.get("Body"), *ENDS)
    return {"who": text(fields.get("From"), 140), "wish": wish}


def _became(fields: Mapping[str, str], status: str) -> dict[str, Any]:
    return {"who": text(fields.get("To"), 140), "status": status, "code": text(fields.get("ErrorCode"), 10)}


def says_nothing(told: Told, received_at: datetime) -> bool:
    """Whether it changes nothing, whoever it is of."""
    return message_event.is_nothing(read(told, received_at))


def settle(told: Told, received_at: datetime, _host: str, now: datetime) -> Settled:
    """Let a message or what became of one have its effect."""
    return message_event.settle(read(told, received_at), now)


def read(told: Told, received_at: datetime) -> MessageEvent:
    """What an event says; Twilio tells no time, so it is that at which it told."""
    said = told.payload
    kind, colon, number = said["who"].rpartition(":")
    channel = CHANNELS.get(kind if colon else "")
    if channel is None:
        return MessageEvent("twilio", Said.NOTHING, Channel.SMS, told.event_id, received_at, ())
    try:
        found = normalise(channel, number)
    except Unreachable:
        found = ""
    addresses = (found,) if found else ()
    return MessageEvent("twilio", _said(said), channel, told.event_id, received_at, addresses)


def _said(said: Mapping[str, Any]) -> Said:
    if "status" in said:
        status = STATUSES.get(said["status"], Said.NOTHING)
        return Said.NOTHING if status == Said.FAILED and said["code"] not in NOT_REACHED else status
    wish = said["wish"]
    if wish == WISHES["HELP"]:
        return Said.NOTHING
    return Said(wish) if wish else Said.MESSAGE
