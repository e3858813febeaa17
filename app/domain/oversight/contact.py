"""What counts as contact with a candidate, said in SQL for figures over many candidates at once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from app.db import UtcDateTime
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import TWO_WAY, UNANSWERED, Outcome
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind
from app.domain.program.action_kind import ActionKind
from app.domain.scoring import rhythm

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
DAY_OR_MORE = timedelta(hours=26)
"""No clock is further from UTC: the days that an index finds hold every moment that is asked for."""
Terms = Mapping[str, timedelta]

IS_DONE = EngagementAction.outcome == Outcome.DONE
ANSWERED = or_(EngagementAction.outcome.in_(TWO_WAY), and_(IS_DONE, ActionKind.two_way))
"""The candidate took part."""

IS_CONTACT = or_(
    ANSWERED,
    EngagementAction.outcome.in_(UNANSWERED),
    and_(IS_DONE, or_(ActionKind.place_class == "attempt", ActionKind.code == "status_update")),
)
"""We spoke, we tried, or we brought word; the same as `actions.outcome.effect_of` says of one action."""

LAST_CONTACT = func.coalesce(ContactState.last_contact_at, literal(NEVER, UtcDateTime()))
"""When we were last in contact, whoever began; `NEVER` before the first time."""


def terms() -> Terms:
    """Within how long a candidate in each stage must have been contacted, by the rhythm of the program."""
    return {stage: timedelta(days=cadence.days) for stage, cadence in rhythm.by_stage().items()}


def due_since(at: datetime, within: Terms, in_stage: ColumnElement[str] | None = None) -> ColumnElement[datetime]:
    """The moment after which a candidate in their stage must have been contacted to be on time at a moment.

    `in_stage`: the stage in which they were then, where it is not that of today.
    """
    where: ColumnElement[str] | InstrumentedAttribute[Stage] = Candidate.stage if in_stage is None else in_stage
    limits = [(where == stage, literal(at - term, UtcDateTime())) for stage, term in within.items()]
    return case(*limits, else_=literal(at - max(within.values()), UtcDateTime()))


def reachable(at: datetime) -> ColumnElement[bool]:
    """Neither refused nor paused at a moment, so that we may be expected to be in contact."""
    return and_(
        or_(ContactState.do_not_contact_at.is_(None), ContactState.do_not_contact_at > at),
        or_(ContactState.paused_until.is_(None), ContactState.paused_until <= at),
    )


def contacts_until(at: datetime, within: Terms) -> Select[int, datetime]:
    """Every contact that stands in the longest of the terms before a moment: candidate and moment."""
    since = at - max(within.values())
    actions = (
        select(EngagementAction.candidate_id, EngagementAction.occurred_at)
        .join(ActionKind, ActionKind.id == EngagementAction.kind_id)
        .where(
            IS_CONTACT,
            EngagementAction.undone_at.is_(None),
            EngagementAction.local_date >= (since - DAY_OR_MORE).date(),
            EngagementAction.local_date <= (at + DAY_OR_MORE).date(),
            EngagementAction.occurred_at >= since,
            EngagementAction.occurred_at <= at,
        )
    )
    inbound = (
        select(Touchpoint.candidate_id, Touchpoint.occurred_at)
        .join(TouchpointKind, TouchpointKind.code == Touchpoint.kind)
        .where(
            TouchpointKind.role.in_((KindRole.INBOUND, KindRole.FORM)),
            Touchpoint.verdict == "human",
            Touchpoint.reversed_at.is_(None),
            Touchpoint.occurred_at >= since,
            Touchpoint.occurred_at <= at,
        )
    )
    both = union_all(actions, inbound).subquery()
    return select(both.c.candidate_id, both.c.occurred_at)
