"""The invitation to one's follow-up block: one mail with a calendar entry when it is set, and one after each change."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.notices import outbox
from app.domain.notices.catalogue import PLAYERS
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person
from app.domain.program import occurrence, regular_mail
from app.domain.program.block import Block
from app.domain.program.occurrence import Timetable

KIND = "block_invitation"
SETTLES = timedelta(minutes=10)
"""Whoever sets a block may think better of it at once: nobody is mailed about what lasted for minutes."""

WORTH = timedelta(days=7)


def plan_due(now: datetime, host: str) -> int:
    """Plan a mail to everybody whose block is not the one that they were mailed last; returns how many are new."""
    people, today = regular_mail.readers(PLAYERS), clock.local_day(now, the_zone())
    table = occurrence.timetable(people, today, today)
    if table is None or any(row.set_at and row.set_at > now - SETTLES for row in table.blocks):
        return 0
    mailed = _mailed()
    planned = 0
    for person in people:
        number, _, before = mailed.get(name_person(person.id), "0:").partition(":")
        present = mark(_lasting(table, person))
        if present and present != before:
            planned += _plan(person, f"{int(number) + 1}:{present}", now, host)
    return planned


def _plan(person: Person, period: str, now: datetime, host: str) -> bool:
    return outbox.plan(
        kind=KIND,
        recipient=name_person(person.id),
        period=period,
        payload={},
        due_at=now,
        not_after=now + WORTH,
        now=now,
        host=host,
    )


def mark(block: Block | None) -> str:
    """What makes it another time of the week."""
    return f"{block.weekday}-{block.starts}-{block.minutes}" if block else ""


def lasting(person: Person, now: datetime) -> Block | None:
    """The block that holds for a person once every change that was made has come."""
    today = clock.local_day(now, the_zone())
    table = occurrence.timetable([person], today, today)
    return _lasting(table, person) if table else None


def is_so(row: OutboxRow, block: Block | None) -> bool:
    """Whether a planned mail still tells of the block that holds."""
    return row.period.partition(":")[2] == mark(block)


def _lasting(table: Timetable, person: Person) -> Block | None:
    return table.reserved(person, max(row.from_week for row in table.blocks))


def _mailed() -> dict[str, str]:
    """Of whom is known what they were mailed last, as a number and a mark."""
    newest = select(func.max(OutboxRow.id)).where(OutboxRow.kind == KIND).group_by(OutboxRow.recipient)
    rows = db.session.execute(select(OutboxRow.recipient, OutboxRow.period).where(OutboxRow.id.in_(newest)))
    return {row.recipient: row.period for row in rows}
