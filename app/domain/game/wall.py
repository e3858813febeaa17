"""What a screen on the wall shows of the game: the upper half of the board, the last actions, what is celebrated.

Nothing here knows a candidate, and nobody has a name yet: who may be named is asked once, for all of it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.clock import week_of
from app.db import db
from app.domain.agency.team import Team
from app.domain.game.feed import FeedItem
from app.domain.game.ledger import EARN, LedgerEntry
from app.domain.game.running_total import Standing
from app.domain.game.standings import TOP
from app.domain.program.action_kind import ActionKind

ROWS = 8
ACTIONS = 6
LOOKED_THROUGH = 500
CELEBRATED = timedelta(minutes=10)
MOST_CELEBRATED = 20
IMPORTED = "import"
Scope = Literal["person", "team"]
_back = aliased(LedgerEntry)


class Row(NamedTuple):
    """A line of the board; `score` is the fair one, in whole points."""

    subject_id: int
    place: int
    shared: bool
    score: int


class Act(NamedTuple):
    """Somebody did something: who, what kind, and when."""

    person_id: int | None
    label_nl: str
    label_en: str
    at: datetime


def board(program_id: int, scope: Scope, today: date, team_id: int | None = None) -> list[Row]:
    """The first eight of the week, no further down than the median; among few people the first three."""
    here = (
        Standing.program_id == program_id,
        Standing.scope == scope,
        Standing.period == "week",
        Standing.period_start == week_of(today).start,
        Standing.sort_key > 0,
        *([Standing.team_id == team_id] if team_id else []),
    )
    ranked = select(func.count()).select_from(Standing).where(*here).scalar_subquery()
    first = select(Standing.subject_id, Standing.sort_key, Standing.tie_key, ranked).where(*here)
    rows = db.session.execute(
        first.order_by(Standing.sort_key.desc(), Standing.tie_key.desc(), Standing.subject_id.desc()).limit(ROWS + 1)
    ).all()
    keys = [(sort_key, tie_key) for _, sort_key, tie_key, _ in rows]
    placed = [
        Row(subject_id, keys.index(key) + 1, keys.count(key) > 1, key[0] // 100)
        for (subject_id, *_), key in zip(rows, keys, strict=True)
    ]
    lowest = max(TOP, (rows[0][3] + 1) // 2) if rows else 0
    return [row for row in placed[:ROWS] if row.place <= lowest]


def team_names(team_ids: Sequence[int]) -> dict[int, str]:
    """What these teams are called."""
    return {row.id: row.name for row in db.session.execute(select(Team.id, Team.name).where(Team.id.in_(team_ids)))}


def last_actions(program_id: int, today: date, team_id: int | None = None) -> list[Act]:
    """The last of this week that stand, by when they were done; what was imported is no news."""
    entry = LedgerEntry
    newest = select(func.max(entry.id) - LOOKED_THROUGH).scalar_subquery()
    query = (
        select(entry.person_id, ActionKind.label_nl, ActionKind.label_en, entry.occurred_at)
        .join(ActionKind, ActionKind.id == entry.action_kind_id)
        .outerjoin(_back, _back.reverses_id == entry.id)
        .where(
            entry.id > newest,
            entry.program_id == program_id,
            entry.kind == EARN,
            entry.source != IMPORTED,
            entry.local_date >= week_of(today).start,
            _back.id.is_(None),
            *([entry.team_id == team_id] if team_id else []),
        )
    )
    last_first = entry.occurred_at.desc(), entry.id.desc()
    return [Act(*row) for row in db.session.execute(query.order_by(*last_first).limit(ACTIONS))]


def celebrated(program_id: int, now: datetime, team_id: int | None = None) -> Sequence[FeedItem]:
    """What was told in the last minutes, earliest first."""
    query = select(FeedItem).where(
        FeedItem.program_id == program_id,
        FeedItem.happened_at > now - CELEBRATED,
        FeedItem.withdrawn_at.is_(None),
        *([FeedItem.team_id == team_id] if team_id else []),
    )
    return db.session.scalars(query.order_by(FeedItem.id).limit(MOST_CELEBRATED)).all()
