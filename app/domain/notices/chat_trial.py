"""A trial of a chat: a message that says no more than that it arrives, sent as all others are."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db import db
from app.domain.notices import outbox
from app.domain.notices.catalogue import CHAT_TEST
from app.domain.notices.chat_target import ChatTarget
from app.domain.notices.outbox import OutboxRow

LIVES = timedelta(minutes=10)


def plan(target: ChatTarget, now: datetime, host: str) -> bool:
    """Send one as soon as can be; False when one of this minute was planned already."""
    return outbox.plan(
        kind=CHAT_TEST,
        recipient=target.recipient,
        period=f"{now:%Y-%m-%dT%H:%M}",
        payload={},
        due_at=now,
        not_after=now + LIVES,
        now=now,
        host=host,
    )


def on_their_way(targets: Collection[ChatTarget]) -> set[str]:
    """The chats to which one is on its way."""
    waiting = OutboxRow.state.in_(("pending", "sending")), OutboxRow.kind == CHAT_TEST
    mine = OutboxRow.recipient.in_([each.recipient for each in targets])
    return set(db.session.scalars(select(OutboxRow.recipient).where(*waiting, mine))) if targets else set()
