"""The actions behind what stood out: the rows that were counted, for whoever looks at it."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.oversight import unusual
from app.domain.oversight.anomaly import Anomaly
from app.domain.oversight.noticing import ELSEWHERE, WEEKS
from app.domain.program.action_kind import ActionKind

MOST, LONGEST = 50, 20_000


class Counted(NamedTuple):
    """An action; `candidate` is None when the viewer may not see who it was."""

    action_id: int
    candidate_id: int
    candidate: str | None
    kind: ActionKind
    outcome: str
    occurred_at: datetime
    recorded_at: datetime
    note: str
    points: int


def behind(row: Anomaly, viewer: Person, zone: ZoneInfo) -> Sequence[Counted]:
    """The actions that were counted, as they were recorded; what was undone since is left out."""
    logged = [Counted(*each) for each in db.session.execute(_logged(row, viewer))]
    counts = _rule(row, zone, logged)
    return [each for each in logged if counts(each)][:MOST]


def _logged(row: Anomaly, viewer: Person) -> Select[*tuple[Any, ...]]:
    """Everything that the person logged in the weeks that were looked at."""
    action, end = EngagementAction, row.week + clock.WEEK
    seen = visible(viewer).with_only_columns(Candidate.id)
    return (
        select(
            action.id,
            action.candidate_id,
            Candidate.name,
            ActionKind,
            action.outcome,
            action.occurred_at,
            action.recorded_at,
            func.coalesce(action.note, ""),
            action.points,
        )
        .join(ActionKind, ActionKind.id == action.kind_id)
        .outerjoin(Candidate, (Candidate.id == action.candidate_id) & Candidate.id.in_(seen))
        .where(
            action.person_id == row.person_id,
            action.undone_at.is_(None),
            action.source.not_in(ELSEWHERE),
            action.local_date >= end - clock.WEEK * WEEKS,
            action.local_date < end,
        )
        .order_by(action.recorded_at, action.id)
        .limit(LONGEST)
    )


def _rule(row: Anomaly, zone: ZoneInfo, logged: Sequence[Counted]) -> Callable[[Counted], bool]:
    """Which of them were counted, by the kind of what stood out."""
    if row.kind in {"burst", "after_hours"}:
        first = datetime.fromisoformat(row.evidence["from"])
        until = first + timedelta(minutes=row.evidence["minutes"])
        return lambda each: first <= each.recorded_at < until and (each.kind.two_way or row.kind == "after_hours")
    if row.kind == "same_note":
        note = _commonest(logged)
        return lambda each: unusual.normal(each.note) == note
    if row.kind == "backdated":
        return lambda each: clock.local_day(each.occurred_at, zone) < clock.local_day(each.recorded_at, zone)
    if row.kind == "one_candidate":
        return lambda each: each.candidate_id == row.evidence["candidate"]
    return lambda each: each.points > 0


def _commonest(logged: Sequence[Counted]) -> str:
    notes = Counter(unusual.normal(each.note) for each in logged if len(each.note) >= unusual.SHORT_NOTE)
    return notes.most_common(1)[0][0] if notes else ""
