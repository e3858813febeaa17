"""Proof that the standings are what the ledger says: every board computed again and compared."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, SQLColumnExpression, cast, func, select

from app.db import db, is_sqlite
from app.domain.game.history import summed, totals
from app.domain.game.ledger import REVERSAL, LedgerEntry
from app.domain.game.running_total import PERIODS, SUBJECTS, Standing

NAMED = 20


class Place(NamedTuple):
    """Whose total, on which board."""

    program_id: int
    scope: str
    period: str
    start: date
    subject_id: int


class Total(NamedTuple):
    points: int
    actions: int
    helped: int
    sort_key: int
    team_id: int | None


class Difference(NamedTuple):
    """`stored` and `computed` differ; None: there is no such total."""

    place: Place
    stored: Total | None
    computed: Total | None


def standings_differences(most: int = NAMED) -> list[Difference]:
    """The first differences between the stored standings and those that the ledger gives; empty when all is well."""
    stored, computed = _stored(), _computed()
    return [
        Difference(place, stored.get(place), computed.get(place))
        for place in sorted(stored.keys() | computed.keys())
        if stored.get(place) != computed.get(place)
    ][:most]


def _stored() -> dict[Place, Total]:
    names = ("program_id", "scope", "period", "period_start", "subject_id")
    columns = [getattr(Standing, name) for name in (*names, *Total._fields)]
    return {Place(*row[:5]): Total(*row[5:]) for row in db.session.execute(select(*columns))}


def _computed() -> dict[Place, Total]:
    found: dict[Place, Total] = {}
    for scope, subject in SUBJECTS.items():
        for period in PERIODS:
            found |= _board(scope, period, getattr(LedgerEntry, subject))
    return found


def _board(scope: str, period: str, subject: ColumnElement[Any]) -> dict[Place, Total]:
    keys = (LedgerEntry.program_id, subject.label("subject"), _start(period).label("start"))
    names = ("program_id", "subject", "start")
    teams = {tuple(row[:3]): row[3] for row in db.session.execute(_newest_team(*keys))}
    sums = summed(totals(*keys).where(subject.is_not(None)), *names)
    return {
        Place(program_id, scope, period, _day(start), subject_id): Total(
            int(points), int(actions), int(helped), int(points), teams[program_id, subject_id, start]
        )
        for program_id, subject_id, start, points, actions, helped in db.session.execute(sums)
    }


def _newest_team(*keys: SQLColumnExpression[Any]) -> Select[Any]:
    """The team of the newest row of each combination that takes nothing back."""
    newest = select(*keys, func.max(LedgerEntry.id).label("id")).where(LedgerEntry.kind != REVERSAL).group_by(*keys)
    rows = newest.subquery()
    names = [column for column in rows.c if column.name != "id"]
    return select(*names, LedgerEntry.team_id).join(LedgerEntry, LedgerEntry.id == rows.c.id)


def _start(period: str) -> ColumnElement[Any]:
    """The first day of the week or month that a row is in; SQLite and PostgreSQL have no function in common."""
    if not is_sqlite():
        return cast(func.date_trunc(period, LedgerEntry.local_date), Date)
    modifiers = ("weekday 0", "-6 days") if period == "week" else ("start of month",)
    return func.date(LedgerEntry.local_date, *modifiers)


def _day(start: date | str) -> date:
    return date.fromisoformat(start) if isinstance(start, str) else start
