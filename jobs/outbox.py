"""Sends what is due: claims rows, asks once more whether they may go, and posts them outside any transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from flask import current_app

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_agency
from app.domain.notices import delivery, preference
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import the_program
from app.mail import Envelope, Mail, message
from jobs import letters, post
from jobs.fault import in_a_line
from jobs.unsent import Later, Skip
from jobs.writing_down import write_down

BATCH = 50
FRESH = timedelta(seconds=10)
"""What was asked for a batch holds so long: whoever says no to a mail gets none that is begun later than that."""
Compose = Callable[[OutboxRow], letters.Composed]
Written = letters.Composed | Exception
log = structlog.get_logger()


def send_due(owner: str, _now: datetime) -> int:
    """Send until nothing is due, which may take minutes; returns how many messages were claimed."""
    settled, settings = 0, current_app.config["SETTINGS"]
    with post.Post(settings.mail_url, settings.mail_certificate) as office:
        while rows := _claim(owner):
            begun = _send_all(rows, owner, office)
            settled += begun
            if begun < len(rows):
                write_down(partial(delivery.release, rows[begun:], owner))
                break
            if len(rows) < BATCH:
                break
    return settled


def _claim(owner: str) -> Sequence[OutboxRow]:
    write()
    delivery.let_go(clock.now())
    rows = delivery.claim(owner, clock.now(), BATCH)
    db.session.commit()
    for row in rows:
        db.session.expunge(row)  # it is ours: nothing in it changes, and no transaction need read it again
    return rows


def _send_all(rows: Sequence[OutboxRow], owner: str, office: post.Post) -> int:
    """How many were begun: when the mail server is away, or it took too long, the others wait for the next turn."""
    written, stale_at = _write(rows), clock.now() + FRESH
    for number, row in enumerate(rows):
        if office.is_away or not delivery.has_time(row, clock.now()):
            return number
        if clock.now() > stale_at:
            written, stale_at = _write(rows[number:]), clock.now() + FRESH
        _send(row, written[row.id], owner, office)
    return len(rows)


def _write(rows: Sequence[OutboxRow]) -> dict[int, Written]:
    """Their letters as things are now, all before the first is sent: one after the other costs a fifth less."""
    compose = _composer(rows)
    return {row.id: _try(compose, row) for row in rows}


def _composer(rows: Sequence[OutboxRow]) -> Compose:
    """What is asked for all of them together; where one of them spoils that, each is asked for by itself."""
    try:
        compose = letters.Batch(rows, clock.now()).compose
    except Exception as fault:  # whose fault it is shows when each is asked for by itself
        db.session.rollback()
        log.warning("batch_failed", exc_info=fault)
        return lambda row: letters.compose(row, clock.now())
    _read_anew()
    return compose


def _try(compose: Compose, row: OutboxRow) -> Written:
    try:
        return compose(row)
    except Exception as fault:  # noqa: BLE001 - one that cannot be written must not keep the others waiting
        db.session.rollback()
        return fault
    finally:
        _read_anew()


def _send(row: OutboxRow, letter: Written, owner: str, office: post.Post) -> None:
    if clock.now() > row.not_after:
        write_down(lambda: delivery.skipped(row.id, owner, delivery.TOO_LATE))
        return
    match letter:
        case Skip(reason):
            write_down(lambda: delivery.skipped(row.id, owner, reason))
        case Later(until):
            write_down(lambda: delivery.put_off(row.id, owner, until))
        case Exception():
            _put_off(row, owner, letter)
        case mail, envelope:
            _hand_over(row, owner, mail, envelope, office)


def _hand_over(row: OutboxRow, owner: str, mail: Mail, envelope: Envelope, office: post.Post) -> None:
    """No transaction is open while the mail server is talked to."""
    try:
        office.send(message(mail, envelope, clock.now()))
    except post.Refused as error:
        _refused(row, owner, envelope, error)
    except post.Unreachable as error:
        trouble = str(error)
        log.warning("mail_waits", row=row.id, attempts=row.attempts)
        write_down(lambda: delivery.try_again(row, owner, clock.now(), trouble))
    except Exception as fault:  # noqa: BLE001 - as above
        _put_off(row, owner, fault)
    else:
        write_down(lambda: delivery.sent(row.id, owner, clock.now()))


def _refused(row: OutboxRow, owner: str, envelope: Envelope, error: post.Refused) -> None:
    """It failed for good; an address at which nobody is gets no other mail either."""
    refusal = str(error)

    def became() -> None:
        if error.of_address:
            letters.refused(row, envelope.to, clock.now())  # first: it holds the candidate, with whom the others may go
            preference.flag(envelope.to, refusal, clock.now())
        delivery.failed(row.id, owner, refusal)

    write_down(became)


def _put_off(row: OutboxRow, owner: str, fault: Exception) -> None:
    log.error("mail_failed", row=row.id, kind=row.kind, exc_info=fault)
    trouble = in_a_line(fault)
    write_down(lambda: delivery.try_again(row, owner, clock.now(), trouble))


def _read_anew() -> None:
    """End the transaction, if a letter needed one: the next asks anew for what is not the same for all of a batch."""
    if not db.session().in_transaction():
        return
    kept = [row for row in (the_agency(), the_program()) if row is not None]
    for row in kept:
        db.session.expunge(row)
    db.session.rollback()
    db.session.add_all(kept)
