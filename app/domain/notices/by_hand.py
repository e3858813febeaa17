"""What whoever administers does with messages of the outbox by hand: look, try again now, call off."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, func, select

from app.db import db
from app.domain.notices import outbox
from app.domain.notices.catalogue import TEST
from app.domain.notices.delivery import LONGEST_ERROR
from app.domain.notices.outbox import OutboxRow

STATES = ("pending", "sending", "sent", "failed", "skipped")
OPEN = ("pending", "failed")
"""What can still go out, or be called off."""

AGAIN, OFF = "again", "off"
WORTH = timedelta(hours=1)
"""How long a test is worth reading."""

MARK = re.compile(rf"(person:\d+) ({AGAIN}|{OFF}): (.*)", re.DOTALL)


class ByHand(NamedTuple):
    """Who did what with a message; `text` is why, or what went wrong before."""

    who: str
    did: str
    text: str


def messages(state: str | None, kind: str | None) -> Select[OutboxRow]:
    """The messages of a state and a kind: what waits in the order in which it goes, else the latest first."""
    asked = select(OutboxRow)
    if state:
        asked = asked.where(OutboxRow.state == state)
    if kind:
        asked = asked.where(OutboxRow.kind == kind)
    latest = (OutboxRow.next_try_at.desc(), OutboxRow.id.desc())
    return asked.order_by(*((OutboxRow.next_try_at, OutboxRow.id) if state == "pending" else latest))


def counts() -> dict[str, int]:
    """How many messages are in each state."""
    found = select(OutboxRow.state, func.count().label("number")).group_by(OutboxRow.state)
    return dict.fromkeys(STATES, 0) | {row.state: row.number for row in db.session.execute(found)}


def kinds() -> list[str]:
    """Of which kinds there are messages."""
    return list(db.session.scalars(select(OutboxRow.kind).distinct().order_by(OutboxRow.kind)))


def may_go(row: OutboxRow, now: datetime) -> bool:
    """Whether a message can be tried again at once."""
    return row.state in OPEN and now <= row.not_after


def try_now(row_id: int, by: str, now: datetime) -> bool:
    """Have a message tried at once; False when it went, or is worth nothing any more."""
    row = _open(row_id)
    if row is None or not may_go(row, now):
        return False
    row.state, row.next_try_at, row.last_error = "pending", now, _note(by, AGAIN, read(row.last_error).text)
    return True


def call_off(row_id: int, by: str, reason: str) -> bool:
    """A message need not go out; False when it went meanwhile. The facts in it go."""
    row = _open(row_id)
    if row is None:
        return False
    row.state, row.last_error, row.payload = "skipped", _note(by, OFF, reason), {}
    return True


def test(recipient: str, now: datetime, host: str) -> int:
    """Plan a mail to whoever asks, one in a minute; answers which it is."""
    period = f"{now:%Y-%m-%dT%H:%M}"
    when = {"due_at": now, "not_after": now + WORTH, "now": now}
    outbox.plan(kind=TEST, recipient=recipient, period=period, payload={}, host=host, **when)
    theirs = OutboxRow.kind == TEST, OutboxRow.recipient == recipient, OutboxRow.period == period
    return db.session.scalars(select(OutboxRow.id).where(*theirs)).one()


def read(note: str | None) -> ByHand:
    """What a message's last error says; without a name it is not by hand."""
    found = MARK.fullmatch(note or "")
    return ByHand(*found.groups()) if found else ByHand("", "", note or "")


def _open(row_id: int) -> OutboxRow | None:
    """Nobody else claims it meanwhile."""
    return db.session.scalar(
        select(OutboxRow).where(OutboxRow.id == row_id, OutboxRow.state.in_(OPEN)).with_for_update()
    )


def _note(by: str, did: str, text: str) -> str:
    return f"{by} {did}: {text}"[:LONGEST_ERROR]
