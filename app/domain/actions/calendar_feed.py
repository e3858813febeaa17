"""The calendar feed: a person's follow-up blocks and agreed times, for a calendar program to fetch by a secret link."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import leaving
from app.domain.agency import token as tokens
from app.domain.agency.person import Person

NOTED_EVERY = timedelta(hours=1)


class CalendarFeed(Base):
    """We keep only the token's hash; a new link ends the old one."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


def make(person: Person, now: datetime) -> str:
    """A link for one's own calendar; the one before it opens nothing any more. The token is known only now."""
    token = tokens.fresh()
    facts = {"token_hash": tokens.hashed(token), "made_at": now, "fetched_at": None}
    row = insert(CalendarFeed).values(person_id=person.id, **facts)
    db.session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=facts))
    return token


def end(person: Person) -> None:
    """There is no link any more."""
    _end(person.id)


@leaving.listen
def end_of_leaver(person_id: int, _at: datetime) -> None:
    """Whoever leaves has no link, also when they come back: another may have their address by then."""
    _end(person_id)


def _end(person_id: int) -> None:
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person_id))


def feed_of(person: Person) -> CalendarFeed | None:
    """The link that a person has, and when it was last fetched."""
    return db.session.get(CalendarFeed, person.id, populate_existing=True)


def holder(token: str) -> Person | None:
    """Whose calendar a token opens; ended, unknown, and of somebody who left is the same None."""
    query = (
        select(Person)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(CalendarFeed.token_hash == tokens.hashed(token), Person.deactivated_at.is_(None))
    )
    return db.session.scalar(query)


def is_noted(person: Person, now: datetime) -> bool:
    """Whether it was written down within the hour that a program fetched it."""
    feed = feed_of(person)
    return feed is None or (feed.fetched_at is not None and now - feed.fetched_at < NOTED_EVERY)


def note(person: Person, now: datetime) -> None:
    """A program fetched it."""
    feed = feed_of(person)
    if feed is not None:
        feed.fetched_at = now
