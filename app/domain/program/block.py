"""The follow-up block: the weekly time that the agency reserves for its candidates."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, ForeignKey, Index, and_, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person

DAY_MINUTES = 24 * 60
BEGINNING = date(1970, 1, 5)
"""A Monday before any program: a block that was never changed."""


class Block(Base):
    """`weekday` counts from Monday = 0; `starts` is in minutes past midnight of the agency's wall clock.

    Each row was written after those before it, and holds from the ISO week that begins on `from_week` for its scope: a
    person, a team, or, without either, everybody. The nearest scope counts. `given_up`: from then on the wider scope's
    counts again.
    """

    __tablename__ = "block"
    __table_args__ = (
        Index(None, "program_id", "from_week"),
        Index(None, "person_id", "from_week"),
        Index(None, "team_id", "from_week"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    weekday: Mapped[int] = mapped_column(default=4)
    starts: Mapped[int] = mapped_column(default=14 * 60 + 30)
    minutes: Mapped[int] = mapped_column(default=45)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    from_week: Mapped[date] = mapped_column(default=BEGINNING)
    given_up: Mapped[bool] = mapped_column(default=False)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    set_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a block is: one person, one team, or everybody in the program."""

    program_id: int
    team_id: int | None = None
    person_id: int | None = None

    def holds(self) -> ColumnElement[bool]:
        """Which rows are of this scope."""
        mine = Block.team_id.is_not_distinct_from(self.team_id), Block.person_id.is_not_distinct_from(self.person_id)
        return and_(Block.program_id == self.program_id, *mine)


def reserve(
    scope: Scope, weekday: int, starts: int, minutes: int, *, from_week: date, by_id: int | None, at: datetime
) -> Block:
    """Reserve another time of the week, from a week on; the time that there is already is not written again.

    Whoever keeps the time that the program began with has chosen it.

    Raises:
        ValueError: the block would not lie within one day.
    """
    if not 0 <= weekday <= 6 or starts < 0 or minutes < 1 or starts + minutes > DAY_MINUTES:  # noqa: PLR2004 - Sunday
        raise ValueError("a block lies within one day")
    last = newest(scope)
    if last and last.from_week <= from_week and (last.weekday, last.starts, last.minutes) == (weekday, starts, minutes):
        last.set_by_id, last.set_at = last.set_by_id or by_id, last.set_at or at
        return last
    row = _row(scope, from_week, by_id, at)
    row.weekday, row.starts, row.minutes = weekday, starts, minutes
    return _added(row)


def give_up(scope: Scope, *, from_week: date, by_id: int | None, at: datetime) -> Block:
    """Go along with the wider scope again, from a week on."""
    row = _row(scope, from_week, by_id, at)
    row.given_up = True
    return _added(row)


def take_back(row: Block) -> bool:
    """Undo a change; False when another one came after it, or it is the only time that everybody has."""
    scope = Scope(row.program_id, row.team_id, row.person_id)
    last_two = db.session.scalars(select(Block.id).where(scope.holds()).order_by(Block.id.desc()).limit(2)).all()
    if row.id not in last_two[:1] or (last_two == [row.id] and scope == Scope(row.program_id)):
        return False
    db.session.execute(delete(Block).where(Block.id == row.id))
    return True


def _row(scope: Scope, from_week: date, by_id: int | None, at: datetime) -> Block:
    return Block(
        program_id=scope.program_id,
        team_id=scope.team_id,
        person_id=scope.person_id,
        from_week=from_week,
        set_by_id=by_id,
        set_at=at,
    )


def _added(row: Block) -> Block:
    db.session.add(row)
    db.session.flush()
    return row


def scopes_of(program_id: int, person: Person) -> tuple[Scope, ...]:
    """The scopes that a person is in, nearest first."""
    team = (Scope(program_id, team_id=person.team_id),) if person.team_id else ()
    return Scope(program_id, person_id=person.id), *team, Scope(program_id)


def history(scopes: Collection[Scope]) -> Sequence[Block]:
    """Every time that everybody and these scopes ever reserved, in the order in which they were written."""
    return db.session.scalars(select(Block).where(of_scopes(scopes)).order_by(Block.id)).all()


def of_scopes(scopes: Collection[Scope]) -> ColumnElement[bool]:
    """What everybody and these scopes ever reserved."""
    programs = {scope.program_id for scope in scopes}
    teams, people = {scope.team_id for scope in scopes}, {scope.person_id for scope in scopes}
    return Block.program_id.in_(programs) & whose(teams, people)


def whose(
    teams: Collection[int | None] | BindParameter[int], people: Collection[int | None] | BindParameter[int]
) -> ColumnElement[bool]:
    """Reserved for everybody, for one of these teams or for one of these people."""
    everybody = Block.team_id.is_(None) & Block.person_id.is_(None)
    return or_(everybody, Block.team_id.in_(teams), Block.person_id.in_(people))


def holding(rows: Sequence[Block], scopes: Iterable[Scope], day: date) -> Block | None:
    """Which of these rows holds in the ISO week of a day: the last that was written of the nearest scope."""
    week = clock.week_of(day).start
    begun = {Scope(row.program_id, row.team_id, row.person_id): row for row in rows if row.from_week <= week}
    found = (begun.get(scope) for scope in scopes)
    return next((row for row in found if row and not row.given_up), None)


def of_program(program_id: int, day: date) -> Block:
    """The time that holds for everybody without a nearer one in the ISO week of a day."""
    scope = Scope(program_id)
    return _certain(holding(history([scope]), [scope], day))


def of_teams(program_id: int, day: date) -> dict[int, Block]:
    """The time that each team which has one of its own reserved for the ISO week of a day."""
    mine = select(Block).where(Block.program_id == program_id, Block.team_id.is_not(None))
    rows = db.session.scalars(mine.order_by(Block.id)).all()
    scopes = {row.team_id: Scope(program_id, team_id=row.team_id) for row in rows}
    held = {team_id: holding(rows, [scope], day) for team_id, scope in scopes.items()}
    return {team_id: row for team_id, row in held.items() if team_id and row}


def newest(scope: Scope) -> Block | None:
    """The last time that a scope reserved, which may hold from next week on only; None without one of its own."""
    row = db.session.scalar(select(Block).where(scope.holds()).order_by(Block.id.desc()).limit(1))
    return None if row is None or row.given_up else row


def _certain(row: Block | None) -> Block:
    if row is None:
        raise LookupError("a program has a block from its beginning")
    return row
