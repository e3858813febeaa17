"""Records of Bullhorn as its REST API writes them, and what they tell us; the text of a note is not even asked for."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from app import clock
from app.domain.actions.bullhorn.record import Entity
from app.domain.actions.bullhorn.told import Human, Note, Placement, Submission, Told

FIELDS: Mapping[Entity, str] = MappingProxyType(
    {
        Entity.CANDIDATE: "id,name,firstName,lastName,email,mobile,phone,isDeleted,dateAdded,owner(id,email)",
        Entity.NOTE: "id,action,dateAdded,isDeleted,commentingPerson(id,email),personReference(id)",
        Entity.SUBMISSION: "id,status,isDeleted,dateAdded,candidate(id),jobOrder(id,title),sendingUser(id,email)",
        Entity.PLACEMENT: "id,status,dateBegin,dateEnd,candidate(id),jobOrder(id,title),owner(id,email)",
    }
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 160
LARGEST = 2**62
LONGEST_PLACEMENT = timedelta(days=3_655)


class Unreadable(Exception):  # noqa: N818 - it says what is the case
    """It is not of the documented form."""


def read(entity: Entity, data: object, zone: ZoneInfo) -> Told:
    """What a record says.

    Raises:
        Unreadable: whatever is the matter with it, it concerns no other record.
    """
    try:
        return _read(entity, data, zone)
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError) as fault:
        raise Unreadable from fault


def _read(entity: Entity, data: object, zone: ZoneInfo) -> Told:
    if not isinstance(data, Mapping):
        raise Unreadable
    match entity:
        case Entity.CANDIDATE:
            return human(data)
        case Entity.NOTE:
            return note(data)
        case Entity.SUBMISSION:
            return submission(data)
        case Entity.PLACEMENT:
            return placement(data, zone)


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
        _added(data),
    )


def note(data: Mapping[str, Any]) -> Note:
    """A client contact may have the number of a candidate: without its sort a reference says nothing."""
    whom = _part(data, "personReference")
    is_candidate = bool(whom) and whom["_subtype"] == "Candidate"
    return Note(
        _number(data.get("id")),
        " ".join(_text(data, "action").split()),
        _number(whom.get("id")) if is_candidate else None,
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
        _added(data),
    )


def placement(data: Mapping[str, Any], zone: ZoneInfo) -> Placement:
    job = _part(data, "jobOrder")
    starts_on = _day(data.get("dateBegin"), zone)
    return Placement(
        _number(data.get("id")),
        _text(data, "status"),
        _number(_part(data, "candidate").get("id")),
        _number(job.get("id")),
        _text(job, "title"),
        _text(_part(data, "owner"), "email"),
        starts_on,
        _last_day(data.get("dateEnd"), starts_on, zone),
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


def _added(data: Mapping[str, Any]) -> datetime | None:
    told = data.get("dateAdded")
    return None if told is None else _moment(told)


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


def _last_day(told: object, starts_on: date | None, zone: ZoneInfo) -> date | None:
    """Without a day when it is that far away: systems write 31-12-9999 for an end that nobody knows."""
    if told is None or starts_on is None:
        return None
    end = _moment(told)
    return None if end.date() - starts_on > LONGEST_PLACEMENT else clock.local_day(end, zone)
