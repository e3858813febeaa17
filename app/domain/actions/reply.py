"""A reply verifies our message: whoever sent it gets a bonus, once, however the reply came to us."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.actions import engagement_action
from app.domain.actions.engagement_action import Message
from app.domain.game import ledger
from app.domain.game.ledger import LedgerEntry

BONUS = 20
_back = aliased(LedgerEntry)


PAID = (
    select(LedgerEntry.source_kind, LedgerEntry.source_id, _back.id)
    .outerjoin(_back, _back.reverses_id == LedgerEntry.id)
    .where(LedgerEntry.idempotency_key == bindparam("key"))
)


def reward(candidate_id: int, at: datetime, day: date, now: datetime) -> int:
    """Pay for the message that a candidate now answers; 0 when there is none. The caller holds the candidate's lock."""
    message = engagement_action.newest_message(candidate_id, at)
    return pay(message, candidate_id, at, day, now) if message else 0


def pay(
    message: Message, candidate_id: int, at: datetime, day: date, now: datetime, *, logged_by: int | None = None
) -> int:
    """Credit the sender on the day of the reply; 0 when the message earned nothing or was paid already.

    `logged_by`: the action that shows the reply; undoing it takes the bonus back, and a next reply may pay it again.
    """
    if message.person_id is None or not message.points:
        return 0
    key = key_of(message.action_id)
    paid = _paid(key)
    if any(reversal is None for _, _, reversal in paid):
        return 0
    ledger.credit(
        program_id=message.program_id,
        person_id=message.person_id,
        team_id=message.team_id,
        kind=ledger.BONUS,
        action_kind_id=message.kind_id,
        rule_version=None,
        points=BONUS,
        reason="reply",
        occurred_at=at,
        local_date=day,
        recorded_at=now,
        source="system",
        candidate_id=candidate_id,
        source_kind="reply" if logged_by else "message",
        source_id=logged_by or message.action_id,
        nth=None,
        key=key,
        line=len(paid),
        actor_id=None,
    )
    return BONUS


def take_back(action_id: int, by_id: int, now: datetime) -> None:
    """An action was undone: a bonus that it earned as a message, or that it showed as a reply, goes too."""
    ledger.reverse("reply", action_id, by_id=by_id, now=now)
    for source_kind, source_id, reversal in _paid(key_of(action_id)):
        if reversal is None:
            ledger.reverse(source_kind, source_id, by_id=by_id, now=now)


def key_of(action_id: int) -> bytes:
    """The key under which the reply to a message is paid."""
    return hashlib.blake2b(f"reply to action {action_id}".encode(), digest_size=16).digest()


def _paid(key: bytes) -> Sequence[tuple[str, int, int | None]]:
    """The bonuses for one message: what showed the reply, and the reversal if there is one."""
    return [(kind, number, reversal) for kind, number, reversal in db.session.connection().execute(PAID, {"key": key})]
