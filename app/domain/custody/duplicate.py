"""Two candidates who may be one person, with the reason; somebody decides, and a decision stands."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import ForeignKey, Select, String, Table, UniqueConstraint, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.db import Base, Page, UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.custody import rewriting
from app.domain.custody.likeness import Alike, Reason
from app.domain.custody.rewriting import Rewriting

SIZE = 25


class DuplicatePair(Base):
    """`first_id` is the lower id. `likeness` runs from 0 to 100. `decided_at`: merged, or found to be two people."""

    __tablename__ = "duplicate_pair"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    first_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    reason: Mapped[str] = mapped_column(String(12))
    likeness: Mapped[int] = mapped_column(default=100)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)


class Couple(NamedTuple):
    """An open pair with the two candidates."""

    pair: DuplicatePair
    first: Candidate
    second: Candidate


TABLE = cast("Table", DuplicatePair.__table__)
ADD = insert(TABLE).on_conflict_do_nothing(index_elements=["first_id", "second_id"]).returning(TABLE.c.id)


def add(found: Iterable[Alike], now: datetime) -> int:
    """Keep pairs that are new, at most some hundreds at once; one that was decided stays so. Returns how many."""
    rows = [each._asdict() | {"found_at": now, "decided_at": None, "decided_by_id": None} for each in found]
    return len(db.session.connection().execute(ADD, rows).all()) if rows else 0


def apart(one: Candidate, two: Candidate, by: Person, now: datetime) -> None:
    """These are two people: they are not proposed again."""
    first_id, second_id = sorted((one.id, two.id))
    add([Alike(first_id, second_id, Reason.NAME, 0)], now)
    settle(first_id, second_id, by, now)


def settle(one_id: int, two_id: int, by: Person, now: datetime) -> list[Rewriting]:
    """Close the pair of these two when it is open; nothing when nobody proposed it."""
    pair = between(one_id, two_id)
    if pair is None or pair.decided_at is not None:
        return []
    return rewriting.rewrite("duplicate_pair", {"id": pair.id}, {"decided_at": now, "decided_by_id": by.id})


def listed(person: Person, number: int = 1) -> Page[Couple]:
    """The pairs that are open, the most alike first; both candidates are those that this person may see."""
    query = _open(person)
    total = db.session.scalar(query.with_only_columns(func.count())) or 0
    number = min(max(1, number), max(1, -(-total // SIZE)))
    ordered = query.order_by(DuplicatePair.likeness.desc(), DuplicatePair.id).offset((number - 1) * SIZE)
    return Page([Couple(*row) for row in db.session.execute(ordered.limit(SIZE))], number, SIZE, total)


def proposed(person: Person, candidate_id: int) -> Couple | None:
    """The open pair that a candidate is in and this person may see, the most alike first."""
    query = _open(person).where(or_(DuplicatePair.first_id == candidate_id, DuplicatePair.second_id == candidate_id))
    row = db.session.execute(query.order_by(DuplicatePair.likeness.desc(), DuplicatePair.id).limit(1)).first()
    return Couple(*row) if row else None


def between(one_id: int, two_id: int) -> DuplicatePair | None:
    """The pair of these two, when they were proposed."""
    first_id, second_id = sorted((one_id, two_id))
    query = select(DuplicatePair).where(DuplicatePair.first_id == first_id, DuplicatePair.second_id == second_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def _open(person: Person) -> Select[DuplicatePair, Candidate, Candidate]:
    first, second = (aliased(Candidate, visible(person).subquery()) for _ in range(2))
    return (
        select(DuplicatePair, first, second)
        .join(first, first.id == DuplicatePair.first_id)
        .join(second, second.id == DuplicatePair.second_id)
        .where(DuplicatePair.decided_at.is_(None))
    )
