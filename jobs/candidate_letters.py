"""Turns a row of the outbox into a letter to a candidate, if they may still be mailed."""

from datetime import datetime

from app import clock
from app.db import db
from app.domain.actions import mail_event, mailing_hours, nudge
from app.domain.candidates import candidate_mail, following
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import FEEDBACK, RENEWAL, UNFINISHED
from app.domain.candidates.link import LinkPurpose
from app.domain.candidates.preference import Purpose
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import candidate_in
from app.mail import Envelope, Mail, provider_headers, render, sender
from app.words import own as words
from app.words.feedback import faces, picture
from jobs.unsent import Later, Skip

IN_THEIR_HOURS = {FEEDBACK: Purpose.FEEDBACK, UNFINISHED: Purpose.CONTACT}
"""Letters that go out by themselves, and the purpose of which the candidate may have said when."""


def is_for_one(row: OutboxRow) -> bool:
    """Whether a message is for a candidate."""
    return candidate_in(row.recipient) is not None


def compose(row: OutboxRow, now: datetime) -> tuple[Mail, Envelope] | Skip | Later:
    """The letter and where it goes, or why it need not go any more, or not now; asked again at this moment."""
    candidate_id = candidate_in(row.recipient) or 0
    refusal = candidate_mail.refusal(candidate_id, LinkPurpose(row.payload["purpose"]))
    to = candidate_mail.address_of(candidate_id)
    if refusal or to is None:
        return Skip(refusal or candidate_mail.Refusal.NO_ADDRESS)
    them = db.session.get_one(Candidate, candidate_id)
    if over := _over(row, them, now):
        return Skip(over)
    opens = _opens(row, candidate_id, now)
    if opens is not None and opens > now:
        return Later(opens)
    owner = nudge.owner_of(candidate_id) if row.kind == UNFINISHED else None
    facts = {"candidate": them, "words": words, "lives": _lives(row), "faces": faces, "picture": picture}
    mail = render(row.kind, words.language_of(them), owner=owner, **facts, **row.payload)
    named, stop_url = sender(row.payload["agency"] or row.payload["program"]), row.payload["stop_url"]
    headers = provider_headers(row.message_id, followed=not following.unfollowed([candidate_id]))
    return mail, Envelope(to, named, row.message_id, stop_url, owner.email if owner else None, headers)


def bounced(row: OutboxRow, address: str, now: datetime) -> None:
    """The candidate's mail server refused the address for good."""
    mail_event.bounced(candidate_in(row.recipient) or 0, address, now)


def _opens(row: OutboxRow, candidate_id: int, now: datetime) -> datetime | None:
    """When a letter that nobody asked for may arrive; one that a colleague sends goes when they send it."""
    if row.payload["by"]:
        return None
    if row.kind == RENEWAL:
        return mailing_hours.next_hour(candidate_id, now)
    if row.kind not in IN_THEIR_HOURS:
        return None
    return mailing_hours.opens_at(candidate_id, now, IN_THEIR_HOURS[row.kind]) or row.not_after


def _over(row: OutboxRow, them: Candidate, now: datetime) -> str | None:
    """Why a letter has lost its purpose since it was planned."""
    if row.kind == UNFINISHED:
        return nudge.over(them.id, row.payload["vacancy_id"], now)
    return "kept longer by now" if row.kind == RENEWAL and _kept_longer(row, them) else None


def _kept_longer(row: OutboxRow, them: Candidate) -> bool:
    """They answered another letter since this one was planned, or never needed it."""
    told = row.payload.get("keep_until")
    return them.keep_until is None or (told is not None and them.keep_until > clock.parse(told))


def _lives(row: OutboxRow) -> int:
    """For how many days the link works."""
    return (row.not_after - row.due_at).days
