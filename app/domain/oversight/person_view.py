"""Who looked at figures of a person: once a day for each, for that person and the works council to see."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person

KEPT = timedelta(days=365)
MOST = 200


class PersonView(Base):
    """`viewer_id` looked at what is known of `person_id` under the name `what`."""

    __tablename__ = "person_view"
    __table_args__ = (UniqueConstraint("person_id", "viewer_id", "what", "day"), Index(None, "viewer_id", "day"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    viewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Viewed(NamedTuple):
    """`viewer` opened `what` on a day."""

    viewer: str
    what: str
    day: date


def not_noted(viewer_id: int, people: Collection[int], what: str, day: date) -> set[int]:
    """At whom somebody did not look that day yet; nobody is noted for looking at themselves."""
    noted = select(PersonView.person_id).where(
        PersonView.viewer_id == viewer_id,
        PersonView.what == what,
        PersonView.day == day,
        PersonView.person_id.in_(people),
    )
    return set(people) - {viewer_id} - set(db.session.scalars(noted))


def note(viewer_id: int, people: Collection[int], what: str, day: date, now: datetime) -> None:
    """Write down that somebody looked at these people; a second time that day changes nothing."""
    rows = [{"person_id": each, "viewer_id": viewer_id, "what": what, "day": day, "at": now} for each in sorted(people)]
    once = insert(PersonView).on_conflict_do_nothing(index_elements=["person_id", "viewer_id", "what", "day"])
    db.session.execute(once, rows)


def who_looked(person_id: int) -> Sequence[Viewed]:
    """Who looked at somebody's figures, newest first, for that person."""
    query = (
        select(Person.name, PersonView.what, PersonView.day)
        .join(Person, Person.id == PersonView.viewer_id)
        .where(PersonView.person_id == person_id)
        .order_by(PersonView.day.desc(), PersonView.id.desc())
    )
    return [Viewed(*row) for row in db.session.execute(query.limit(MOST))]


def forget_old(now: datetime) -> int:
    """What was looked at more than a year ago goes; answers how much."""
    return db.session.connection().execute(delete(PersonView).where(PersonView.at < now - KEPT)).rowcount
