"""What a CRM tells of somebody by its own number: what they did, with whom they are one, what they want no more."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.actions import arriving, channel_wish, own_data
from app.domain.actions.arriving import Arrival
from app.domain.actions.event import Happened, Subject
from app.domain.actions.settled import FATES, Outcome, Settled
from app.domain.candidates import changed, contact_state, crm_id
from app.domain.candidates.address import Channel
from app.domain.candidates.consent import Via
from app.domain.candidates.crm_id import Crm, Full, Taken
from app.domain.journey import unknown_kind
from app.domain.notices import provider_event


class Change(StrEnum):
    """DID: a fact of theirs changed because they did something. MERGED: the `others` are the same person since."""

    DID = "did"
    MERGED = "merged"
    NO_MORE_MAIL = "no_more_mail"
    FORGET = "forget"
    NOTHING = "nothing"


class CrmEvent(NamedTuple):
    """`number` is the CRM's own of the person; `name` what it calls the fact, as the table of events has it.

    `waits_by`: by which of the numbers a merge waits, when nobody has any; it comes once for each of them.
    """

    crm: Crm
    event_id: str
    change: Change
    number: str
    at: datetime
    name: str = ""
    others: tuple[str, ...] = ()
    waits_by: str = ""


class Teller(NamedTuple):
    """Where and when it is settled; `host` is that of our mails."""

    host: str
    now: datetime


def settle(event: CrmEvent, host: str, now: datetime) -> Settled:
    """Let it have its effect, or wait for whoever has the number; telling it again changes nothing."""
    return EFFECTS[event.change](event, Teller(host, now))


def _nothing(_event: CrmEvent, _teller: Teller) -> Settled:
    return Settled(Outcome.NOTHING)


def _did(event: CrmEvent, teller: Teller) -> Settled:
    """A touchpoint of the kind that the agency takes it for."""
    kind = unknown_kind.kinds_of({event.name}).get(event.name)
    if kind is None:
        return Settled(Outcome.PASSED)
    who = _who(event)
    if who is None:
        return Settled(Outcome.STRANGER, event.number)
    done = Happened(event.event_id, Subject(), event.name, event.at, payload={"event": event.name})
    (fate,) = arriving.take_in([Arrival(done, kind, who)], str(event.crm), teller.now)
    return Settled(FATES[fate])


def _no_more_mail(event: CrmEvent, teller: Teller) -> Settled:
    who = _who(event)
    if who is None:
        return Settled(Outcome.STRANGER, event.number, is_wish=True)
    closed = channel_wish.close(who, Channel.EMAIL, via=Via.MAIL_PROGRAM, at=min(event.at, teller.now))
    changed.note([who], teller.now)
    return Settled(Outcome.CLOSED if closed else Outcome.OVERTAKEN, is_wish=True)


def _unite(event: CrmEvent, teller: Teller) -> Settled:
    """Whoever has one of the numbers has them all; two candidates stay two until somebody here merges them."""
    numbers = (event.number, *event.others)
    known = crm_id.whose(event.crm, numbers)
    if not known:
        return Settled(Outcome.STRANGER, event.waits_by or event.number)
    who = known.get(event.number) or min(known.values())
    for number in numbers:
        if number not in known:
            try:
                crm_id.give(who, event.crm, number, origin=str(event.crm), now=teller.now)
            except (Taken, Full):
                continue
    return Settled(Outcome.AMBIGUOUS if len(set(known.values())) > 1 else Outcome.ONE_PERSON)


def _forget(event: CrmEvent, teller: Teller) -> Settled:
    """Deleted there for good because they asked for it: here whoever administers sees to it."""
    who = _who(event)
    held = contact_state.hold_many([who] if who is not None else [])
    provider_event.let_go(event.crm, event.number)
    if who is None or who not in held:
        return Settled(Outcome.NOTHING)
    own_data.wish_to_be_forgotten(who, f"{event.crm}:{event.event_id[:32]}", teller.now, teller.host)
    return Settled(Outcome.FORGET)


def _who(event: CrmEvent) -> int | None:
    return crm_id.whose(event.crm, [event.number]).get(event.number)


EFFECTS = {
    Change.DID: _did,
    Change.MERGED: _unite,
    Change.NO_MORE_MAIL: _no_more_mail,
    Change.FORGET: _forget,
    Change.NOTHING: _nothing,
}
