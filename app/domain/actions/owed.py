"""What we owe candidates: word about their application in time; the house promises that by itself."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, or_, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import TWO_WAY, Outcome
from app.domain.candidates import contact_flags
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.application import OPEN, WORD_WITHIN, Application, ApplicationState
from app.domain.program.action_kind import ActionKind
from app.domain.scoring.agency_calendar import calendar_at
from app.domain.scoring.owed import OWED_FOR
from app.domain.scoring.working_time import WorkingCalendar

STALE = timedelta(days=14)
REMEMBERED = timedelta(days=60)
LAPSES, A_WEEK = timedelta(seconds=OWED_FOR), timedelta(days=7)
"""Words are due within days of the state that they are about: a week is more than any of them."""
WORDS = TWO_WAY | {Outcome.MESSAGE_SENT}


def tell(candidate_id: int, now: datetime) -> None:
    """Copy into the contact state how far the candidate came, and when our earliest word was due.

    One that was due more than thirty days ago tells of neglect, and not of waiting: a later one goes before it.
    """
    rows = db.session.scalars(select(Application).where(Application.candidate_id == candidate_id)).all()
    due = [at for row, at in due_of(candidate_id, rows)] if _waiting(rows) else []
    waits = [at for at in due if at >= now - LAPSES]
    contact_flags.applied(candidate_id, _state(rows, now), min(waits or due, default=None))


def lapsed(now: datetime, most: int) -> Sequence[int]:
    """The candidates whose earliest word was due too long ago to be waited for, while they may wait for a later one."""
    state, row = ContactState, Application
    waits = row.state.in_(WORD_WITHIN), or_(row.told_at.is_(None), row.told_at < row.state_at)
    query = (
        select(state.candidate_id)
        .join(row, row.candidate_id == state.candidate_id)
        .where(state.application_owed_at < now - LAPSES, row.state_at > now - LAPSES - A_WEEK, *waits)
        .distinct()
        .order_by(state.candidate_id)
        .limit(most)
    )
    return db.session.scalars(query).all()


def due_of(candidate_id: int, rows: Sequence[Application]) -> list[tuple[Application, datetime]]:
    """When our word about each of these applications was or is due; those told since are not there."""
    waiting = _waiting(rows)
    if not waiting:
        return []
    word, calendar = last_word(candidate_id), calendar_at(max(row.state_at for row in waiting))
    return [(row, _due(row, calendar)) for row in waiting if word is None or word < row.state_at]


def due_since(earliest: datetime | None, rows: Sequence[Application]) -> dict[int, datetime]:
    """The same without a question, from the earliest one that the contact state tells."""
    waiting = _waiting(rows) if earliest else []
    if not waiting:
        return {}
    calendar = calendar_at(max(row.state_at for row in waiting))
    return {row.id: at for row in waiting if earliest and (at := _due(row, calendar)) >= earliest}


def _due(row: Application, calendar: WorkingCalendar) -> datetime:
    days = WORD_WITHIN[ApplicationState(row.state)]
    return datetime.fromtimestamp(calendar.days_later(row.state_at.timestamp(), days), UTC)


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
    return [row for row in rows if row.state in WORD_WITHIN and (row.told_at is None or row.told_at < row.state_at)]


def _state(rows: Sequence[Application], now: datetime) -> str | None:
    """Of the open application that moved last, else of the one that ended last and is not yet long ago."""
    running = [row for row in rows if row.state in OPEN and not _stale(row, now)]
    ended = [row for row in rows if row.state == ApplicationState.REJECTED and row.state_at > now - REMEMBERED]
    newest = max(running or ended, key=lambda row: (row.state_at, row.id), default=None)
    return str(newest.state) if newest else None


def _stale(row: Application, now: datetime) -> bool:
    return row.state == ApplicationState.STARTED and row.active_at <= now - STALE
