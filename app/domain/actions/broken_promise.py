"""Promises that we broke: agreed with a candidate, over for a working day, and nobody even tried."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from app.db import db
from app.domain.actions import recovering
from app.domain.actions.promise import OPEN, Promise, PromiseKind
from app.domain.actions.recovery import Cause
from app.domain.candidates.contact_state import ContactState
from app.domain.notices import webhook_event
from app.domain.notices.webhook import Kind
from app.domain.scoring.agency_calendar import calendar_at

LOOKED_BACK = timedelta(days=30)
MOST = 200


def find(now: datetime) -> int:
    """Open a recovery for each of them; returns how many are new.

    Whoever tried to reach the candidate since the promise was due did not forget it.
    """
    calendar = calendar_at(now)
    promised = (
        select(Promise.id, Promise.candidate_id, Promise.person_id, Promise.due_at)
        .join(ContactState, ContactState.candidate_id == Promise.candidate_id)
        .where(
            *OPEN,
            Promise.kind == PromiseKind.AGREED,
            Promise.due_at > now - LOOKED_BACK,
            Promise.due_at < now,
            ContactState.recovery_due_at.is_(None),
            or_(ContactState.last_attempt_at.is_(None), ContactState.last_attempt_at < Promise.due_at),
        )
        .order_by(Promise.due_at)
        .limit(MOST)
    )
    broken = [row for row in db.session.execute(promised) if recovering.working_day_after(row.due_at, calendar) <= now]
    opened = [
        row for row in broken if recovering.begin(row.candidate_id, Cause.BROKEN_PROMISE, f"promise:{row.id}", now)
    ]
    for row in opened:
        facts = {"promise_id": row.id, "candidate_id": row.candidate_id, "person_id": row.person_id}
        due = {"due_at": row.due_at.isoformat()}
        webhook_event.tell(Kind.PROMISE_BROKEN, row.id, facts | due, now)
    return len(opened)
