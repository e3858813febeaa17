"""Records of Bullhorn that could not be placed: listed until they are, until somebody put them away, or for a month."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from app.db import Page, db, page_of
from app.domain.actions.bullhorn.reason import TO_DECIDE
from app.domain.actions.bullhorn.record import KEPT, BullhornRecord

SHOWN = 25


def is_listed(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What somebody may want to do something about, and did not put away."""
    row = BullhornRecord
    return row.reason.in_(TO_DECIDE), row.heard_at > now - KEPT, row.put_away_at.is_(None)


def listed(now: datetime, number: int = 1, *only: ColumnElement[bool]) -> Page[BullhornRecord]:
    """One page of it, newest first; `only`: those of which this holds."""
    row = BullhornRecord
    query = select(row).where(*is_listed(now), *only)
    return page_of(query.order_by(row.heard_at.desc(), row.id.desc()), number, SHOWN)


def how_many(now: datetime) -> int:
    """How many records are listed."""
    return db.session.scalar(select(func.count()).select_from(BullhornRecord).where(*is_listed(now))) or 0


def put_away(row_id: int, now: datetime) -> BullhornRecord | None:
    """Somebody has seen why it became nothing: it is listed no more for that; None when there is no such record."""
    row = db.session.get(BullhornRecord, row_id, with_for_update=True, populate_existing=True)
    if row is not None:
        row.put_away_at = now
    return row
