"""A mail to a candidate with a link to a page of their own: planned once, and asked again before it leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import consent, identity, link
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.notices import outbox, preference
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_candidate

KIND = "candidate_link"
RENEWAL = "retention_renewal"
FEEDBACK = "feedback_asked"
UNFINISHED = "unfinished_application"
OWN_KINDS = MappingProxyType(
    {LinkPurpose.RENEW: RENEWAL, LinkPurpose.FEEDBACK: FEEDBACK, LinkPurpose.APPLY: UNFINISHED}
)
"""Purposes that have a mail of their own."""

KINDS = (KIND, *OWN_KINDS.values())
FAVOURS = frozenset((LinkPurpose.REFER, LinkPurpose.FEEDBACK, LinkPurpose.APPLY))
"""What we ask of our own accord: not of who objected, or took back that they may be approached."""

MAILED_EVERY = timedelta(hours=1)
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Refusal(StrEnum):
    """Why a candidate may not be mailed; read in the log of the outbox."""

    FORGOTTEN = "the candidate was forgotten or merged"
    NO_ADDRESS = "no mail address that works"
    FLAGGED = "the address refuses mail"
    DO_NOT_CONTACT = "do not contact"
    OBJECTED = "the candidate objected"
    NO_CONSENT = "no consent to be approached"
    LATELY = "the same was mailed within the hour"


def no_trap(_candidate_id: int, _message: str, _now: datetime) -> str:
    """A mail in which nothing gives machines away."""
    return ""


@dataclass(frozen=True, slots=True)
class Sender:
    """In whose name a candidate is written to, and how a token becomes an address of ours.

    `trap` makes the address of a link that only machines follow, for a candidate and a message.
    """

    program: str
    agency: str
    host: str
    url: Callable[[LinkPurpose, str], str]
    trap: Callable[[int, str, datetime], str] = no_trap


def send_link(
    candidate: Candidate,
    purpose: LinkPurpose,
    *,
    by: Person | None,
    now: datetime,
    sender: Sender,
    facts: Mapping[str, Any] = NOTHING,
) -> CandidateLink | None:
    """Make a link and plan its mail, with a link below it to stop; None when the candidate may not be mailed.

    `facts` are what a kind of mail tells beside the link; what is personal in them goes when the mail is settled.
    """
    if refusal(candidate.id, purpose) is not None:
        return None
    by_id = by.id if by else None
    made = link.make(candidate.id, purpose, by_id=by_id, now=now)
    stop = link.make(candidate.id, LinkPurpose.STOP, by_id=by_id, now=now)
    outbox.plan(
        kind=OWN_KINDS.get(purpose, KIND),
        recipient=name_candidate(candidate.id),
        period=made.row.mark,
        payload={
            "purpose": str(purpose),
            "url": sender.url(purpose, made.token),
            "stop_url": sender.url(LinkPurpose.STOP, stop.token),
            "trap_url": sender.trap(candidate.id, made.row.mark, now),
            "program": sender.program,
            "agency": sender.agency,
            "by": by.name if by else "",
            **facts,
        },
        due_at=now,
        not_after=made.row.expires_at,
        now=now,
        host=sender.host,
    )
    return made.row


def refusal(candidate_id: int, purpose: LinkPurpose) -> Refusal | None:
    """Why this mail may not go to a candidate now; None when it may. What they asked for themselves always may."""
    row = db.session.get(Candidate, candidate_id)
    if row is None or row.merged_into_id is not None or row.anonymised_at is not None:
        return Refusal.FORGOTTEN
    to = address_of(candidate_id)
    if to is None:
        return Refusal.NO_ADDRESS
    if preference.is_flagged(to):
        return Refusal.FLAGGED
    return None if purpose == LinkPurpose.KNOWN else _unwanted(candidate_id, purpose)


def _unwanted(candidate_id: int, purpose: LinkPurpose) -> Refusal | None:
    """Who objected to being scored may be asked how to be reached, and is not asked for favours."""
    state = db.session.get_one(ContactState, candidate_id)
    if state.do_not_contact_at is not None:
        return Refusal.DO_NOT_CONTACT
    if purpose not in FAVOURS:
        return None
    if state.objected_at is not None:
        return Refusal.OBJECTED
    return Refusal.NO_CONSENT if _withdrew(candidate_id) else None


def _withdrew(candidate_id: int) -> bool:
    """Whether they took back that they may be approached, at all or by mail."""
    said = consent.current(candidate_id)
    asked = (said.get((ConsentPurpose.CONTACT, channel)) for channel in (None, str(Channel.EMAIL)))
    return any(row is not None and not row.given for row in asked)


def address_of(candidate_id: int) -> str | None:
    """The mail address on which a candidate can be reached."""
    way = identity.ways(identity.identities_of(candidate_id)).get(Channel.EMAIL)
    return way.address if way else None


def was_mailed(candidate_id: int, purpose: LinkPurpose, now: datetime) -> bool:
    """Whether the same was planned for them lately, whoever asked for it: nobody is mailed twice by a double press."""
    mark = func.substr(CandidateLink.token_hash, 1, link.LONGEST_MARK)
    lately = (
        select(CandidateLink.id)
        .join(OutboxRow, OutboxRow.period == mark)
        .where(
            CandidateLink.candidate_id == candidate_id,
            CandidateLink.purpose == purpose,
            CandidateLink.made_at > now - MAILED_EVERY,
            OutboxRow.recipient == name_candidate(candidate_id),
        )
    )
    return db.session.scalar(lately.limit(1)) is not None


def withdraw(candidate_id: int, reason: str) -> None:
    """What was planned for a candidate and not sent yet has lost its purpose."""
    for kind in KINDS:
        outbox.skip(kind, name_candidate(candidate_id), reason)
