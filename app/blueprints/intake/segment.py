"""The Segment format: an event as other systems send it, read into one of ours."""

import hashlib
import math
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

from app.blueprints.intake import moment, reading
from app.blueprints.intake.agent import Judge
from app.blueprints.intake.reading import first, mapping, text
from app.blueprints.intake.subject import LONGEST_ID, subject
from app.domain.actions.event import Event, Happened, Introduced, Logged, Passed, Refusal
from app.domain.actions.outcome import Outcome

MOST_EVENT_BYTES = 32 * 1024
LONGEST_NAME = 80
LONGEST_NOTE = 2_000
LONGEST_MARK = 64
RECRUITERS_ACTION = "engagement action logged"
KEPT = ("path", "title", "name", "job_title", "step", "form", "campaign", "subject")
"""The properties of an event that are kept: enough to say what it was about, and nothing about the person."""
VACANCY = ("job_id", "jobId", "vacancy_id")
MESSAGE = ("message_id", "email_id", "campaign_id")


class Told(NamedTuple):
    """How a request came in: when, when its sender says that it was sent, and who judges what is in it."""

    received: datetime
    sent: datetime | None
    judge: Judge


def message_id(item: object) -> str | None:
    """What names an event, so that hearing of it twice counts once; None when it is no proper name."""
    found = item.get("messageId") if isinstance(item, dict) else None
    return found if isinstance(found, str) and 0 < len(found) <= LONGEST_ID and found.isprintable() else None


def named(item: dict[str, Any], received: datetime) -> dict[str, Any]:
    """An event sent by itself without a name is named after what it says; without a time of its own, and the hour."""
    if item.get("messageId"):
        return item
    said = {key: value for key, value in item.items() if key not in {"messageId", "sentAt", "writeKey"}}
    hour = "" if first(item, moment.OWN) else f"{received:%Y-%m-%dT%H}"
    try:
        mark = hashlib.sha256(orjson.dumps([said, hour], option=orjson.OPT_SORT_KEYS)).hexdigest()
    except orjson.JSONEncodeError:  # nested deeper than can be written again: it is refused for its size
        return item
    return item | {"messageId": mark}


def event(item: object, told: Told) -> Event | Refusal:
    """One event of a batch, or why it cannot be one of ours."""
    if not isinstance(item, dict):
        return Refusal.NOT_AN_EVENT
    if _size(item) > MOST_EVENT_BYTES:
        return Refusal.TOO_LARGE
    name = message_id(item)
    if name is None:
        return Refusal.NO_MESSAGE_ID
    read = READERS.get(str(item.get("type")))
    at = moment.happened_at(item, told.sent, told.received)
    if read is None or at is None:
        return Refusal.UNSUPPORTED_TYPE if read is None else Refusal.BAD_TIME
    return read(item, name, at, told)


def _size(item: Mapping[str, Any]) -> float:
    """In bytes; what is nested deeper than can be written again has no end."""
    try:
        return len(orjson.dumps(item))
    except orjson.JSONEncodeError:
        return math.inf


def _track(item: Mapping[str, Any], name: str, at: datetime, told: Told) -> Event | Refusal:
    called = text(item.get("event"), LONGEST_NAME + 1)
    if not called or len(called) > LONGEST_NAME:
        return Refusal.NO_NAME
    if called.casefold() == RECRUITERS_ACTION:
        return _action(item, name, at)
    return _happened(item, name, at, told, called)


def _visit(item: Mapping[str, Any], name: str, at: datetime, told: Told) -> Event:
    return _happened(item, name, at, told, str(item.get("type")))


def _happened(item: Mapping[str, Any], name: str, at: datetime, told: Told, called: str) -> Happened:
    said = mapping(item.get("properties"))
    message, link = _mail(said)
    return Happened(
        name,
        subject(item),
        called,
        at,
        _payload(item, said),
        told.judge.verdict(item),
        text(first(said, VACANCY), LONGEST_NAME) or None,
        message,
        link,
    )


def _mail(said: Mapping[str, Any]) -> tuple[str, str]:
    """In which message it was done, if in any, and by which of its links."""
    link = text(said.get("link"), LONGEST_MARK)
    url = said.get("url")
    if not link and isinstance(url, str):
        link = hashlib.sha256(url.encode(errors="replace")).hexdigest()[:32]
    return text(first(said, MESSAGE), LONGEST_MARK), link


def _identify(item: Mapping[str, Any], name: str, _at: datetime, _told: Told) -> Event:
    return Introduced(name, subject(item))


def _pass(_item: Mapping[str, Any], name: str, _at: datetime, _told: Told) -> Event:
    return Passed(name)


def _action(item: Mapping[str, Any], name: str, at: datetime) -> Event | Refusal:
    said = mapping(item.get("properties"))
    outcome, kind = text(said.get("outcome")).casefold(), text(said.get("kind"), LONGEST_NAME)
    if (outcome and outcome not in set(Outcome)) or not (outcome or kind):
        return Refusal.UNKNOWN_OUTCOME
    note = text(said.get("note"), LONGEST_NOTE)
    recruiter = text(said.get("recruiter"), 254)
    promised = reading.moment(said.get("promise_at"))
    return Logged(name, subject(item), at, recruiter, Outcome(outcome or Outcome.DONE), kind or None, note, promised)


READERS = MappingProxyType(
    {"track": _track, "page": _visit, "screen": _visit, "identify": _identify, "alias": _identify, "group": _pass}
)


def _payload(item: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept; of an address only what comes before its question mark, where names and mail addresses hide."""
    called = text(item.get("event") or item.get("name"))
    url = text(said.get("url")).partition("?")[0].partition("#")[0]
    kept = {key: found for key in KEPT if (found := text(said.get(key)))}
    return ({"event": called} if called else {}) | ({"url": url} if url else {}) | kept
