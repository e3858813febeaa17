"""A contact that was started by opening a channel: what came of it is asked when the recruiter is back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, cast

from sqlalchemy import ForeignKey, Index, Integer, String, Table, bindparam, null, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.actions.contact import Contact
from app.domain.actions.outcome import Outcome
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.candidates.identity import Channel

ASKED_FOR = timedelta(hours=12)
AGAIN = timedelta(minutes=30)
MOST = 5


class ContactStart(Base):
    """It is settled when the outcome is logged, or when the recruiter says that nothing came of it."""

    __tablename__ = "contact_start"
    __table_args__ = (Index(None, "person_id", "settled_at"), Index(None, "candidate_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    channel: Mapped[str] = mapped_column(String(10), info=PERSONAL)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


TABLE = cast("Table", ContactStart.__table__)
OPEN = (
    ContactStart.person_id == bindparam("me", type_=Integer()),
    ContactStart.settled_at.is_(None),
    ContactStart.started_at > bindparam("asked", type_=UtcDateTime()),
)
NEWEST = (
    select(
        ContactStart.started_at,
        ContactStart.candidate_id,
        null().label("name"),
        null().label("kind"),
        ContactStart.channel,
        ContactStart.id,
    )
    .where(*OPEN)
    .order_by(ContactStart.started_at.desc())
    .limit(1)
)
"""The last contact that somebody (`me`) began since a moment (`asked`) and did not tell of."""


class Started(NamedTuple):
    """With whom a contact was started, how and when."""

    candidate: Candidate
    channel: Channel
    started_at: datetime


def begin(person: Person, candidate: Candidate, channel: Channel, now: datetime) -> None:
    """A channel was opened; opening the same one again soon is the same contact."""
    mine = (TABLE.c.person_id == person.id, TABLE.c.candidate_id == candidate.id, TABLE.c.settled_at.is_(None))
    same = update(TABLE).where(*mine, TABLE.c.channel == channel, TABLE.c.started_at > now - AGAIN)
    if not db.session.connection().execute(same.values(started_at=now)).rowcount:
        db.session.add(ContactStart(person_id=person.id, candidate_id=candidate.id, channel=channel, started_at=now))
        db.session.flush()


def open_for(person: Person, now: datetime, limit: int = MOST) -> Sequence[Started]:
    """The contacts of the last twelve hours whose outcome this person did not tell yet, newest first, one a head."""
    query = (
        visible(person)
        .join(ContactStart, ContactStart.candidate_id == Candidate.id)
        .add_columns(ContactStart.channel, ContactStart.started_at)
        .where(*OPEN)
        .order_by(ContactStart.started_at.desc(), ContactStart.id.desc())
        .limit(4 * limit)
    )
    newest: dict[int, Started] = {}
    for candidate, channel, started_at in db.session.execute(query, {"me": person.id, "asked": now - ASKED_FOR}):
        newest.setdefault(candidate.id, Started(candidate, Channel(channel), started_at))
    return list(newest.values())[:limit]


def settle(person_id: int, candidate_id: int, now: datetime) -> Channel | None:
    """What came of it is known: nothing is asked any more. Answers the channel that was opened last, and lately."""
    mine = update(TABLE).where(
        TABLE.c.person_id == person_id, TABLE.c.candidate_id == candidate_id, TABLE.c.settled_at.is_(None)
    )
    rows = db.session.connection().execute(mine.values(settled_at=now).returning(TABLE.c.started_at, TABLE.c.channel))
    lately = [(at, channel) for at, channel in rows if at > now - ASKED_FOR]
    return Channel(max(lately)[1]) if lately else None


def finish(contact: Contact) -> Contact:
    """A contact that somebody logs is no longer asked for; without a channel it was by the one that was opened."""
    if contact.person_id is None or contact.is_imported:
        return contact
    opened = settle(contact.person_id, contact.candidate_id, contact.now)
    by_voice = opened is Channel.PHONE and contact.outcome is Outcome.MESSAGE_SENT
    return contact if contact.channel or not opened or by_voice else replace(contact, channel=opened)


def reopen(person_id: int, candidate_id: int, settled_at: datetime) -> None:
    """The log that settled it was undone: it is asked again."""
    theirs = (TABLE.c.person_id == person_id, TABLE.c.candidate_id == candidate_id, TABLE.c.settled_at == settled_at)
    db.session.connection().execute(update(TABLE).where(*theirs).values(settled_at=None))
