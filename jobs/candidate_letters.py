"""Turns a row of the outbox into a letter to a candidate, if they may still be mailed."""

from datetime import datetime

from flask import current_app

from app import clock
from app.db import db
from app.domain.candidates import candidate_mail, identity
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import RENEWAL
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.link import LinkPurpose
from app.domain.notices.outbox import OutboxRow
from app.mail import Envelope, Mail, render
from app.words import own as words

PREFIX = candidate_mail.recipient(0).removesuffix("0")


def is_for_one(row: OutboxRow) -> bool:
    """Whether a message is for a candidate."""
    return row.recipient.startswith(PREFIX)


def compose(row: OutboxRow) -> tuple[Mail, Envelope] | str:
    """The letter and where it goes, or why it need not go any more; asked again at this moment."""
    candidate_id = int(row.recipient.removeprefix(PREFIX))
    refusal = candidate_mail.refusal(candidate_id, LinkPurpose(row.payload["purpose"]))
    to = candidate_mail.address_of(candidate_id)
    if refusal or to is None:
        return refusal or candidate_mail.Refusal.NO_ADDRESS
    them = db.session.get_one(Candidate, candidate_id)
    if row.kind == RENEWAL and _kept_longer(row, them):
        return "kept longer by now"
    mail = render(row.kind, words.language_of(them), candidate=them, words=words, lives=_lives(row), **row.payload)
    return mail, Envelope(to, current_app.config["SETTINGS"].mail_from, row.message_id, row.payload["stop_url"])


def bounced(row: OutboxRow, address: str, now: datetime) -> None:
    """The candidate's mail server refused the address for good."""
    for one in identity.identities_of(int(row.recipient.removeprefix(PREFIX))):
        if one.address == address:
            identity.mark(one, IdentityState.INVALID, origin="bounce", now=now)


def _kept_longer(row: OutboxRow, them: Candidate) -> bool:
    """They answered another letter since this one was planned, or never needed it."""
    told = row.payload.get("keep_until")
    return them.keep_until is None or (told is not None and them.keep_until > clock.parse(told))


def _lives(row: OutboxRow) -> int:
    """For how many days the link works."""
    return (row.not_after - row.due_at).days
