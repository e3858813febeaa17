"""A segment: a question to the pool that was given a name, one's own or shared with everybody."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person

MOST = 30
LONGEST_NAME = 60
Query = dict[str, list[str]]

BUILT_IN: dict[str, Query] = {
    "warm": {"warmth": ["warm", "very-warm"], "sort": ["warmest"]},
    "fans": {"signal": ["fan"], "sort": ["warmest"]},
    "coming-back": {"signal": ["coming-back"]},
    "unfinished": {"signal": ["unfinished"]},
    "waiting": {"signal": ["waiting"]},
    "quiet": {"spoken": ["not-90"]},
    "unowned": {"owner": ["none"]},
    "available": {"available": ["today"]},
    "ending": {"consent": ["ending"]},
}
"""Questions that every agency asks; the address of each is its definition."""


class Segment(Base):
    """`query` holds the filters as the list's address does."""

    __tablename__ = "segment"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    query: Mapped[Query] = mapped_column(JSON)
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NameTaken(Exception):  # noqa: N818 - it names what is the case
    """This person has a segment of that name already."""


class Full(Exception):  # noqa: N818 - it names what is the case
    """This person has as many segments as a list can show."""


def save(person: Person, name: str, query: Mapping[str, list[str]], *, shared: bool, now: datetime) -> Segment:
    """Keep a question under a name.

    Raises:
        NameTaken: one's own segments have different names.
        Full: there are too many already.
    """
    own = [row for row in seen_by(person) if row.person_id == person.id]
    if len(own) >= MOST:
        raise Full
    _free(person.id, name, 0)
    row = Segment(person_id=person.id, name=name, query=dict(query), shared=shared, created_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def change(segment: Segment, name: str, *, shared: bool) -> None:
    """Give it another name, or show it to everybody or to nobody else.

    Raises:
        NameTaken: one's own segments have different names.
    """
    _free(segment.person_id, name, segment.id)
    segment.name, segment.shared = name, shared
    db.session.flush()


def remove(segment: Segment) -> None:
    """Forget the question; the candidates stay as they are."""
    db.session.delete(segment)
    db.session.flush()


def seen_by(person: Person) -> list[Segment]:
    """One's own and those that others share, by name."""
    query = select(Segment).where(or_(Segment.person_id == person.id, Segment.shared))
    return list(db.session.scalars(query.order_by(Segment.name, Segment.id).limit(2 * MOST)))


def own(person: Person, segment_id: int) -> Segment | None:
    """A segment that this person made; absent and somebody else's are the same None."""
    return db.session.scalar(select(Segment).where(Segment.id == segment_id, Segment.person_id == person.id))


def _free(person_id: int, name: str, segment_id: int) -> None:
    taken = select(Segment.id).where(Segment.person_id == person_id, Segment.name == name, Segment.id != segment_id)
    if db.session.scalar(taken):
        raise NameTaken(name)
