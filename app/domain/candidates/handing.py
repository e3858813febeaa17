"""Handing a candidate a link: by mail, or shown once to whoever passes it on; a question is asked once at a time."""

from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from app.domain.agency.person import Person
from app.domain.candidates import candidate_mail, link, question
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import Refusal, Sender
from app.domain.candidates.link import CandidateLink, LinkPurpose

SUBJECTS = MappingProxyType(
    {LinkPurpose.REACH: "preference", LinkPurpose.RENEW: "renewal", LinkPurpose.FEEDBACK: "satisfaction"}
)
HANDED = (LinkPurpose.REACH, LinkPurpose.FEEDBACK, LinkPurpose.REFER, LinkPurpose.KNOWN, LinkPurpose.RENEW)
WITHDRAWN = "withdrawn"


class NotMailed(Exception):  # noqa: N818 - it names what is the case
    """The candidate may not be mailed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class Handed(NamedTuple):
    """The link, and its address where it is to be passed on; that is known only now."""

    row: CandidateLink
    url: str


def mail(candidate: Candidate, purpose: LinkPurpose, by: Person, now: datetime, sender: Sender) -> CandidateLink:
    """Mail a link.

    Raises:
        AlreadyAsked: the candidate still has another question to answer.
        NotMailed: they may not be mailed.
    """
    refusal = candidate_mail.refusal(candidate.id, purpose)
    if refusal is not None:
        raise NotMailed(refusal)
    if candidate_mail.was_mailed(candidate.id, purpose, now):
        raise NotMailed(Refusal.LATELY)
    _ask(candidate.id, purpose, Channel.EMAIL, by, now)
    row = candidate_mail.send_link(candidate, purpose, by=by, now=now, sender=sender)
    if row is None:
        raise NotMailed(Refusal.NO_ADDRESS)
    return row


def show(candidate: Candidate, purpose: LinkPurpose, by: Person, now: datetime, sender: Sender) -> Handed:
    """Make a link for a message that a person sends themselves.

    Raises:
        AlreadyAsked: the candidate still has another question to answer.
    """
    _ask(candidate.id, purpose, None, by, now)
    made = link.make(candidate.id, purpose, by_id=by.id, now=now)
    return Handed(made.row, sender.url(purpose, made.token))


def end(row: CandidateLink, now: datetime) -> None:
    """The link opens nothing any more, and what it asked is no longer open."""
    link.end(row, now)
    asked = question.open_question(row.candidate_id)
    if asked is not None and asked.subject == SUBJECTS.get(LinkPurpose(row.purpose)):
        question.close(row.candidate_id, WITHDRAWN, now)


def _ask(candidate_id: int, purpose: LinkPurpose, channel: Channel | None, by: Person, now: datetime) -> None:
    if purpose in SUBJECTS:
        question.ask(candidate_id, SUBJECTS[purpose], channel=channel, by_id=by.id, now=now)
