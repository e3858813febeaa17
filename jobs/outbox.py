"""Sends what is due: claims rows, asks once more whether they may go, and posts them outside any transaction."""

from datetime import datetime

import structlog
from flask import current_app

from app import clock
from app.db import db, write
from app.domain.notices import delivery, preference
from app.domain.notices.outbox import OutboxRow
from app.mail import Envelope, Mail, message
from jobs import letters, post
from jobs.candidate_letters import Later

BATCH = 20
log = structlog.get_logger()


def send_due(owner: str, _now: datetime) -> int:
    """Send until nothing is due, which may take minutes; returns how many messages were claimed."""
    settled = 0
    while True:
        write()
        rows = delivery.claim(owner, clock.now(), BATCH)
        db.session.commit()
        for row in rows:
            _send(row, owner)
        settled += len(rows)
        if len(rows) < BATCH:
            return settled


def _send(row: OutboxRow, owner: str) -> None:
    if row.lease_until is None or clock.now() >= row.lease_until:
        return  # those before it took so long that it may be somebody else's by now; the next claim has it
    if clock.now() > row.not_after:
        _settle(lambda: delivery.skipped(row.id, owner, "too late"))
        return
    try:
        letter = letters.compose(row, clock.now())
    except Exception as fault:  # noqa: BLE001 - one that cannot be written must not keep the others waiting
        _put_off(row, owner, fault)
        return
    db.session.rollback()
    if isinstance(letter, letters.Skip):
        reason = letter.reason
        _settle(lambda: delivery.skipped(row.id, owner, reason))
        return
    if isinstance(letter, Later):
        later = letter.at
        _settle(lambda: delivery.put_off(row.id, owner, later))
        return
    _hand_over(row, owner, letter)


def _hand_over(row: OutboxRow, owner: str, letter: tuple[Mail, Envelope]) -> None:
    """No transaction is open while the mail server is talked to."""
    mail, envelope = letter
    try:
        post.send(message(mail, envelope, clock.now()), current_app.config["SETTINGS"].mail_url)
    except post.Refused as error:
        refusal = str(error)
        _settle(lambda: delivery.failed(row.id, owner, refusal))
        _settle(lambda: preference.flag(envelope.to, refusal, clock.now()))
        _settle(lambda: letters.refused(row, envelope.to, clock.now()))
    except post.Unreachable as error:
        trouble = str(error)
        log.warning("mail_waits", row=row.id, attempts=row.attempts)
        _settle(lambda: delivery.try_again(row, owner, clock.now(), trouble))
    except Exception as fault:  # noqa: BLE001 - as above
        _put_off(row, owner, fault)
    else:
        _settle(lambda: delivery.sent(row.id, owner, clock.now()))


def _put_off(row: OutboxRow, owner: str, fault: Exception) -> None:
    db.session.rollback()
    log.error("mail_failed", row=row.id, kind=row.kind, exc_info=fault)
    trouble = f"{type(fault).__name__}: {fault}"
    _settle(lambda: delivery.try_again(row, owner, clock.now(), trouble))


def _settle(command: "letters.Command") -> None:
    write()
    command()
    db.session.commit()
