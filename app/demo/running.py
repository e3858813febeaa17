"""How the jobs and the mail of the demo agency fared: most went well, some of it did not."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import insert

from app import clock
from app.db import db
from app.demo.cast import Cast
from app.demo.past import Setting
from app.domain.actions import reminder
from app.domain.agency.person import Role
from app.domain.notices import heartbeat, preference
from app.domain.notices.outbox import OutboxRow, message_id
from app.domain.notices.recipient import name_person
from app.domain.notices.rhythm import EVERY

HOST = "vasteband.example"
FULL = "452 4.2.2 mailbox full"
NOBODY = "550 5.1.1 no such user here"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FAULT = "OperationalError: database is locked"
FATES: tuple[Mapping[str, Any], ...] = (
    MappingProxyType({"state": "pending", "attempts": 3, "last_error": FULL}),
    MappingProxyType({"state": "failed", "attempts": 1, "last_error": NOBODY}),
    MappingProxyType({"state": "skipped", "attempts": 1, "last_error": "nobody waits"}),
)


def run(people: Cast, setting: Setting) -> None:
    """The reminders of last week, one colleague whose address is wrong, and a job that was held up yesterday."""
    now = setting.now
    for number, (name, seconds) in enumerate(EVERY.items()):
        started = now - timedelta(seconds=min(seconds, 1 + 7 * number % 50))
        if name == "streaks":
            heartbeat.ran(name, now - clock.DAY, now - clock.DAY + MINUTE / 12, FAULT)
        heartbeat.ran(name, started, started + timedelta(milliseconds=40 + 90 * (number % 7)), None, number % 4)
    heartbeat.lead(heartbeat.SCHEDULER, "vasteband:4242", now)
    for person in people.recruiters:
        sent = {"state": "sent", "attempts": 1, "sent_at": now - clock.WEEK + MINUTE / 2}
        _remind(person.id, sent, now - clock.WEEK)
    for person, fate in zip(people.recruiters[1:], FATES, strict=False):
        _remind(person.id, fate, now)
    preference.flag(people.recruiters[2].email or "", NOBODY, now)
    by = name_person(people.part(Role.ADMIN).id)
    _remind(people.leads[0].id, {"state": "skipped", "attempts": 0, "last_error": f"{by} off: Zij belt zelf al."}, now)


def _remind(person_id: int, fate: Mapping[str, Any], due: datetime) -> None:
    recipient, period = name_person(person_id), clock.week_name(due.date())
    db.session.execute(
        insert(OutboxRow).values(
            {
                "kind": reminder.KIND,
                "recipient": recipient,
                "period": period,
                "payload": {},
                "due_at": due,
                "not_after": due + 6 * HOUR,
                "next_try_at": due + 11 * MINUTE,
                "message_id": message_id(reminder.KIND, recipient, period, HOST),
                **fate,
            }
        )
    )
