"""Plans messages for chats, and sends what is due there: apart from mails, so that neither waits for the other."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from flask import current_app

from app import clock
from app.chat import Message
from app.db import db, write
from app.domain.actions import reminder_in_chat
from app.domain.agency.agency import the_agency
from app.domain.notices import chat_owner, delivery, notice
from app.domain.notices.catalogue import CHAT_PAUSED, CHAT_TEST
from app.domain.notices.chat_target import FOR_GOOD, ChatTarget, Failure, delivered, failed
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import CHAT, name_person
from app.domain.program import block_starting
from jobs import batches, chat_letters, chat_post
from jobs.fault import in_a_line
from jobs.unsent import Later, Skip
from jobs.writing_down import write_down

A_RUN = timedelta(seconds=60)
"""Nothing is begun later than this after a run began: chats that keep silent wait for the next one."""
log = structlog.get_logger()


def plan_due(_owner: str, now: datetime) -> int:
    """Plan what chats alone are told, and what mails tell at another moment; returns how many messages are new."""
    if the_agency() is None:
        return 0
    host = current_app.config["SETTINGS"].public_host
    write()
    planned = reminder_in_chat.plan_due(now, host) + block_starting.plan_due(now, host)
    db.session.commit()
    return planned


def send_due(owner: str, _now: datetime) -> int:
    """Send until nothing is due, for a minute at most; returns how many messages were begun."""
    until = clock.now() + A_RUN
    with chat_post.ChatPost() as post:
        return batches.work_off(owner, CHAT, lambda rows: _send_all(rows, owner, post, until))


def _send_all(rows: Sequence[OutboxRow], owner: str, post: chat_post.ChatPost, until: datetime) -> int:
    for number, row in enumerate(rows):
        if clock.now() > until:
            return number
        try:
            _send(row, owner, post)
        except Exception as fault:  # one that cannot be written must not keep the others waiting
            db.session.rollback()
            log.exception("chat_failed", row=row.id, kind=row.kind)
            write_down(partial(delivery.try_again, row, owner, clock.now(), in_a_line(fault)))
    return len(rows)


def _send(row: OutboxRow, owner: str, post: chat_post.ChatPost) -> None:
    if clock.now() > row.not_after:
        found: tuple[ChatTarget, Message] | Skip | Later = Skip(delivery.TOO_LATE)
    else:
        found = chat_letters.compose(row, clock.now())
    match found:
        case Skip(reason):
            write_down(lambda: delivery.skipped(row.id, owner, reason))
        case Later(until):
            write_down(lambda: delivery.put_off(row.id, owner, until))
        case target, message:
            _hand_over(row, owner, target, message, post)


def _hand_over(row: OutboxRow, owner: str, target: ChatTarget, message: Message, post: chat_post.ChatPost) -> None:
    """No transaction is open while the chat is talked to."""
    db.session.expunge(target)
    db.session.rollback()
    try:
        post.send(target, message.title, message.body)
    except chat_post.NotTaken as refusal:
        write_down(partial(_not_taken, row, owner, target, refusal.failure, clock.now()))
    else:
        write_down(partial(_taken, row, owner, target, clock.now()))


def _taken(row: OutboxRow, owner: str, target: ChatTarget, now: datetime) -> None:
    delivery.sent(row.id, owner, now)
    delivered(target, now)


def _not_taken(row: OutboxRow, owner: str, target: ChatTarget, failure: Failure, now: datetime) -> None:
    """It is tried again, unless that would end as it did; of a chat that pauses itself its people hear."""
    reason = f"chat: {failure}"
    if failure in FOR_GOOD or row.kind == CHAT_TEST:
        delivery.failed(row.id, owner, reason)
    else:
        delivery.try_again(row, owner, now, reason)
    if failed(target, failure, now):
        keepers = [name_person(each) for each in chat_owner.keepers(target)]
        facts = {"label": target.label, "failure": failure}
        notice.tell(CHAT_PAUSED, keepers, period=f"{target.id} {now.isoformat()}", facts=facts, now=now)
