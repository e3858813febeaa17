"""Whose numbers Bullhorn tells: in another corporation, a sandbox for instance, they are other people's."""

from sqlalchemy import select, update

from app.db import db
from app.domain.actions.bullhorn.account import BullhornAccount
from app.domain.actions.bullhorn.batch import BullhornBatch
from app.domain.actions.bullhorn.people import ORIGIN
from app.domain.actions.bullhorn.record import BullhornRecord
from app.domain.candidates.crm_id import Crm, CrmId


def admit(row: BullhornAccount, name: str) -> bool:
    """Let this be the corporation whose numbers we hold; False while we hold those of another one."""
    others = BullhornAccount.corporation.not_in(["", name])
    if db.session.scalar(select(BullhornAccount.id).where(others).limit(1)) is not None:
        if _holds_any():
            return False
        db.session.execute(update(BullhornAccount).where(others).values(corporation=""))
    row.corporation = name
    return True


def forget() -> None:
    """Whoever answers next is the corporation whose numbers we hold: Bullhorn calls the same one otherwise."""
    db.session.execute(update(BullhornAccount).values(corporation=""))


def _holds_any() -> bool:
    given = select(CrmId.id).where(CrmId.crm == Crm.BULLHORN, CrmId.origin == ORIGIN)
    waiting = select(BullhornBatch.id).where(BullhornBatch.settled_at.is_(None))
    found = (db.session.scalar(each.limit(1)) for each in (select(BullhornRecord.id), given, waiting))
    return any(each is not None for each in found)
