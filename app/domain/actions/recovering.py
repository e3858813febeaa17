"""Putting right what went wrong for a candidate: whoever looks after them hears it, and has one working day."""

from datetime import UTC, datetime

from sqlalchemy import select, update

from app import clock
from app.db import db
from app.domain.actions import alerting
from app.domain.actions.recovery import Cause, Recovery, open_of
from app.domain.candidates import contact_flags, contact_state
from app.domain.notices.alert import AlertKind
from app.domain.scoring.agency_calendar import calendar_at
from app.domain.scoring.working_time import WorkingCalendar


def begin(candidate_id: int, cause: Cause, about: str, now: datetime) -> Recovery | None:
    """Something went wrong: whoever looks after the candidate hears it and has a working day; one at a time is enough.

    None when one is open already, when this was put right before, or when the candidate wants no contact. A complaint
    takes the place of the low score beside which it was made, so that nobody takes it for a face alone.
    """
    state, before = contact_state.lock(candidate_id), open_of(candidate_id)
    if state.do_not_contact_at is not None or _known(cause, about):
        return None
    if before is not None:
        return _complained(before, about, now) if cause is Cause.COMPLAINT else None
    row = Recovery(
        candidate_id=candidate_id,
        cause=cause,
        about=about,
        person_id=state.owner_id,
        opened_at=now,
        due_at=working_day_after(now, calendar_at(now)),
    )
    db.session.add(row)
    db.session.flush()
    contact_flags.recovering(candidate_id, row.due_at)
    _tell(row, now)
    return row


def _complained(row: Recovery, about: str, now: datetime) -> Recovery | None:
    """The same recovery, within the same working day; the owner hears what it has become."""
    if (row.cause, row.about) != (Cause.LOW_SCORE, about):
        return None
    row.cause = Cause.COMPLAINT
    alerting.withdraw(row.candidate_id, [AlertKind.RECOVERY], now)
    _tell(row, now)
    return row


def _tell(row: Recovery, now: datetime) -> None:
    facts = {"cause": str(row.cause), "due_at": row.due_at.isoformat()}
    period = f"{row.cause}:{now.isoformat()}"
    alerting.tell_owner(row.candidate_id, AlertKind.RECOVERY, period=period, facts=facts, now=now)


def _known(cause: Cause, about: str) -> bool:
    return db.session.scalar(select(Recovery.id).where(Recovery.cause == cause, Recovery.about == about)) is not None


def working_day_after(moment: datetime, calendar: WorkingCalendar) -> datetime:
    """The same hour one working day later; what begins outside working hours begins at the next opening."""
    opening = calendar.next_opening(moment.timestamp())
    start = moment if opening is None else datetime.fromtimestamp(opening, UTC)
    local = start.astimezone(calendar.zone)
    day = local.date() + clock.DAY
    while not calendar.is_working_day(day):
        day += clock.DAY
    return clock.wall(day, local.hour * 60 + local.minute, calendar.zone)


def close(candidate_id: int, action_id: int | None, at: datetime) -> None:
    """We spoke with the candidate since it went wrong: that puts it right, and nobody needs to hear of it any more."""
    still_open = update(Recovery).where(
        Recovery.candidate_id == candidate_id, Recovery.closed_at.is_(None), Recovery.opened_at <= at
    )
    closed = still_open.values(closed_at=at, closed_by_action_id=action_id).returning(Recovery.id)
    if db.session.scalars(closed).all():
        tell_due(candidate_id)
        alerting.withdraw(candidate_id, [AlertKind.RECOVERY], at)


def undo_of(action_id: int, candidate_id: int) -> None:
    """The contact never was: what it put right is open again."""
    reopened = update(Recovery).where(Recovery.closed_by_action_id == action_id)
    db.session.execute(reopened.values(closed_at=None, closed_by_action_id=None))
    tell_due(candidate_id)


def tell_due(candidate_id: int) -> None:
    """Copy into the contact state when something must be put right."""
    row = open_of(candidate_id)
    contact_flags.recovering(candidate_id, row.due_at if row else None)
