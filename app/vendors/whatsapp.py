"""WhatsApp Cloud: Meta signs the bytes of a request; messages and what became of them, many at once, in no order."""

import hmac
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from app.domain.actions import message_event
from app.domain.actions.message_event import MessageEvent, Said
from app.domain.actions.settled import Settled
from app.domain.agency.token import hashed
from app.domain.candidates.address import Channel, Unreachable, normalise
from app.mail_providers.told import Posted, Refused, Told, json_of, mapping, moment, named, text
from app.vendors.wish_word import wish_in

SIGNATURE = "X-Hub-Signature-256"
PREFIX = b"sha256="
ABOUT = "whatsapp_business_account"
MOST_EVENTS = 20_000
LONGEST_CHALLENGE = 200
DIGITS = re.compile(r"[0-9]{6,20}", re.ASCII)
NOT_REACHED = frozenset({131_026})
"""Meta's error for a number that is not on WhatsApp, or that receives nothing from businesses."""
WROTE = frozenset(
    ("text", "button", "interactive", "image", "audio", "video", "document", "sticker", "location", "contacts", "order")
)
"""A reaction is none: taken away it comes as well."""
STATUSES: Mapping[str, Said] = MappingProxyType({"read": Said.READ, "failed": Said.FAILED})


def greet(asked: Mapping[str, str], token: str) -> str | None:
    """What Meta wants to hear when the address is filled in there; None: whoever asks does not know our token."""
    known = hmac.compare_digest(asked.get("hub.verify_token", "").encode(), token.encode())
    challenge = asked.get("hub.challenge", "")
    proper = challenge.isascii() and challenge.isalnum() and len(challenge) <= LONGEST_CHALLENGE
    return challenge if token and known and proper and asked.get("hub.mode") == "subscribe" else None


def take(posted: Posted, secret: str, _now: datetime) -> list[Told]:
    """The messages and what became of messages, of a request that Meta signed.

    Raises:
        Refused: the signature is missing or not of these bytes, or it holds nothing of WhatsApp.
    """
    expected = PREFIX + hmac.digest(secret.encode(), posted.body, "sha256").hex().encode()
    if not hmac.compare_digest(expected, posted.headers.get(SIGNATURE, "").encode()):
        raise Refused(401)
    body = json_of(posted.body)
    if not isinstance(body, dict) or body.get("object") != ABOUT or not isinstance(body.get("entry"), list):
        raise Refused(400)
    told = [each for value in _values(body["entry"]) for each in _told(value)]
    if len(told) > MOST_EVENTS:
        raise Refused(413)
    return told


def _values(entries: list[Any]) -> Iterator[Mapping[str, Any]]:
    for entry in entries:
        for change in _list(mapping(entry).get("changes")):
            yield mapping(mapping(change).get("value"))


def _told(value: Mapping[str, Any]) -> Iterator[Told]:
    """What is kept of each: who, when and what it was; of the words only a wish that they hold."""
    contacts = [mapping(each) for each in _list(value.get("contacts"))]
    for message in map(mapping, _list(value.get("messages"))):
        kept = _moved(message) if message.get("type") == "system" else _wrote(message)
        yield _named(message, _who(message, contacts, "from", "from_user_id") | kept)
    for status in map(mapping, _list(value.get("statuses"))):
        codes = [mapping(each).get("code") for each in _list(status.get("errors"))]
        kept = {"status": text(status.get("status"), 20), "codes": [code for code in codes if isinstance(code, int)]}
        yield _named(status, _who(status, contacts, "recipient_id", "recipient_user_id") | kept)
    for wish in map(mapping, _list(value.get("user_preferences"))):
        kept = {"wish": {"stop": "stop", "resume": "start"}.get(text(wish.get("value")), "")}
        yield _named(wish, _who(wish, contacts, "wa_id", "user_id") | kept)


def _wrote(message: Mapping[str, Any]) -> dict[str, Any]:
    kind = text(message.get("type"), 20)
    pressed = mapping(mapping(message.get("interactive")).get("button_reply")).get("title")
    words = (mapping(message.get("text")).get("body"), mapping(message.get("button")).get("text"), pressed)
    wish = next((found for found in map(wish_in, words) if found), "")
    return {"type": kind, "wish": wish}


def _moved(message: Mapping[str, Any]) -> dict[str, Any]:
    """They took another number, with which WhatsApp gives them another id; `was` is the id that they had."""
    system = mapping(message.get("system"))
    new = [system.get("wa_id") or system.get("new_wa_id"), system.get("user_id")]
    was = text(system.get("previous_user_id"), 140)
    return {"type": "system", "new": [text(each, 140) for each in new if isinstance(each, str)], "was": was}


def _who(
    said: Mapping[str, Any], contacts: list[Mapping[str, Any]], number_name: str, user_name: str
) -> dict[str, Any]:
    """Their number and WhatsApp's own name for them, as far as it tells; the contact beside a message has both."""
    number, user = text(said.get(number_name), 140), text(said.get(user_name), 140)
    for contact in contacts:
        told = text(contact.get("wa_id"), 140), text(contact.get("user_id"), 140)
        if len(contacts) == 1 and not number and not user:
            number, user = told
        elif (number and number == told[0]) or (user and user == told[1]):
            number, user = number or told[0], user or told[1]
    return {"number": number, "user": user, "at": said.get("timestamp")}


def _named(said: Mapping[str, Any], kept: Mapping[str, Any]) -> Told:
    """By the message and what became of it; Meta's own name for a message has a telephone number in it."""
    own = text(said.get("id"), 500)
    return named(hashed(f"{own}:{kept.get('status', '')}") if own else None, kept)


def says_nothing(told: Told, _received_at: datetime) -> bool:
    """Whether it changes nothing, whoever it is of."""
    return message_event.is_nothing(read(told))


def settle(told: Told, _received_at: datetime, _host: str, now: datetime) -> Settled:
    """Let a message or what became of one have its effect."""
    return message_event.settle(read(told), now)


def read(told: Told) -> MessageEvent:
    """What an event says."""
    said = told.payload
    theirs, new = _addresses([said["number"], said.get("was") or said["user"]]), _addresses(said.get("new", []))
    at = moment(int(said["at"]))
    return MessageEvent("whatsapp", _said(said), Channel.WHATSAPP, told.event_id, at, theirs, new)


def _said(said: Mapping[str, Any]) -> Said:
    if "status" in said:
        status = STATUSES.get(said["status"], Said.NOTHING)
        return Said.NOTHING if status == Said.FAILED and NOT_REACHED.isdisjoint(said["codes"]) else status
    if said.get("type") == "system":
        return Said.MOVED
    if said.get("wish"):
        return Said(said["wish"])
    return Said.MESSAGE if said.get("type") in WROTE else Said.NOTHING


def _addresses(told: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_address, told))))


def _address(told: str) -> str:
    try:
        return normalise(Channel.WHATSAPP, f"+{told}" if DIGITS.fullmatch(told) else told)
    except Unreachable:
        return ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
