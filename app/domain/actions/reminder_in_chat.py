"""The weekly reminder in people's own chats: at the hour of the mail, about the same block."""

from datetime import datetime

from app import clock
from app.db import db
from app.domain.actions import reminder
from app.domain.actions.reminder import KIND
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.notices import chat_owner, outbox, preference
from app.domain.notices.chat_target import ChatTarget
from app.domain.notices.preference import Way
from app.domain.notices.recipient import name_person
from app.domain.program import occurrence
from app.domain.program.occurrence import Occurrence


def plan_due(now: datetime, host: str) -> int:
    """Plan those that are due by now and whose block is not over; returns how many are new."""
    today = clock.local_day(now, the_zone())
    people = db.session.scalars(reminder.recipients().where(Person.id.in_(chat_owner.with_open()))).all()
    table = occurrence.timetable(people, today, today) if people else None
    silent = preference.refusing([name_person(each.id) for each in people], KIND, Way.CHAT)
    blocks = (
        {each.id: table.in_week(each, today) for each in people if name_person(each.id) not in silent} if table else {}
    )
    due = {who: block for who, block in blocks.items() if block and reminder.due_at(block) <= now < block.ends}
    chats = chat_owner.open_of(due)
    return sum(_plan(chat, due[who], now, host) for who, theirs in chats.items() for chat in theirs)


def _plan(chat: ChatTarget, block: Occurrence, now: datetime, host: str) -> bool:
    return outbox.plan(
        kind=KIND,
        recipient=chat.recipient,
        period=clock.week_name(block.week),
        payload={},
        due_at=reminder.due_at(block),
        not_after=block.ends,
        now=now,
        host=host,
    )
