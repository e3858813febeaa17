"""Promises that we broke: agreed with a candidate, over for a working day, and nobody even tried."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, and_, or_, select, update

from app.db import db
from app.domain.actions import recovering
from app.domain.actions.promise import OPEN, TABLE, Promise, PromiseKind
from app.domain.actions.recovery import Cause
from app.domain.candidates import contact_state
from app.domain.candidates.contact_state import ContactState
from app.domain.notices import webhook_event
from app.domain.notices.webhook import Kind
from app.domain.scoring.agency_calendar import calendar_at

LOOKED_BACK = timedelta(days=30)
MOST = 200


def find(now: datetime) -> int:
    """Tell of each once, and open a recovery where none is open; returns how many recoveries are new.

    Whoever tried to reach the candidate since the promise was due did not forget it.
    """
    calendar, opened = calendar_at(now), 0
    for row in _forgotten(now):
        if recovering.working_day_after(row.due_at, calendar) <= now:
            _tell(row, now)
            opened += recovering.begin(row.candidate_id, Cause.BROKEN_PROMISE, f"promise:{row.id}", now) is not None
    return opened


def _forgotten(now: datetime) -> Sequence[Row[int, int, int, datetime]]:
    """Nobody tried, and it was not told yet or may still have to be put right; those that wait longest."""
    to_put_right = and_(ContactState.recovery_due_at.is_(None), ContactState.do_not_contact_at.is_(None))
    promised = (
        select(Promise.id, Promise.candidate_id, Promise.person_id, Promise.due_at)
        .join(ContactState, ContactState.candidate_id == Promise.candidate_id)
        .where(
            *OPEN,
            Promise.kind == PromiseKind.AGREED,
            Promise.due_at > now - LOOKED_BACK,
            Promise.due_at < now,
            or_(ContactState.last_attempt_at.is_(None), ContactState.last_attempt_at < Promise.due_at),
            or_(Promise.broken_at.is_(None), to_put_right),
        )
    )
    return db.session.execute(promised.order_by(Promise.due_at, Promise.id).limit(MOST)).all()


def _tell(row: Row[int, int, int, datetime], now: datetime) -> None:
    """Once, also while something else is being put right, and of whoever wants no contact any more.

    The candidate is held first, as by whoever logs that the promise was kept.
    """
    contact_state.lock(row.candidate_id)
    fresh = update(TABLE).where(TABLE.c.id == row.id, TABLE.c.broken_at.is_(None), *OPEN).values(broken_at=now)
    if db.session.scalar(fresh.returning(TABLE.c.id)) is not None:
        facts = {"promise_id": row.id, "candidate_id": row.candidate_id, "person_id": row.person_id}
        webhook_event.tell(Kind.PROMISE_BROKEN, row.id, facts | {"due_at": row.due_at.isoformat()}, now)
