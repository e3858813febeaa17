"""How candidates are reached, through the API: their addresses, and what they wish for each purpose."""

from typing import Any

from app import clock
from app.blueprints.api.candidate_schemas import IdentityState as StateBody
from app.blueprints.api.candidate_schemas import IdentityTold, NewIdentity, WishBody, WishTold
from app.blueprints.api.candidates import held, may_read, seen, telling
from app.blueprints.api.contract import shape, unusable
from app.blueprints.api.once import once
from app.blueprints.api.paging import Part, part_schema
from app.domain.agency.api_token import Scope
from app.domain.candidates import identity, preference, question
from app.domain.candidates.address import Channel, Unreachable
from app.domain.candidates.identity import Full, Identity, IdentityState
from app.domain.candidates.preference import ARRANGEMENTS, ChannelPreference, Purpose, SaidBy, Wish
from app.language import gettext as _
from app.web import auth
from app.web.errors import found

ORIGIN = "recruiter"
"""Whoever has the token speaks for the candidate, as on the pages."""


@shape.needs(Scope.CANDIDATES_READ)
@shape.answers(200, part_schema(IdentityTold))
def identities(candidate_id: int) -> Part[Identity]:
    """Every way to reach a candidate."""
    return telling(candidate_id, Part(identity.identities_of(seen(candidate_id).id), None))


@shape.needs(Scope.CANDIDATES_WRITE)
@shape.takes(NewIdentity)
@shape.answers(201, IdentityTold)
def add_identity(body: dict[str, Any], candidate_id: int) -> Identity | dict[str, int]:
    """One more; one that is there already is the same one."""
    seen(candidate_id)

    def add() -> int:
        row = _added(candidate_id, Channel(body["channel"]), body["address"])
        return row.id

    return _told(candidate_id, once(add))


@shape.needs(Scope.CANDIDATES_WRITE)
@shape.takes(StateBody)
@shape.answers(200, IdentityTold)
def mark_identity(body: dict[str, Any], candidate_id: int, identity_id: int) -> Identity | dict[str, int]:
    """Say that an address works, does not work, or is to be left alone."""
    _identity(candidate_id, identity_id)

    def mark() -> int:
        row = _held(candidate_id, identity_id)
        identity.mark(row, IdentityState(body["state"]), origin=ORIGIN, now=clock.now())
        return row.id

    return _told(candidate_id, once(mark, 200))


@shape.needs(Scope.CANDIDATES_WRITE)
@shape.answers(204)
def remove_identity(candidate_id: int, identity_id: int) -> None:
    """Forget an address that is not theirs."""

    def remove() -> int:
        identity.remove(_held(candidate_id, identity_id), clock.now())
        return identity_id

    once(remove, 204)


@shape.needs(Scope.CANDIDATES_READ)
@shape.answers(200, part_schema(WishTold))
def wishes(candidate_id: int) -> Part[ChannelPreference]:
    """What a candidate wishes now, for every purpose of which something was said."""
    said = preference.current(seen(candidate_id).id)
    return telling(candidate_id, Part([said[purpose] for purpose in Purpose if purpose in said], None))


@shape.needs(Scope.CANDIDATES_WRITE)
@shape.takes(WishBody)
@shape.answers(200, WishTold)
def wish(body: dict[str, Any], candidate_id: int, purpose: str) -> ChannelPreference | dict[str, str]:
    """Remember everything that was said for one purpose."""
    seen(candidate_id)
    asked = Purpose(found(purpose if purpose in set(Purpose) else None))
    wanted = _wish(body, asked)

    def remember() -> int:
        held(candidate_id)
        return _remember(candidate_id, asked, wanted, SaidBy(body["said_by"]))

    once(remember, 200)
    return preference.current(candidate_id)[asked] if may_read() else {"purpose": asked}


def _remember(candidate_id: int, purpose: Purpose, wanted: Wish, said_by: SaidBy) -> int:
    """Whoever was asked this has answered now."""
    now, by_id = clock.now(), auth.person().id
    row = preference.prefer(candidate_id, wanted, purpose=purpose, said_by=said_by, by_id=by_id, now=now)
    if said_by == SaidBy.CANDIDATE:
        question.close(candidate_id, "told", now, subject=question.PREFERENCE)
    return row.id


def _told(candidate_id: int, identity_id: int) -> Identity | dict[str, int]:
    """The address, or to a token that only writes which one it is."""
    return _identity(candidate_id, identity_id) if may_read() else {"id": identity_id}


def _identity(candidate_id: int, identity_id: int) -> Identity:
    return found(identity.one_of(seen(candidate_id).id, identity_id))


def _held(candidate_id: int, identity_id: int) -> Identity:
    return found(identity.one_of(held(candidate_id).id, identity_id))


def _added(candidate_id: int, channel: Channel, address: str) -> Identity:
    try:
        row = identity.add(held(candidate_id), channel, address, clock.now(), "api")
    except Unreachable:
        raise unusable({"address": [_("Nobody can be reached there: check the number or address.")]}) from None
    except Full:
        raise unusable({"address": [_("This candidate has many addresses already; remove one first.")]}) from None
    return row


def _wish(body: dict[str, Any], purpose: Purpose) -> Wish:
    start, end = body["from_minute"], body["until_minute"]
    if start is not None and end is not None and end <= start:
        raise unusable({"until_minute": [_("This is before it begins.")]})
    if body["arrangement"] not in {"", *ARRANGEMENTS.get(purpose, ())}:
        raise unusable({"arrangement": [_("This is not possible for this purpose.")]})
    kept = {name: body[name] for name in ("language", "no_voicemail", "arrangement", "note")}
    channels = tuple(Channel(channel) for channel in dict.fromkeys(body["channels"]))
    return Wish(channels, body["days"], start, end, **kept)
