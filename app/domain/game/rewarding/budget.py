"""The reward budget: an encumbrance ledger in cents, from what was given to what was spent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Page, UtcDateTime, db, page_of
from app.domain.agency.person import Person
from app.domain.game.running import check_runs
from app.domain.program.program import Program

LONGEST = timedelta(days=2 * 366)
MOST = 100


class Pot(StrEnum):
    """Where money is; `outside` is before it was given to the budget."""

    OUTSIDE = "outside"
    AVAILABLE = "available"
    RESERVED = "reserved"
    COMMITTED = "committed"
    SPENT = "spent"


class Budget(Base):
    """What may be spent from `first` to `last`; the pots are cents and always sum to what was budgeted."""

    __tablename__ = "budget"
    __table_args__ = (
        CheckConstraint("available + reserved + committed + spent = budgeted", name="sum"),
        CheckConstraint("available >= 0 AND reserved >= 0 AND committed >= 0 AND spent >= 0", name="pots"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str] = mapped_column(String(60))
    first: Mapped[date]
    last: Mapped[date]
    budgeted: Mapped[int] = mapped_column(default=0)
    available: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    committed: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BudgetHold(Base):
    """What one competition, redemption or surprise holds of a budget: `total` is where its cents are, all together."""

    __tablename__ = "budget_hold"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id"),
        Index(None, "budget_id"),
        CheckConstraint("reserved + committed + spent + released = total", name="sum"),
        CheckConstraint("reserved >= 0 AND committed >= 0 AND spent >= 0 AND released >= 0", name="pots"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    budget_id: Mapped[int] = mapped_column(ForeignKey("budget.id"))
    source_kind: Mapped[str] = mapped_column(String(12))
    source_id: Mapped[int]
    total: Mapped[int]
    reserved: Mapped[int]
    committed: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    released: Mapped[int] = mapped_column(default=0)


class BudgetEntry(Base):
    """Append-only: so many cents, more than nought, went from one pot to another; `hold_id` is on whose account."""

    __tablename__ = "budget_entry"
    __table_args__ = (CheckConstraint("cents > 0", name="cents"), Index(None, "budget_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    budget_id: Mapped[int] = mapped_column(ForeignKey("budget.id"))
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("budget_hold.id"), default=None, index=True)
    from_pot: Mapped[str] = mapped_column(String(9))
    to_pot: Mapped[str] = mapped_column(String(9))
    cents: Mapped[int]
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)


class Overlaps(ValueError):  # noqa: N818 - it says which rule stands in the way
    """Another budget has some of these days: `other`."""

    def __init__(self, other: Budget) -> None:
        self.other = other


def make(program_id: int, name: str, first: date, last: date, *, by: Person, now: datetime) -> Budget:
    """A budget without money; budgets do not overlap, so that it is always plain which one pays.

    Raises:
        NotAllowed: only the sponsor and administrators may.
        ValueError: it would end before it begins, or last longer than two years.
        Overlaps: another one has some of these days.
    """
    check_runs(by)
    if not timedelta(0) <= last - first < LONGEST:
        raise ValueError((first, last))
    db.session.execute(select(Program.id).where(Program.id == program_id).with_for_update(key_share=True))
    touching = select(Budget).where(Budget.program_id == program_id, Budget.first <= last, Budget.last >= first)
    if other := db.session.scalar(touching.limit(1)):
        raise Overlaps(other)
    row = Budget(program_id=program_id, name=name, first=first, last=last, made_by_id=by.id, made_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def current(program_id: int, day: date) -> Budget | None:
    """The budget that pays on a day, with its pots as they are now."""
    paying = select(Budget).where(Budget.program_id == program_id, Budget.first <= day, Budget.last >= day)
    return db.session.scalar(paying.limit(1), execution_options={"populate_existing": True})


def find(program_id: int, budget_id: int) -> Budget | None:
    """A budget of the program, with its pots as they are now."""
    mine = select(Budget).where(Budget.id == budget_id, Budget.program_id == program_id)
    return db.session.scalar(mine, execution_options={"populate_existing": True})


def of_program(program_id: int) -> Sequence[Budget]:
    """All budgets, the newest first."""
    mine = select(Budget).where(Budget.program_id == program_id)
    return db.session.scalars(mine.order_by(Budget.first.desc(), Budget.id.desc()).limit(MOST)).all()


def entries(budget_id: int, number: int = 1, size: int = 20) -> Page[BudgetEntry]:
    """One page of a budget's movements, newest first."""
    return page_of(
        select(BudgetEntry).where(BudgetEntry.budget_id == budget_id).order_by(BudgetEntry.id.desc()), number, size
    )


def holds(hold_ids: Collection[int]) -> Mapping[int, BudgetHold]:
    """On whose account movements were, by the id in `hold_id`."""
    rows = select(BudgetHold).where(BudgetHold.id.in_(hold_ids))
    return {row.id: row for row in db.session.scalars(rows)}
