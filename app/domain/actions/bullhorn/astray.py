"""What Bullhorn told of a number that was taken away since: it comes off, and goes where the number goes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.actions.bullhorn import applications, holding, notes, people
from app.domain.actions.bullhorn.record import ASTRAY, MOST, BullhornRecord, Entity
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import Crm


def waiting(after: int = 0, limit: int = MOST) -> Sequence[int]:
    """The ids of those records, after one: nobody has to tell that a number was taken away, however it was."""
    row = BullhornRecord
    return db.session.scalars(select(row.id).where(ASTRAY, row.id > after).order_by(row.id).limit(limit)).all()


def come_off(row_id: int, now: datetime) -> None:
    """Let one be of nobody, once; it comes anew to whoever has the number, or gets it."""
    holding.begin(row_id)
    this = select(BullhornRecord).where(BullhornRecord.id == row_id, ASTRAY).with_for_update()
    row = db.session.scalar(this.execution_options(populate_existing=True))
    if row is not None and not _is_theirs_again(row):
        _of_nobody(row, now)
    db.session.flush()


def _of_nobody(row: BullhornRecord, now: datetime) -> None:
    """From now on it waits, as what was heard of just now."""
    row.heard_at = now
    match Entity(row.entity):
        case Entity.CANDIDATE:
            people.come_off(row, now)
        case Entity.NOTE:
            notes.come_off(row, now)
        case Entity.SUBMISSION | Entity.PLACEMENT:
            applications.come_off(row, now)


def _is_theirs_again(row: BullhornRecord) -> bool:
    """Whether the number was given back to whom it was taken away from."""
    found = crm_id.holder(Crm.BULLHORN, str(row.about))
    if found is None or found.candidate_id != row.candidate_id:
        return False
    row.number_id = found.row_id
    return True
