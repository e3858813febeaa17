"""The rules of the game as they were published: an edition for every change, and who has read which."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, ForeignKey, Select, UniqueConstraint, case, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.program.program import Program

MOST = 200


class RulesEdition(Base):
    """`content` are the settings that the page is written from, as they hold from `valid_from` on."""

    __tablename__ = "rules_edition"
    __table_args__ = (UniqueConstraint("program_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    valid_from: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RulesRead(Base):
    """The newest edition that somebody has looked at."""

    __tablename__ = "rules_read"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    number: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)


class News(NamedTuple):
    """The edition that somebody knows, and the newest one, which says something else."""

    known: RulesEdition
    newest: RulesEdition


def publish(
    program_id: int, content: dict[str, Any], *, valid_from: date, by_id: int | None, now: datetime
) -> RulesEdition | None:
    """Make an edition of what the page says from now on; None when the last one says the same."""
    db.session.execute(select(Program.id).where(Program.id == program_id).with_for_update(key_share=True))
    last = newest(program_id)
    if last and last.content == content:
        return None
    row = RulesEdition(
        program_id=program_id,
        number=last.number + 1 if last else 1,
        content=content,
        valid_from=valid_from,
        made_by_id=by_id,
        made_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def mark_read(person_id: int, number: int, now: datetime) -> None:
    """Somebody has read the rules up to this edition; it never goes back."""
    row = insert(RulesRead).values(person_id=person_id, number=number, read_at=now)
    later = case((RulesRead.number > number, RulesRead.number), else_=number)
    db.session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_={"number": later, "read_at": now}))


def newest(program_id: int) -> RulesEdition | None:
    """The last edition, which may hold only from a coming Monday."""
    return db.session.scalar(_editions(program_id).limit(1))


def edition(program_id: int, number: int) -> RulesEdition | None:
    """One edition by its number."""
    return db.session.scalar(_editions(program_id).where(RulesEdition.number == number))


def editions(program_id: int) -> Sequence[RulesEdition]:
    """All editions, the last one first."""
    return db.session.scalars(_editions(program_id).limit(MOST)).all()


def news_for(person: Person, program_id: int) -> News | None:
    """What changed since somebody read the rules; for who never did, since they came here or since the first."""
    since = _editions(program_id).where(RulesEdition.number >= _known(person, program_id))
    found = db.session.scalars(since.limit(MOST)).all()
    return News(found[-1], found[0]) if len(found) > 1 else None


def unread(person: Person, program_id: int) -> ColumnElement[bool]:
    """Whether there is an edition after the one that somebody knows, for a statement that asks more."""
    later = RulesEdition.number > _known(person, program_id)
    return exists().where(RulesEdition.program_id == program_id, later)


def _known(person: Person, program_id: int) -> ColumnElement[int]:
    read = select(RulesRead.number).where(RulesRead.person_id == person.id).scalar_subquery()
    held = aliased(RulesEdition)
    joined = select(func.max(held.number)).where(held.program_id == program_id, held.made_at <= person.created_at)
    return func.coalesce(read, joined.scalar_subquery(), 1)


def _editions(program_id: int) -> Select[RulesEdition]:
    return select(RulesEdition).where(RulesEdition.program_id == program_id).order_by(RulesEdition.number.desc())
