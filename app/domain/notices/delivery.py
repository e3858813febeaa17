"""Delivery of the outbox: claiming what is due under a lease, and what became of each message."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, not_, or_, select, update
from sqlalchemy import cast as in_sql
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.domain.notices.heartbeat import SKEW
from app.domain.notices.outbox import TABLE, OutboxRow
from app.domain.notices.recipient import NO_MAIL

LEASE = timedelta(minutes=5)
MARGIN = timedelta(seconds=90)
"""A message that is begun this long before the lease ends is done before it ends."""

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
DAILY = timedelta(days=1)
OVERDUE = timedelta(minutes=10)
"""When a message that waits to be sent shows that something is wrong."""

LONGEST_ERROR = 300
TOO_LATE = "too late"
HELD = update(TABLE).where(
    TABLE.c.id == bindparam("row"), TABLE.c.state == "sending", TABLE.c.lease_owner == bindparam("owner")
)
"""A message that this sender (`owner`) holds."""
OVER = update(TABLE).where(TABLE.c.not_after < bindparam("now"))
LETTING_GO = (
    OVER.where(TABLE.c.state == "pending").values(state="skipped", last_error=TOO_LATE, payload={}),
    OVER.where(TABLE.c.state == "failed", in_sql(TABLE.c.payload, String) != "{}").values(payload={}),
)
SENT = HELD.values(state="sent", sent_at=bindparam("now"), last_error=None, payload={}, lease_until=None)


def claim(owner: str, now: datetime, limit: int = 20, *, sort: str = "") -> Sequence[OutboxRow]:
    """Take due messages for this sender; a lease that ended is taken again, with the same message id.

    So is one that ends later than any could: it is of a time when a clock was wrong. What goes to recipients of a
    `sort` of their own is taken apart from mails, so that neither waits for the other.
    """
    over = or_(OutboxRow.lease_until < now, OutboxRow.lease_until > now + LEASE + SKEW)
    ours = _goes_to(sort)
    lapsed = and_(ours, OutboxRow.state == "sending", over)
    rows = list(_take(lapsed, OutboxRow.lease_until, limit))
    if len(rows) < limit:
        waiting = and_(ours, OutboxRow.state == "pending", OutboxRow.next_try_at <= now)
        rows += _take(waiting, OutboxRow.next_try_at, limit - len(rows))
    for row in rows:
        row.state, row.lease_owner, row.lease_until = "sending", owner, now + LEASE
        row.attempts += 1
    return rows


def _goes_to(sort: str) -> ColumnElement[bool]:
    """To recipients of this sort; without one to those who are mailed."""
    apart = or_(*[OutboxRow.recipient.startswith(f"{each}:") for each in ((sort,) if sort else NO_MAIL)])
    return apart if sort else not_(apart)


def _take(due: ColumnElement[bool], first: InstrumentedAttribute[Any], limit: int) -> Sequence[OutboxRow]:
    """In the order of the index: thousands may wait."""
    asked = select(OutboxRow).where(due).order_by(first, OutboxRow.id).limit(limit)
    return db.session.scalars(asked.with_for_update(skip_locked=True)).all()


def has_time(row: OutboxRow, now: datetime) -> bool:
    """Whether this sender can be done with a message before somebody else may take it."""
    return row.lease_until is not None and now < row.lease_until - MARGIN


def release(rows: Sequence[OutboxRow], owner: str) -> None:
    """Nothing was tried of these, and those that nobody else took wait as before.

    Also when their lease is over: that may be by a clock that is ahead, and once it is set back they would be held.
    """
    mine = OutboxRow.lease_owner == owner, OutboxRow.state == "sending"
    waiting = {"state": "pending", "lease_until": None, "attempts": OutboxRow.attempts - 1}
    db.session.execute(update(OutboxRow).where(OutboxRow.id.in_([row.id for row in rows]), *mine).values(waiting))


def let_go(now: datetime) -> None:
    """What is worth nothing any more is skipped, and of what failed the facts go when nobody can try it again."""
    for statement in LETTING_GO:
        db.session.connection().execute(statement, {"now": now})


def sent(row_id: int, owner: str, now: datetime) -> None:
    """The mail server took it; the facts have served, and a link in them is nobody's business any more."""
    db.session.connection().execute(SENT, {"row": row_id, "owner": owner, "now": now})


def skipped(row_id: int, owner: str, reason: str) -> None:
    """It need not go out any more; the reason stays visible."""
    _settle(row_id, owner, state="skipped", last_error=reason[:LONGEST_ERROR], payload={})


def failed(row_id: int, owner: str, reason: str) -> None:
    """The mail server refused it for good; whoever administers may still have it tried again."""
    _settle(row_id, owner, state="failed", last_error=reason[:LONGEST_ERROR])


def put_off(row_id: int, owner: str, until: datetime) -> None:
    """It may not arrive now; nothing was tried and nothing went wrong, so nothing is said of it."""
    _settle(row_id, owner, state="pending", next_try_at=until, attempts=OutboxRow.attempts - 1)


def try_again(row: OutboxRow, owner: str, now: datetime, reason: str) -> None:
    """Wait longer after every failure; after `not_after` the message is worthless and skipped."""
    step = row.attempts - 1
    later = now + (BACK_OFF[step] if step < len(BACK_OFF) else DAILY)
    if later > row.not_after:
        skipped(row.id, owner, reason)
    else:
        _settle(row.id, owner, state="pending", next_try_at=later, last_error=reason[:LONGEST_ERROR])


def oldest_due(now: datetime, *, sort: str = "") -> datetime | None:
    """Since when the longest-waiting mail could have gone out, or what goes to recipients of a `sort` of their own."""
    due = _goes_to(sort), OutboxRow.state == "pending", OutboxRow.next_try_at <= now
    return db.session.scalar(select(OutboxRow.next_try_at).where(*due).order_by(OutboxRow.next_try_at).limit(1))


def _settle(row_id: int, owner: str, **values: object) -> None:
    """Only the sender that holds the lease may say what became of a message."""
    db.session.connection().execute(HELD.values(lease_until=None, **values), {"row": row_id, "owner": owner})
