"""What people did on each day, counted from the actions: the one rule behind kept rows and live figures."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.clock import Period
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import UNANSWERED
from app.domain.oversight.contact import ANSWERED, IS_DONE
from app.domain.oversight.tally import tally
from app.domain.program.action_kind import ActionKind

Counted = Select[date, int | None, int, int, int]
TRIED = or_(
    EngagementAction.outcome.in_(UNANSWERED),
    and_(IS_DONE, ~ActionKind.two_way, ActionKind.place_class == "attempt"),
)
"""We tried to be in contact, and the candidate did not take part."""


class Activity(NamedTuple):
    """What somebody did on a day and did not take back: all of it, with an answer, and tried without one."""

    day: date
    person_id: int
    actions: int
    answered: int
    tried: int


def counted(days: ColumnElement[bool], whose: Select[int] | None = None) -> Counted:
    """The actions on some days by day and person, of all candidates or of some; what systems did is not counted."""
    action = EngagementAction
    of_whom = () if whose is None else (action.candidate_id.in_(whose),)
    return (
        select(
            action.local_date.label("day"),
            action.person_id.label("person_id"),
            func.count().label("actions"),
            tally(ANSWERED).label("answered"),
            tally(TRIED).label("tried"),
        )
        .join(ActionKind, ActionKind.id == action.kind_id)
        .where(days, action.person_id.is_not(None), action.undone_at.is_(None), *of_whom)
        .group_by(action.local_date, action.person_id)
    )


def within(period: Period) -> ColumnElement[bool]:
    """Of an action: on one of the days of a period."""
    return and_(EngagementAction.local_date >= period.start, EngagementAction.local_date < period.end)


def of_days(days: Collection[date]) -> Sequence[Activity]:
    """Everything of some days."""
    rows = db.session.execute(counted(EngagementAction.local_date.in_(days)))
    return [Activity(day, who, *numbers) for day, who, *numbers in rows if who]
