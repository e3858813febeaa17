"""The contact points of the journey: what candidates and we did in each stage, and how applications went."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.stage_move import StageMove
from app.domain.journey.application import ApplicationMove
from app.domain.journey.touchpoint import Touchpoint
from app.domain.oversight.elapsed import hours_between, median
from app.domain.oversight.journey_scope import Scope
from app.domain.program.action_kind import ActionKind

TOLD_BY_STATES = ("application_started", "application_completed")
"""The states of applications tell these."""

Passed = Select[int, str, datetime]


class Side(StrEnum):
    """Who acted: the candidate, we, or both of us in a procedure."""

    THEY = "they"
    WE = "we"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class Point:
    """How many candidates passed a contact point, each counted in the stage in which they last did.

    `code` is the kind, or the state of an application. `hours`: for a state, the median since the state before.
    """

    side: Side
    code: str
    stage: Stage
    candidates: int
    hours: float | None = None


def points(scope: Scope) -> list[Point]:
    """All that happened in a period, by stage; within one the busiest first."""
    times = _times(scope)
    found = [
        Point(side, code, Stage(stage), candidates, times.get(code) if side is Side.APPLICATION else None)
        for side in Side
        for code, stage, candidates in db.session.execute(_by_stage(passed(scope, side)))
    ]
    return sorted(found, key=lambda point: (-point.candidates, point.side, point.code))


def passed(scope: Scope, side: Side) -> Passed:
    """Who passed which contact point, and when they last did: candidate, code and moment."""
    return {Side.THEY: _they, Side.WE: _we, Side.APPLICATION: _applied}[side](scope)


def _they(scope: Scope) -> Passed:
    row = Touchpoint
    return (
        select(row.candidate_id, row.kind.label("code"), func.max(row.occurred_at).label("at"))
        .where(
            row.verdict == "human",
            row.reversed_at.is_(None),
            row.kind.not_in(TOLD_BY_STATES),
            *scope.holds(row.occurred_at, row.candidate_id),
        )
        .group_by(row.candidate_id, row.kind)
    )


def _we(scope: Scope) -> Passed:
    row = EngagementAction
    return (
        select(row.candidate_id, ActionKind.code, func.max(row.occurred_at).label("at"))
        .join(ActionKind, ActionKind.id == row.kind_id)
        .where(row.undone_at.is_(None), *scope.holds(row.occurred_at, row.candidate_id))
        .group_by(row.candidate_id, ActionKind.code)
    )


def _applied(scope: Scope) -> Passed:
    row = ApplicationMove
    return (
        select(row.candidate_id, row.to_state.label("code"), func.max(row.moved_at).label("at"))
        .where(*scope.holds(row.moved_at, row.candidate_id))
        .group_by(row.candidate_id, row.to_state)
    )


def stage_then(rows: Subquery) -> ColumnElement[str]:
    """The stage in which a candidate was: what they left by their next move, else where they are."""
    left = (
        select(StageMove.from_stage)
        .where(
            StageMove.candidate_id == rows.c.candidate_id,
            StageMove.moved_at > rows.c.at,
            StageMove.from_stage.is_not(None),
        )
        .order_by(StageMove.moved_at)
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(left, Candidate.stage)


def _by_stage(query: Passed) -> Select[str, str, int]:
    rows = query.subquery()
    staged = (
        select(rows.c.code, stage_then(rows).label("stage"))
        .join(Candidate, Candidate.id == rows.c.candidate_id)
        .subquery()
    )
    return select(staged.c.code, staged.c.stage, func.count()).group_by(staged.c.code, staged.c.stage)


def _times(scope: Scope) -> dict[str, float | None]:
    """Per state of an application: the median hours since the state before."""
    move, before = ApplicationMove, aliased(ApplicationMove)
    same = and_(before.application_id == move.application_id, before.moved_at < move.moved_at)
    came = select(func.max(before.moved_at)).where(same).scalar_subquery()
    lengths = (
        select(move.to_state.label("code"), hours_between(move.moved_at, came).label("hours"))
        .where(move.from_state.is_not(None), *scope.holds(move.moved_at, move.candidate_id))
        .subquery()
    )
    query = (
        select(lengths.c.code, lengths.c.hours, func.count())
        .where(lengths.c.hours.is_not(None))
        .group_by(lengths.c.code, lengths.c.hours)
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for code, hours, times in db.session.execute(query):
        found.setdefault(code, []).append((hours, times))
    return {code: median(lengths) for code, lengths in found.items()}
