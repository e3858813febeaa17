"""What became of a mail, as its provider says: an address that refuses, a reader who wants no more, or who looked."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from app.db import db
from app.domain.actions import channel_wish, verdicts
from app.domain.actions.arriving import take_followed
from app.domain.agency.person import normal_email
from app.domain.candidates import contact_state, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import Via
from app.domain.candidates.identity import IdentityState
from app.domain.journey import machine
from app.domain.journey.settling import Click
from app.domain.journey.touchpoint import Hit
from app.domain.notices import catalogue, outbox, preference
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import candidate_in


class Happening(StrEnum):
    """What a provider can say; what is none of these is told us for nothing."""

    OPENED = "opened"
    CLICKED = "clicked"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    NOTHING = "nothing"


class MailEvent(NamedTuple):
    """`mark` names the mail, `event_id` the event; `agent` and `said` tell who or what it was, `link` which link."""

    happening: Happening
    mark: str
    event_id: str
    address: str
    at: datetime
    reason: str = ""
    agent: str = ""
    said: Mapping[str, Any] = MappingProxyType({})
    link: str = ""


class Outcome(StrEnum):
    """What an event was taken for."""

    NOTHING = "nothing to do"
    STRANGE = "no mail of ours"
    GONE = "nobody's any more"
    NOT_KEPT = "not kept of staff"
    OWN_LINK = "our own link told it"
    UNFOLLOWED = "the candidate is not followed"
    TAKEN = "a touchpoint"
    FLAGGED = "the address refuses mail"
    OPTED_OUT = "no more mail"


class Source(NamedTuple):
    """Who tells it, the host of our Message-IDs, and which links tell of themselves."""

    provider: str
    host: str
    tells_itself: Callable[[str], bool]


def settle(event: MailEvent, source: Source, now: datetime) -> Outcome:
    """Let what a provider says have its effect; saying it again changes nothing."""
    if event.happening == Happening.NOTHING:
        return Outcome.NOTHING
    row = outbox.by_mark(event.mark, source.host)
    if row is None:
        return Outcome.STRANGE
    if event.happening in (Happening.OPENED, Happening.CLICKED):
        return _read(event, source, row, now)
    return _refused(event, row, now)


def _refused(event: MailEvent, row: OutboxRow, now: datetime) -> Outcome:
    """The address does not exist, or whoever reads it wants no more of our mail."""
    them = _candidate(row)
    if them is not None:
        contact_state.hold_many([them.id])  # before the address, which goes with whoever is forgotten
    address = normal_email(event.address)
    if event.happening != Happening.UNSUBSCRIBED and address:
        preference.flag(address, event.reason or str(event.happening), now)
    if event.happening == Happening.BOUNCED:
        if them is not None and address:
            bounced(them.id, address, now)
        return Outcome.FLAGGED
    if them is not None:
        channel_wish.close(them.id, Channel.EMAIL, via=Via.MAIL_PROGRAM, at=now)
    elif candidate_in(row.recipient) is not None:
        return Outcome.GONE
    elif catalogue.told(row.kind).optional:
        catalogue.stop(row.recipient, row.kind, now)
    return Outcome.OPTED_OUT


def bounced(candidate_id: int, address: str, now: datetime) -> None:
    """A candidate's mail server refused an address for good."""
    contact_state.hold_many([candidate_id])
    for one in identity.identities_of(candidate_id):
        if one.address == address and one.channel == Channel.EMAIL:
            identity.mark(one, IdentityState.INVALID, origin="bounce", now=now)


def _read(event: MailEvent, source: Source, row: OutboxRow, now: datetime) -> Outcome:
    """What candidates open is a touchpoint that must settle; what colleagues open is nobody's business."""
    if candidate_in(row.recipient) is None:
        return Outcome.NOT_KEPT
    them = _candidate(row)
    if them is None or source.tells_itself(event.link):
        return Outcome.GONE if them is None else Outcome.OWN_LINK
    since = event.at - row.sent_at if row.sent_at else None
    judged = machine.judge(event.agent, "GET", event.said, after=since)
    kind = "mail_click" if event.happening == Happening.CLICKED else "mail_open"
    verdict = machine.at_first(judged, event.mark)
    (taken,) = take_followed([Hit(them.id, kind, event.at, source.provider, event.event_id, verdict=verdict)], now)
    if taken is None:
        return Outcome.UNFOLLOWED
    if taken.touchpoint_id is not None:
        link = event.link if event.happening == Happening.CLICKED else ""
        click = Click(taken.touchpoint_id, them.id, source.provider, event.mark, link, event.at, becomes=judged)
        verdicts.watch([click], now)
    return Outcome.TAKEN


def _candidate(row: OutboxRow) -> Candidate | None:
    """Whose mail it was, or into whom they were merged; None when they were forgotten, or it was a colleague's."""
    them = db.session.get(Candidate, candidate_in(row.recipient) or 0)
    if them is not None and them.merged_into_id is not None:
        them = db.session.get(Candidate, them.merged_into_id)
    return None if them is None or them.anonymised_at is not None else them
