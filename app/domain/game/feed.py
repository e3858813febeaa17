"""The feed: what went well, for everybody to see, and what colleagues said to it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import BigInteger, ForeignKey, Index, String, Table, UniqueConstraint, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.prepared import Prepared

WEEKS_A_PERSON = 10_000
MONTHS_A_CANDIDATE = 1_000
FIRST_MONDAY = date(1970, 1, 5)


class Told(StrEnum):
    """What is worth telling everybody."""

    APPOINTMENT = "appointment"
    REENGAGED = "reengaged"
    RESCUE = "rescue"
    FAN = "fan"
    STREAK = "streak"
    RECORD = "record"
    KUDOS = "kudos"
    BADGE = "badge"
    SURPRISE = "surprise"
    RESULT = "result"


class Sign(StrEnum):
    """What a colleague can say to it."""

    BRAVO = "bravo"
    HEART = "heart"
    STAR = "star"


OF_ACTION = (Told.APPOINTMENT, Told.REENGAGED, Told.RESCUE)
"""Those of which `source_id` is an engagement action; they go when it is undone."""


class FeedItem(Base):
    """`candidate_id` is an opaque number: whoever may not see the candidate gets no name.

    What is the same source is told once; `number` is what the kind counts: weeks in a row, or points of a week.
    """

    __tablename__ = "feed_item"
    __table_args__ = (UniqueConstraint("kind", "source_id"), Index(None, "program_id", "happened_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    kind: Mapped[str] = mapped_column(String(12))
    source_id: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    candidate_id: Mapped[int | None] = mapped_column(default=None)
    points: Mapped[int] = mapped_column(default=0)
    number: Mapped[int] = mapped_column(default=0)
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


TELL = Prepared(insert(cast("Table", FeedItem.__table__)).on_conflict_do_nothing(index_elements=["kind", "source_id"]))


class Reaction(Base):
    """What somebody said to it, by one of a few signs; a second one replaces the first."""

    __tablename__ = "reaction"

    item_id: Mapped[int] = mapped_column(ForeignKey("feed_item.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sign: Mapped[str] = mapped_column(String(8))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


def of_week(person_id: int, day: date) -> int:
    """The source of what is told of somebody once a week."""
    return person_id * WEEKS_A_PERSON + (clock.week_of(day).start - FIRST_MONDAY) // clock.WEEK


def of_month(candidate_id: int, day: date) -> int:
    """The source of what is told of a candidate once a month."""
    return candidate_id * MONTHS_A_CANDIDATE + (day.year - FIRST_MONDAY.year) * 12 + day.month


def tell(
    program_id: int,
    kind: Told,
    source_id: int,
    *,
    person_id: int | None,
    team_id: int | None,
    now: datetime,
    candidate_id: int | None = None,
    points: int = 0,
    number: int = 0,
) -> None:
    """Tell it, once; what was withdrawn is not told again."""
    TELL.run(
        {
            "program_id": program_id,
            "kind": kind,
            "source_id": source_id,
            "person_id": person_id,
            "team_id": team_id,
            "candidate_id": candidate_id,
            "points": points,
            "number": number,
            "happened_at": now,
        }
    )


def tell_each(program_id: int, kind: Told, whose: Mapping[int, int], *, team_id: int, now: datetime) -> None:
    """Tell the same of several of one team at once; `whose` has the person by the source."""
    same = {"program_id": program_id, "kind": kind, "team_id": team_id, "happened_at": now, "points": 0, "number": 0}
    rows = [same | {"source_id": source_id, "person_id": person_id} for source_id, person_id in whose.items()]
    if rows:
        db.session.execute(insert(FeedItem).on_conflict_do_nothing(index_elements=["kind", "source_id"]), rows)


def withdraw(kinds: Collection[Told], source_ids: Collection[int], now: datetime) -> None:
    """It turned out not to be so."""
    standing = FeedItem.source_id.in_(source_ids), FeedItem.withdrawn_at.is_(None)
    db.session.execute(update(FeedItem).where(FeedItem.kind.in_(kinds), *standing).values(withdrawn_at=now))


def react(program_id: int, item_id: int, person_id: int, sign: Sign | None, now: datetime) -> bool:
    """Say something to an item, or take back what one said; False when it does not stand, or is one's own."""
    standing = FeedItem.id == item_id, FeedItem.program_id == program_id, FeedItem.withdrawn_at.is_(None)
    others = FeedItem.person_id.is_distinct_from(person_id)
    if db.session.scalar(select(FeedItem.id).where(*standing, others)) is None:
        return False
    if sign is None:
        db.session.execute(delete(Reaction).where(Reaction.item_id == item_id, Reaction.person_id == person_id))
        return True
    row = insert(Reaction).values(item_id=item_id, person_id=person_id, sign=sign, given_at=now)
    changes = {"sign": sign, "given_at": now}
    db.session.execute(row.on_conflict_do_update(index_elements=["item_id", "person_id"], set_=changes))
    return True
