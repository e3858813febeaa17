"""The sponsor's month: the verdict of the page, its figures over the month that is over, and how they changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.oversight.adoption import Share, active_between, expected_at
from app.domain.oversight.contact import ANSWERED
from app.domain.oversight.coverage import Coverage, coverage_at
from app.domain.oversight.overview import FEWEST, Overview, overview
from app.domain.oversight.tally import tally
from app.domain.program import regular_mail
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import Program, the_program
from app.domain.program.regular_mail import Regular

KIND = "sponsor_month"
FIRST = Regular(KIND, frozenset({Role.SPONSOR, Role.ADMIN}), clock.month_of, "%Y-%m", news=10)
TOP = 5


class MonthFigures(NamedTuple):
    """`part`: who did something of who was expected; `answered` of `actions` with an answer; `covered` at its end."""

    part: Share
    actions: int
    answered: int
    covered: Coverage


@dataclass(frozen=True, slots=True)
class SponsorMonth:
    """`page`: the sponsor's page as it is now. `before`: the month before the one that is over, if there was one.

    `told`: figures about people may be told.
    """

    program: Program
    month: Period
    page: Overview
    figures: MonthFigures
    before: MonthFigures | None
    told: bool
    told_before: bool


def readers(now: datetime) -> Sequence[Person]:
    """The sponsor and who administers; nobody while there is no month to tell of."""
    program = the_program()
    begun = program is not None and program.started_on < _last_month(now).end
    return regular_mail.readers(FIRST.roles) if begun else ()


def sponsor_month(now: datetime) -> SponsorMonth | None:
    """The facts as they are now; None before there is a program, or while its first month is not over."""
    program, zone = the_program(), the_zone()
    month = _last_month(now)
    if program is None or program.started_on >= month.end:
        return None
    page, figures = overview(program, now, zone), figures_of(month, zone)
    earlier = clock.month_of(month.start - clock.DAY)
    before = figures_of(earlier, zone) if program.started_on <= earlier.start else None
    return SponsorMonth(
        program=program,
        month=month,
        page=page,
        figures=figures,
        before=before,
        told=_may_tell(page, figures),
        told_before=before is not None and _may_tell(page, before),
    )


def _last_month(now: datetime) -> Period:
    return clock.month_of(clock.month_of(clock.local_day(now, the_zone())).start - clock.DAY)


def figures_of(month: Period, zone: ZoneInfo) -> MonthFigures:
    """Of one whole month."""
    last = clock.midnight(month.end, zone) - datetime.resolution
    actions, answered = _actions(month)
    return MonthFigures(_share(month.start, last, zone), actions, answered, coverage_at(last))


def _may_tell(page: Overview, figures: MonthFigures) -> bool:
    """As on the page: a sum over fewer than five people is a person."""
    return page.named or (page.told and figures.part.expected >= FEWEST)


def _share(first: date, last: datetime, zone: ZoneInfo) -> Share:
    expected = expected_at(clock.local_day(last, zone), last)
    columns = tally(and_(expected, active_between(first, last))), tally(expected)
    return Share(*db.session.execute(select(*columns).where(Person.role == Role.RECRUITER)).one())


def _actions(month: Period) -> tuple[int, int]:
    """What people did and stands, and how much of it had an answer; what systems did is not counted."""
    query = (
        select(func.count(), tally(ANSWERED))
        .select_from(EngagementAction)
        .join(ActionKind, ActionKind.id == EngagementAction.kind_id)
        .where(
            EngagementAction.local_date >= month.start,
            EngagementAction.local_date < month.end,
            EngagementAction.person_id.is_not(None),
            EngagementAction.undone_at.is_(None),
        )
    )
    actions, answered = db.session.execute(query).one()
    return int(actions), int(answered)
