"""All actions of a day as rows for a spreadsheet, so that nothing has to be typed twice."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.program.action_kind import ActionKind

HEADER = (
    "time",
    "recruiter",
    "candidate",
    "candidate_id",
    "external_id",
    "kind",
    "outcome",
    "channel",
    "points",
    "reason",
    "note",
    "source",
    "action_id",
)
AT_ONCE = 500


def daily_csv(person: Person, day: date, zone: ZoneInfo) -> Iterator[Sequence[str]]:
    """The header and then every action of a local day that was not undone, earliest first.

    Only for candidates whom this person may see. Whoever makes a file of it keeps the cells from being formulas.
    """
    yield HEADER
    action, kind = EngagementAction, ActionKind
    query = (
        select(
            action.occurred_at,
            Person.name,
            Candidate.name,
            Candidate.id,
            Candidate.external_id,
            kind.code,
            action.outcome,
            action.channel,
            action.points,
            action.award_reason,
            action.note,
            action.source,
            action.id,
        )
        .join(Candidate, Candidate.id == action.candidate_id)
        .join(kind, kind.id == action.kind_id)
        .outerjoin(Person, Person.id == action.person_id)
        .where(action.local_date == day, action.undone_at.is_(None))
        .where(Candidate.id.in_(visible(person).with_only_columns(Candidate.id)))
        .order_by(action.occurred_at, action.id)
    )
    for at, *cells in db.session.execute(query, execution_options={"yield_per": AT_ONCE}):
        told = ("" if cell is None else str(cell) for cell in cells)
        yield (at.astimezone(zone).isoformat(timespec="seconds"), *told)
