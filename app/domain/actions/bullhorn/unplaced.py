"""Records of Bullhorn that could not be placed: listed until they are, until somebody put them away, or for a month."""

from datetime import datetime

from sqlalchemy import select

from app.db import Page, db, page_of
from app.domain.actions.bullhorn.reason import TO_DECIDE
from app.domain.actions.bullhorn.record import KEPT, BullhornRecord

SHOWN = 25


def listed(now: datetime, number: int = 1) -> Page[BullhornRecord]:
    """What somebody may want to do something about, newest first."""
    row = BullhornRecord
    query = select(row).where(row.reason.in_(TO_DECIDE), row.heard_at > now - KEPT, row.put_away_at.is_(None))
    return page_of(query.order_by(row.heard_at.desc(), row.id.desc()), number, SHOWN)


def put_away(row_id: int, now: datetime) -> BullhornRecord | None:
    """Somebody has seen why it became nothing: it is listed no more for that; None when there is no such record."""
    row = db.session.get(BullhornRecord, row_id, with_for_update=True, populate_existing=True)
    if row is not None:
        row.put_away_at = now
    return row
