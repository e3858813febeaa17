"""A board by something else than points: whoever is on the board of points, in another order."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased

from app.clock import Period
from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game import appearance, standings
from app.domain.game.excerpt import BoardKey
from app.domain.game.fairness import HUNDREDTHS, PADDING, Weight
from app.domain.game.leaderboard import Board, MyPlace, named
from app.domain.game.ledger_entry import EARN, LedgerEntry
from app.domain.game.running_total import Standing
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import Program

_back = aliased(LedgerEntry)


class Weighed(NamedTuple):
    """Somebody who is compared on a board; `score` is their fair one."""

    person_id: int
    helped: int
    score: int
    weight: Weight


def weighed(key: BoardKey) -> list[Weighed]:
    """Everybody who stands on a board and does not mind; every day counts here on which they logged anything."""
    facts = Standing.subject_id, Standing.helped, Standing.sort_key
    days = case((Standing.worked_days > Standing.available_days, Standing.worked_days), else_=Standing.available_days)
    weight = Standing.standard_days, days, Standing.head_start
    rows = select(*facts, *weight).where(*_on(key), Standing.hidden.is_(False))
    return [Weighed(who, helped, score, Weight(*by)) for who, helped, score, *by in db.session.execute(rows)]


def by_helped(key: BoardKey) -> dict[int, int]:
    """Distinct candidates for whom somebody earned points, weighed by their days; in hundredths."""
    return {row.person_id: _fair(row.helped, row.weight) for row in weighed(key)}


def by_answered(key: BoardKey, dates: Period) -> dict[int, int]:
    """Contacts in which the candidate took part, weighed by one's days; in hundredths."""
    counts = _answered(key.program_id, dates)
    return {row.person_id: _fair(counts.get(row.person_id, 0), row.weight) for row in weighed(key)}


def board_by(
    values: Mapping[int, int],
    program: Program,
    key: BoardKey,
    dates: Period,
    *,
    viewer: Person,
    everyone: bool = False,
    language: str | None = None,
) -> Board:
    """The people by these values, in hundredths; nought is no place. Nobody is compared who is not by points."""
    if not appearance.person_boards(program):
        return Board("person", key, dates, [], MyPlace(0), compared=False)
    board = standings.standings(standings.Row(person_id, value) for person_id, value in values.items())
    shown = standings.upper_half(board, viewer.id) if everyone else standings.near_me(board, viewer.id)
    rows = [row._replace(points=None, days=None) for row in named(program, shown, viewer, language)]
    mine = next((placed for placed in board if placed.person_id == viewer.id), None)
    place = MyPlace(0, mine.place, shared=mine.shared, score=mine.score) if mine else MyPlace(0)
    return Board("person", key, dates, rows, place)


def _fair(count: int, weight: Weight) -> int:
    return HUNDREDTHS * count * (weight.standard_days + PADDING) // (weight.available_days + PADDING)


def _on(key: BoardKey) -> list[ColumnElement[bool]]:
    here = [
        Standing.program_id == key.program_id,
        Standing.scope == "person",
        Standing.period == key.period,
        Standing.period_start == key.start,
    ]
    if key.team_id is not None:
        return [*here, Standing.team_id == key.team_id]
    if key.branch_id is None:
        return here
    return [*here, Standing.team_id.in_(select(Team.id).where(Team.branch_id == key.branch_id))]


def _answered(program_id: int, dates: Period) -> dict[int, int]:
    counts = (
        select(LedgerEntry.person_id, func.count())
        .join(ActionKind, ActionKind.id == LedgerEntry.action_kind_id)
        .outerjoin(_back, _back.reverses_id == LedgerEntry.id)
        .where(
            LedgerEntry.program_id == program_id,
            LedgerEntry.kind == EARN,
            LedgerEntry.local_date >= dates.start,
            LedgerEntry.local_date < dates.end,
            ActionKind.two_way.is_(True),
            _back.id.is_(None),
        )
        .group_by(LedgerEntry.person_id)
    )
    return {person_id: number for person_id, number in db.session.execute(counts) if person_id is not None}
