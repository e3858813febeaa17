"""What we owe candidates: word about their application in time; the house promises that by itself."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import TWO_WAY, Outcome
from app.domain.agency.agency import the_agency
from app.domain.candidates import contact_flags
from app.domain.journey.application import OPEN, Application, ApplicationState
from app.domain.program.action_kind import ActionKind
from app.domain.scoring.pool_facts import working_calendar
from app.domain.scoring.working_time import WorkingCalendar

WORKING_DAYS = MappingProxyType({ApplicationState.COMPLETED: 2, ApplicationState.INTERVIEWED: 1})
"""Within how many working days they hear from us, from the moment at which the state began."""

STALE = timedelta(days=14)
REMEMBERED = timedelta(days=60)
WORDS = TWO_WAY | {Outcome.MESSAGE_SENT}


def tell(candidate_id: int, now: datetime) -> None:
    """Copy into the contact state how far the candidate came, and when our earliest word was due."""
    rows = db.session.scalars(select(Application).where(Application.candidate_id == candidate_id)).all()
    due = [at for row, at in due_of(candidate_id, rows)] if _waiting(rows) else []
    contact_flags.applied(candidate_id, _state(rows, now), min(due, default=None))


def due_of(candidate_id: int, rows: Sequence[Application]) -> list[tuple[Application, datetime]]:
    """When our word about each of these applications was or is due; those told since are not there."""
    waiting = _waiting(rows)
    if not waiting:
        return []
    word, calendar = last_word(candidate_id), _calendar(max(row.state_at for row in waiting))
    return [
        (row, due_after(row.state_at, WORKING_DAYS[ApplicationState(row.state)], calendar))
        for row in waiting
        if word is None or word < row.state_at
    ]


def due_after(moment: datetime, working_days: int, calendar: WorkingCalendar) -> datetime:
    """The same hour some working days later; what begins outside working hours begins at the next opening."""
    opening = calendar.next_opening(moment.timestamp())
    start = (moment if opening is None else datetime.fromtimestamp(opening, UTC)).astimezone(calendar.zone)
    day = start.date()
    for _number in range(working_days):
        day += clock.DAY
        while not calendar.is_working_day(day):
            day += clock.DAY
    return clock.wall(day, start.hour * 60 + start.minute, calendar.zone)


def last_word(candidate_id: int) -> datetime | None:
    """When the candidate last heard from us: a conversation, a message, or a decision that was passed on."""
    action = EngagementAction
    told = or_(action.outcome.in_(WORDS), ActionKind.two_way, ActionKind.code == "status_update")
    query = (
        select(func.max(action.occurred_at))
        .join(ActionKind, ActionKind.id == action.kind_id)
        .where(action.candidate_id == candidate_id, action.undone_at.is_(None), told)
    )
    return db.session.scalar(query)


def _waiting(rows: Sequence[Application]) -> list[Application]:
    """Those about which word is expected and was not given by the button."""
    return [row for row in rows if row.state in WORKING_DAYS and (row.told_at is None or row.told_at < row.state_at)]


def _state(rows: Sequence[Application], now: datetime) -> str | None:
    """Of the open application that moved last, else of the one that ended last and is not yet long ago."""
    running = [row for row in rows if row.state in OPEN and not _stale(row, now)]
    ended = [row for row in rows if row.state == ApplicationState.REJECTED and row.state_at > now - REMEMBERED]
    newest = max(running or ended, key=lambda row: (row.state_at, row.id), default=None)
    return str(newest.state) if newest else None


def _stale(row: Application, now: datetime) -> bool:
    return row.state == ApplicationState.STARTED and row.active_at <= now - STALE


def _calendar(at: datetime) -> WorkingCalendar:
    agency = the_agency()
    zone = agency.zone if agency else ZoneInfo("UTC")
    return working_calendar(zone, clock.local_day(at, zone).year)
