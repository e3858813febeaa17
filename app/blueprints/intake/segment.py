"""The Segment format: a batch of events as other systems send it, read into events of ours."""

import math
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import orjson

from app import clock
from app.domain.actions.incoming import Event, Happened, Introduced, Logged, Refusal, Subject
from app.domain.actions.outcome import Outcome
from app.domain.candidates.address import Channel, Unreachable, normalise

MOST_BYTES = 500 * 1024
MOST_EVENT_BYTES = 32 * 1024
MOST_EVENTS = 2_500
LONGEST_ID = 100
LONGEST_NAME = 80
LONGEST_TEXT = 200
LONGEST_NOTE = 2_000
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
GZIP = b"\x1f\x8b"
RECRUITERS_ACTION = "engagement action logged"
KEPT = ("url", "path", "title", "name", "job_id", "job_title", "form", "campaign", "subject")
"""The properties of an event that are kept: enough to say what it was about, and nothing about the person."""


class Broken(ValueError):  # noqa: N818 - it names what is the case
    """The batch as a whole cannot be read; `status` says how to answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def unpack(body: bytes) -> bytes:
    """The body as it was before it was zipped, whatever its headers say of it.

    Raises:
        Broken: it is too large, or it is no proper gzip.
    """
    if body.startswith(GZIP):
        unzip = zlib.decompressobj(wbits=31)
        try:
            body = unzip.decompress(body, MOST_BYTES + 1)
        except zlib.error:
            raise Broken(400) from None
        if len(body) <= MOST_BYTES and not unzip.eof:
            raise Broken(400)
    if len(body) > MOST_BYTES:
        raise Broken(413)
    return body


def parse(body: bytes) -> dict[str, Any]:
    """The batch: an object with the events in `batch`.

    Raises:
        Broken: it is no JSON object, it holds no list of events, or too many.
    """
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Broken(400) from None
    if not isinstance(found, dict) or not isinstance(found.get("batch"), list):
        raise Broken(400)
    if len(found["batch"]) > MOST_EVENTS:
        raise Broken(413)
    return found


def message_id(item: object) -> str | None:
    """What names an event, so that hearing of it twice counts once; None when it is no proper name."""
    found = item.get("messageId") if isinstance(item, dict) else None
    return found if isinstance(found, str) and 0 < len(found) <= LONGEST_ID and found.isprintable() else None


def event(item: object, now: datetime) -> Event | Refusal:
    """One event of a batch, or why it cannot be one of ours."""
    if not isinstance(item, dict):
        return Refusal.NOT_AN_EVENT
    if _size(item) > MOST_EVENT_BYTES:
        return Refusal.TOO_LARGE
    name = message_id(item)
    if name is None:
        return Refusal.NO_MESSAGE_ID
    read = READERS.get(str(item.get("type")))
    at = _moment(item, now)
    if read is None or at is None:
        return Refusal.UNSUPPORTED_TYPE if read is None else Refusal.BAD_TIME
    return read(item, name, at)


def _size(item: Mapping[str, Any]) -> float:
    """In bytes; what is nested deeper than can be written again has no end."""
    try:
        return len(orjson.dumps(item))
    except orjson.JSONEncodeError:
        return math.inf


def _track(item: Mapping[str, Any], name: str, at: datetime) -> Event | Refusal:
    called = _text(item.get("event"), LONGEST_NAME + 1)
    if not called or len(called) > LONGEST_NAME:
        return Refusal.NO_NAME
    plain = called.casefold()
    if plain == RECRUITERS_ACTION:
        return _action(item, name, at)
    return Happened(name, _subject(item), called, at, _payload(item, called))


def _visit(item: Mapping[str, Any], name: str, at: datetime) -> Event:
    return Happened(name, _subject(item), str(item.get("type")), at, _payload(item, _text(item.get("name"))))


def _identify(item: Mapping[str, Any], name: str, _at: datetime) -> Event:
    return Introduced(name, _subject(item))


def _action(item: Mapping[str, Any], name: str, at: datetime) -> Event | Refusal:
    said = _mapping(item.get("properties"))
    outcome, kind = _text(said.get("outcome")).casefold(), _text(said.get("kind"), LONGEST_NAME)
    if (outcome and outcome not in set(Outcome)) or not (outcome or kind):
        return Refusal.UNKNOWN_OUTCOME
    note = _text(said.get("note"), LONGEST_NOTE)
    recruiter = _text(said.get("recruiter"), 254)
    promised = _parsed(said.get("promise_at"))
    return Logged(name, _subject(item), at, recruiter, Outcome(outcome or Outcome.DONE), kind or None, note, promised)


READERS = MappingProxyType({"track": _track, "page": _visit, "screen": _visit, "identify": _identify})


def _moment(item: Mapping[str, Any], now: datetime) -> datetime | None:
    """When it happened: its own time, else when it was sent, else now. A time without zone is UTC."""
    said = next((item[key] for key in ("timestamp", "originalTimestamp", "sentAt") if item.get(key)), None)
    if said is None:
        return now
    moment = _parsed(said)
    return moment if moment and moment >= OLDEST else None


def _parsed(said: object) -> datetime | None:
    try:
        return clock.parse(said) if isinstance(said, str) else None
    except (ValueError, OverflowError):
        return None


def _subject(item: Mapping[str, Any]) -> Subject:
    traits = _mapping(item.get("traits")) or _mapping(_mapping(item.get("context")).get("traits"))
    given, family = _text(traits.get("firstName")), _text(traits.get("lastName"))
    return Subject(
        external_id=_text(item.get("userId"), 120),
        email=_address(Channel.EMAIL, traits.get("email")),
        phone=_address(Channel.PHONE, traits.get("phone")),
        name=_text(traits.get("name"), 160) or f"{given} {family}".strip()[:160],
        given_name=given[:80],
        anonymous_id=_text(item.get("anonymousId"), LONGEST_ID),
        consent=_consent(traits),
    )


def _consent(traits: Mapping[str, Any]) -> bool | None:
    said = next((traits[key] for key in ("consent", "tracking_consent") if key in traits), None)
    return said if isinstance(said, bool) else None


def _address(channel: Channel, value: object) -> str:
    try:
        return normalise(channel, _text(value))
    except Unreachable:
        return ""


def _payload(item: Mapping[str, Any], called: str) -> dict[str, Any]:
    said = _mapping(item.get("properties"))
    kept = {key: text for key in KEPT if (text := _text(said.get(key)))}
    return {"event": called, **kept} if called else kept


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object, most: int = LONGEST_TEXT) -> str:
    """A text or a whole number as text, without what a database cannot keep; anything else is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return "".join(sign for sign in str(value).strip()[:most] if sign.isprintable() or sign == "\n")
