"""Records of Bullhorn as its REST API writes them, and what they tell us; the text of a note is not even asked for."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from app import clock
from app.domain.actions.bullhorn.record import Entity
from app.domain.actions.bullhorn.told import Human, Note, Placement, Submission

FIELDS: Mapping[Entity, str] = MappingProxyType(
    {
        Entity.CANDIDATE: "id,name,firstName,lastName,email,mobile,phone,isDeleted,dateAdded,owner(id,email)",
        Entity.NOTE: "id,action,dateAdded,isDeleted,commentingPerson(id,email),personReference(id)",
        Entity.SUBMISSION: "id,status,isDeleted,candidate(id),jobOrder(id,title),sendingUser(id,email)",
        Entity.PLACEMENT: "id,status,dateBegin,dateEnd,candidate(id),jobOrder(id,title),owner(id,email)",
    }
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 160
LARGEST = 2**62


class Unreadable(Exception):  # noqa: N818 - it says what is the case
    """It is not of the documented form."""


def human(data: Mapping[str, Any]) -> Human:
    name = _text(data, "name") or f"{_text(data, 'firstName')} {_text(data, 'lastName')}".strip()
    return Human(
        _number(data.get("id")),
        name,
        _text(data, "firstName")[:80],
        _text(data, "lastName")[:80],
        _text(data, "email"),
        _text(data, "mobile") or _text(data, "phone"),
        _text(_part(data, "owner"), "email"),
        bool(data.get("isDeleted")),
        None if data.get("dateAdded") is None else _moment(data["dateAdded"]),
    )


def note(data: Mapping[str, Any]) -> Note:
    whom = _part(data, "personReference")
    is_candidate = whom.get("_subtype", "Candidate") == "Candidate"
    return Note(
        _number(data.get("id")),
        " ".join(_text(data, "action").split()),
        _number(whom.get("id")) if whom and is_candidate else None,
        _text(_part(data, "commentingPerson"), "email"),
        _moment(data.get("dateAdded")),
        bool(data.get("isDeleted")),
    )


def submission(data: Mapping[str, Any]) -> Submission:
    job = _part(data, "jobOrder")
    return Submission(
        _number(data.get("id")),
        _text(data, "status"),
        _number(_part(data, "candidate").get("id")),
        _number(job.get("id")),
        _text(job, "title"),
        _text(_part(data, "sendingUser"), "email"),
        bool(data.get("isDeleted")),
    )


def placement(data: Mapping[str, Any], zone: ZoneInfo) -> Placement:
    job = _part(data, "jobOrder")
    return Placement(
        _number(data.get("id")),
        _text(data, "status"),
        _number(_part(data, "candidate").get("id")),
        _number(job.get("id")),
        _text(job, "title"),
        _text(_part(data, "owner"), "email"),
        _day(data.get("dateBegin"), zone),
        _day(data.get("dateEnd"), zone),
    )


def _text(data: Mapping[str, Any], name: str) -> str:
    found = data.get(name)
    return found.replace("\x00", "").strip()[:LONGEST] if isinstance(found, str) else ""


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, Mapping) else {}


def _number(told: object) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or not 0 < told < LARGEST:
        raise Unreadable
    return told


def _moment(told: object) -> datetime:
    """Milliseconds since 1970."""
    if not isinstance(told, int) or isinstance(told, bool):
        raise Unreadable
    try:
        return EPOCH + timedelta(milliseconds=told)
    except OverflowError as error:
        raise Unreadable from error


def _day(told: object, zone: ZoneInfo) -> date | None:
    return None if told is None else clock.local_day(_moment(told), zone)
