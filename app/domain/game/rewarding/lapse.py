"""Coins that will lapse: announced at least sixty days before, and never otherwise."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, and_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.game.running import check_runs

NOTICE = timedelta(days=60)
MOST = 100


class CoinLapse(Base):
    """Coins earned before a day and not spent by `lapses_on` go then; the oldest are spent first."""

    __tablename__ = "coin_lapse"
    __table_args__ = (UniqueConstraint("program_id", "lapses_on"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    earned_before: Mapped[date]
    lapses_on: Mapped[date]
    announced_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class TooSoon(ValueError):  # noqa: N818 - it says which rule stands in the way
    """Coins lapse at least sixty days after it was announced, and after they were earned."""


class Announced(ValueError):  # noqa: N818 - it says which rule stands in the way
    """Coins lapse on that day already."""


def announce(
    program_id: int, earned_before: date, lapses_on: date, *, by: Person, today: date, now: datetime
) -> CoinLapse:
    """What was earned before a day and not spent by another goes then; what was withdrawn may be announced anew.

    Raises:
        NotAllowed: only the sponsor and administrators may.
        TooSoon: there are fewer than sixty days to spend them in.
        Announced: coins lapse on that day already.
    """
    check_runs(by)
    if lapses_on < max(today, earned_before) + NOTICE:
        raise TooSoon
    facts = {"earned_before": earned_before, "announced_by_id": by.id, "announced_at": now, "withdrawn_at": None}
    row = insert(CoinLapse).values(program_id=program_id, lapses_on=lapses_on, **facts)
    anew = row.on_conflict_do_update(
        index_elements=["program_id", "lapses_on"], set_=facts, where=CoinLapse.withdrawn_at.is_not(None)
    )
    made: CoinLapse | None = db.session.scalar(anew.returning(CoinLapse), execution_options={"populate_existing": True})
    if made is None:
        raise Announced
    return made


def withdraw(row: CoinLapse, *, by: Person, now: datetime) -> bool:
    """They do not lapse after all; False when they did, or it was withdrawn before.

    Raises:
        NotAllowed: only the sponsor and administrators may.
    """
    check_runs(by)
    return _mark(row.id, {"withdrawn_at": now})


def done(row: CoinLapse, now: datetime) -> bool:
    """They lapsed, everybody's."""
    return _mark(row.id, {"done_at": now})


def _mark(lapse_id: int, change: dict[str, datetime]) -> bool:
    marked = update(CoinLapse).where(CoinLapse.id == lapse_id, _standing()).values(change).returning(CoinLapse.id)
    return db.session.scalar(marked) is not None


def _standing() -> ColumnElement[bool]:
    return and_(CoinLapse.withdrawn_at.is_(None), CoinLapse.done_at.is_(None))


def find(program_id: int, lapse_id: int) -> CoinLapse | None:
    """What was announced, withdrawn or not."""
    return db.session.scalar(select(CoinLapse).where(CoinLapse.id == lapse_id, CoinLapse.program_id == program_id))


def standing(program_id: int) -> Sequence[CoinLapse]:
    """What was announced and is still to come, the first day first."""
    rows = select(CoinLapse).where(CoinLapse.program_id == program_id, _standing()).order_by(CoinLapse.lapses_on)
    return db.session.scalars(rows.limit(MOST)).all()


def due(today: date) -> Sequence[CoinLapse]:
    """Those whose day has come, the first day first."""
    rows = select(CoinLapse).where(CoinLapse.lapses_on <= today, _standing()).order_by(CoinLapse.lapses_on)
    return db.session.scalars(rows.limit(MOST)).all()
