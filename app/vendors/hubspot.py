"""HubSpot: it signs method, address, bytes and time of every request (v3); up to a hundred changes a request."""

import hmac
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from app.config import Settings
from app.domain.actions import crm_event
from app.domain.actions.crm_event import Change, CrmEvent
from app.domain.actions.settled import Settled
from app.domain.agency.token import hashed
from app.domain.candidates.crm_id import MOST, Crm, proper
from app.domain.journey.event_name import LONGEST
from app.mail_providers.told import Posted, Refused, Told, is_of_now, json_of, moment, named, text

SIGNATURE = "X-HubSpot-Signature-v3"
TIMESTAMP = "X-HubSpot-Request-Timestamp"
CONTACT = "0-1"
MOST_EVENTS = 1_000
MERGED = ("primaryObjectId", "newObjectId", "mergedObjectIds")
KEPT = ("subscriptionType", "objectTypeId", "portalId", "objectId", "occurredAt", "propertyName", *MERGED)
"""What is looked at. Neither who of their staff did it nor how often it was sent makes it another event."""
WAITS_BY = "waitsBy"
"""By which number of a merge this one of its events waits, when nobody here has any of them."""
MARK = 8
OPT_OUT = "hs_email_optout"
MILLISECOND = 1_000
MILLISECONDS = re.compile(r"1[0-9]{12}", re.ASCII)
DAY = 24 * 60 * 60 * MILLISECOND
PLAIN = frozenset({"", "true", "false"})
SOMETHING = "something"
"""Any value of a property but a moment, yes or no may be a name, a telephone number or an address."""
CHANGES: Mapping[str, Change] = MappingProxyType(
    {"propertyChange": Change.DID, "merge": Change.MERGED, "privacyDeletion": Change.FORGET}
)
"""Whoever is created, deleted or restored there did nothing here, and may come back."""


def take(posted: Posted, secret: str, now: datetime) -> list[Told]:
    """The changes of a request that was signed just now.

    Raises:
        Refused: the signature is missing or not of this request, the time is not now, or it holds no changes.
    """
    signed_at = posted.headers.get(TIMESTAMP, "")
    if not is_of_now(signed_at, now, per_second=MILLISECOND):
        raise Refused(401)
    signed = b"POST" + posted.url.encode() + posted.body + signed_at.encode()
    expected = b64encode(hmac.digest(secret.encode(), signed, "sha256"))
    if not hmac.compare_digest(expected, posted.headers.get(SIGNATURE, "").encode()):
        raise Refused(401)
    events = json_of(posted.body)
    if not isinstance(events, list) or not all(isinstance(each, dict) for each in events):
        raise Refused(400)
    if len(events) > MOST_EVENTS:
        raise Refused(413)
    return [named(None, kept) for each in events for kept in _by_number(_kept(each))]


def _kept(said: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: said[name] for name in KEPT if said.get(name) is not None}
    if "propertyName" in kept:
        value = str(said.get("propertyValue") or "")
        kept["propertyValue"] = value if value in PLAIN or _is_moment(value) else SOMETHING
    return kept


def _by_number(kept: dict[str, Any]) -> list[dict[str, Any]]:
    """A merge once for each number, as many as one person may have here: whichever is known first wakes it."""
    if _change(kept) != Change.MERGED:
        return [kept]
    numbers = list(dict.fromkeys(map(str, _merged(kept))))
    return [kept | {WAITS_BY: number} for number in numbers[:MOST]] or [kept]


def _is_moment(value: str) -> bool:
    """A whole day is none: HubSpot tells birthdays so."""
    return bool(MILLISECONDS.fullmatch(value)) and int(value) % DAY != 0


def is_ours(told: Told, settings: Settings) -> bool:
    """An app may be installed in several accounts, a sandbox too, and in each the same number is another contact."""
    return str(told.payload.get("portalId")) == settings.hubspot_portal


def says_nothing(told: Told, _received_at: datetime) -> bool:
    """Whether it changes nothing, whoever it is of."""
    return read(told).change == Change.NOTHING


def settle(told: Told, _received_at: datetime, host: str, now: datetime) -> Settled:
    """Let a change have its effect."""
    return crm_event.settle(read(told), host, now)


def read(told: Told) -> CrmEvent:
    """What a change says."""
    said, change = told.payload, _change(told.payload)
    at = moment(int(said["occurredAt"]) / MILLISECOND)
    if change == Change.MERGED:
        return _merge(told, at)
    name, value = text(said.get("propertyName")), text(said.get("propertyValue"))
    if change == Change.DID:
        change = _done(name, value)
        at = moment(int(value) / MILLISECOND) if _is_moment(value) else at
    return CrmEvent(Crm.HUBSPOT, told.event_id, change, _number(said["objectId"]), at, _name(name))


def _merge(told: Told, at: datetime) -> CrmEvent:
    """Of several candidates who have its numbers, the one with the number that HubSpot kept has them all."""
    said = told.payload
    number, *others = dict.fromkeys(_number(each) for each in _merged(said))
    waits_by = _number(said.get(WAITS_BY, number))
    return CrmEvent(Crm.HUBSPOT, told.event_id, Change.MERGED, number, at, others=tuple(others), waits_by=waits_by)


def _name(name: str) -> str:
    """As the table of events has it; a long one ends in a mark of the whole, so that two stay two."""
    full = f"{Crm.HUBSPOT} {name}"
    return full if len(full) <= LONGEST else f"{full[: LONGEST - MARK - 1]}~{hashed(full)[:MARK]}"


def overtaken(waiting: Iterable[Told]) -> set[str]:
    """Of the changes that wait for a contact, those of a property that changed again since."""
    events = (event for event in map(read, waiting) if event.change in (Change.DID, Change.NO_MORE_MAIL))
    changes = sorted(events, key=lambda event: (event.at, event.event_id))
    newest = {event.name: event.event_id for event in changes}
    return {event.event_id for event in changes if newest[event.name] != event.event_id}


def _change(said: Mapping[str, Any]) -> Change:
    """Of contacts alone, as apps of before and of now call them."""
    about, _, what = text(said.get("subscriptionType")).partition(".")
    is_contact = about == "contact" or (about == "object" and said.get("objectTypeId") == CONTACT)
    return CHANGES.get(what, Change.NOTHING) if is_contact else Change.NOTHING


def _done(name: str, value: str) -> Change:
    """A property that was emptied tells of nothing that anybody did."""
    if name == OPT_OUT:
        return Change.NO_MORE_MAIL if value == "true" else Change.NOTHING
    return Change.DID if name and value else Change.NOTHING


def _number(told: object) -> str:
    return proper(str(told), Crm.HUBSPOT)


def _merged(said: Mapping[str, Any]) -> list[int | str]:
    """The numbers of a merge, first the one that HubSpot kept."""
    others = said.get("mergedObjectIds")
    told = [said.get("primaryObjectId"), said.get("objectId"), said.get("newObjectId")]
    return [each for each in (*told, *(others if isinstance(others, list) else [])) if isinstance(each, int | str)]
