"""What candidates write by WhatsApp or SMS, and what became of messages to them: a reply, a wish, a dead number."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.db import db
from app.domain.actions import arriving, channel_wish, engagement_action
from app.domain.actions.arriving import Arrival
from app.domain.actions.event import Happened, Subject
from app.domain.actions.settled import FATES, Outcome, Settled
from app.domain.candidates import changed, contact_state, identity
from app.domain.candidates.address import BUSINESS_ID, Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import Via
from app.domain.candidates.identity import CANDIDATE, Full, IdentityState
from app.domain.journey import unknown_kind

REPLIED = "message received"
UNDELIVERED = "undelivered"
CHANGED = "moved"


class Said(StrEnum):
    """MESSAGE: they wrote. STOP, START: what they want of the channel. MOVED: they have another number or name."""

    MESSAGE = "message"
    STOP = "stop"
    START = "start"
    READ = "read"
    FAILED = "failed"
    MOVED = "moved"
    NOTHING = "nothing"


WISHES = frozenset({Said.STOP, Said.START})
OF_THE_NUMBER = frozenset({Said.STOP, Said.FAILED})
"""What holds for everybody who has the number, whoever has it now."""


class MessageEvent(NamedTuple):
    """`addresses` are those of one person on the channel, normalised, the number first; `source` is who tells it.

    `theirs_too` are those that they have from now on.
    """

    source: str
    said: Said
    channel: Channel
    event_id: str
    at: datetime
    addresses: tuple[str, ...]
    theirs_too: tuple[str, ...] = ()


def is_nothing(event: MessageEvent) -> bool:
    """Whether it changes nothing, whoever has the number."""
    return event.said == Said.NOTHING or not event.addresses


def settle(event: MessageEvent, now: datetime) -> Settled:
    """Let it have its effect, or wait for whoever has the number; telling it again changes nothing."""
    event, is_wish = event._replace(at=min(event.at, now)), event.said in WISHES
    if is_nothing(event):
        return Settled(Outcome.NOTHING)
    sharing = sorted(contact_state.hold_many(_sharing(event.addresses)))
    if not sharing:
        return Settled(Outcome.STRANGER, event.addresses[0], is_wish)
    theirs = [each for each in sharing if not _is_another(each, event)]
    if len(theirs) == 1:
        _link(theirs[0], event)
    of_whom = sharing if event.said in OF_THE_NUMBER else theirs
    outcome = _tell(event, of_whom, now) if of_whom else Outcome.ANOTHER
    if not theirs:
        return Settled(Outcome.ANOTHER, event.addresses[-1], is_wish)
    return Settled(outcome, is_wish=is_wish)


def _tell(event: MessageEvent, of_whom: Sequence[int], now: datetime) -> Outcome:
    effect = _count if event.said in (Said.MESSAGE, Said.READ) else EFFECTS[event.said]
    outcome = effect(event, of_whom, now)
    changed.note(of_whom, now)  # whenever they said it, we know it since now
    return outcome


def _sharing(addresses: Sequence[str]) -> list[int]:
    """Who has one of these: by the channel's own name for a person first, because numbers are given out again."""
    known = identity.find_known([], addresses).by_address
    for address in reversed(addresses):
        if address in known:
            return list(known[address])
    return []


def _is_another(candidate_id: int, event: MessageEvent) -> bool:
    """Numbers are given out again: with another id than theirs it is not them, unless we heard that they moved."""
    ids = _ids(event.addresses)
    theirs = _ids(row.address for row in identity.identities_of(candidate_id)) if ids else frozenset()
    return bool(theirs) and ids.isdisjoint(theirs)


def _ids(addresses: Iterable[str]) -> frozenset[str]:
    return frozenset(each for each in addresses if BUSINESS_ID.fullmatch(each))


def _link(candidate_id: int, event: MessageEvent) -> None:
    """A number and another name that come together are one person's."""
    theirs = (*event.addresses, *event.theirs_too)
    known = identity.find_known([], theirs).by_address if len(theirs) > 1 else {}
    for address in theirs if known else ():
        if address not in known:
            _keep(candidate_id, event, address)


def _keep(candidate_id: int, event: MessageEvent, address: str) -> None:
    """One more address on the channel; when they closed that, it stays closed."""
    them = db.session.get_one(Candidate, candidate_id)
    try:
        row = identity.add(them, event.channel, address, event.at, event.source)
    except Full:
        return
    if channel_wish.is_closed(candidate_id, event.channel):
        identity.mark(row, IdentityState.OPTED_OUT, origin=CANDIDATE, now=event.at)
    db.session.flush()


def _count(event: MessageEvent, sharing: Sequence[int], now: datetime) -> Outcome:
    """It is a touchpoint of the one who did it; what they wrote stays where they wrote it."""
    who = _one_of(sharing, event.at)
    if who is None:
        return Outcome.AMBIGUOUS
    name = REPLIED if event.said == Said.MESSAGE else f"{event.channel} read"
    kind = unknown_kind.kinds_of({name}).get(name)
    if event.said == Said.MESSAGE:
        _mark(who, event, IdentityState.VERIFIED, "reply")
    if kind is None:
        return Outcome.PASSED
    done = Happened(event.event_id, Subject(), name, event.at, payload={"event": name, "channel": str(event.channel)})
    (fate,) = arriving.take_in([Arrival(done, kind, who)], event.source, now)
    return FATES[fate]


def _one_of(sharing: Sequence[int], at: datetime) -> int | None:
    """Of those who share a number, the only one to whom we wrote lately."""
    if len(sharing) == 1:
        return sharing[0]
    written_to = [each for each in sharing if engagement_action.newest_message(each, at)]
    return written_to[0] if len(written_to) == 1 else None


def _stop(event: MessageEvent, sharing: Sequence[int], _now: datetime) -> Outcome:
    """Nobody who has the number hears from us on it again."""
    closed = [channel_wish.close(each, event.channel, via=Via.MESSAGE, at=event.at) for each in sharing]
    return Outcome.CLOSED if any(closed) else Outcome.OVERTAKEN


def _start(event: MessageEvent, sharing: Sequence[int], now: datetime) -> Outcome:
    """Whoever asks for messages has written one too; for others with the number they cannot ask."""
    who = _one_of(sharing, event.at)
    if who is None:
        return Outcome.AMBIGUOUS
    opened = channel_wish.reopen(who, event.channel, via=Via.MESSAGE, at=event.at)
    _count(event._replace(said=Said.MESSAGE), [who], now)
    return Outcome.OPENED if opened else Outcome.OVERTAKEN


def _failed(event: MessageEvent, sharing: Sequence[int], _now: datetime) -> Outcome:
    """The number takes no messages, whoever has it."""
    for candidate_id in sharing:
        _mark(candidate_id, event, IdentityState.INVALID, UNDELIVERED)
    return Outcome.REFUSES


def _mark(candidate_id: int, event: MessageEvent, state: IdentityState, origin: str) -> None:
    """What was heard last counts, in whatever order it comes; of one moment what works.

    A number that was only derived from the telephone's gets a row, so that it can have a state.
    """
    contact_state.lock(candidate_id)
    for address in _derived(candidate_id, event):
        _keep(candidate_id, event, address)
    for row in identity.identities_of(candidate_id):
        before = row.state_at
        is_told = row.channel == event.channel and row.address in event.addresses
        is_news = before is None or before < event.at or (before == event.at and state == IdentityState.VERIFIED)
        if is_told and is_news:
            identity.mark(row, state, origin=origin, now=event.at)


def _derived(candidate_id: int, event: MessageEvent) -> list[str]:
    """Addresses that are theirs on other channels alone."""
    channels: dict[str, set[str]] = {}
    for row in identity.identities_of(candidate_id):
        channels.setdefault(row.address, set()).add(row.channel)
    return [each for each in event.addresses if each in channels and event.channel not in channels[each]]


def _moved(event: MessageEvent, sharing: Sequence[int], _now: datetime) -> Outcome:
    """What they have from now on was linked already; a number that they gave up reaches them no more."""
    if len(sharing) > 1:
        return Outcome.AMBIGUOUS
    _mark(sharing[0], event._replace(addresses=event.theirs_too), IdentityState.VERIFIED, CHANGED)
    new = set(event.theirs_too)
    if new - _ids(new):
        given_up = tuple(each for each in event.addresses if each not in new | _ids(event.addresses))
        _mark(sharing[0], event._replace(addresses=given_up), IdentityState.INVALID, CHANGED)
    return Outcome.ONE_PERSON


EFFECTS = {Said.STOP: _stop, Said.START: _start, Said.FAILED: _failed, Said.MOVED: _moved}
