"""Under which numbers scores of ours stand in Carerix, so that they are taken back where a number is nobody's here.

Somebody corrected it, undid the import that brought it, objected or was forgotten: there it may be a stranger's.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, String, Table, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.crm_id import Crm, CrmId

PORTION = 500
"""How many are noticed in one transaction."""
AT_ONCE = 100
"""How many are taken back in a turn, so that scores are written beside it."""
AGAIN = timedelta(hours=1)
KEPT = timedelta(days=30)
LONGEST_FAULT = 60
SHOWN = 50
LATER = aliased(CrmId)
IS_LATEST = ~exists().where(LATER.candidate_id == CrmId.candidate_id, LATER.crm == CrmId.crm, LATER.id > CrmId.id)
"""Of several numbers of one person the one that was given last counts."""
IS_WRITTEN = CrmId.crm == Crm.CARERIX, IS_LATEST, PRESENT, ContactState.objected_at.is_(None)
"""Of whom a score may stand there."""


class CarerixStanding(Base):
    """`free_since`: it was noticed then that the number is of nobody of whom a score may stand there.

    At `next_try_at` it is tried to take the score back; `fault` is why that did not go the last time.
    """

    __tablename__ = "carerix_standing"

    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    free_since: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, index=True)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    fault: Mapped[str] = mapped_column(String(LONGEST_FAULT), default="")


TABLE = cast("Table", CarerixStanding.__table__)
IS_FREE = TABLE.c.free_since.is_not(None)


def is_noted(number: str) -> bool:
    """Whether a score that is written under this number would be found again."""
    return db.session.scalar(select(TABLE.c.number).where(TABLE.c.number == number)) is not None


def note(number: str) -> None:
    """A score of somebody here stands there, or is about to."""
    facts = {"free_since": None, "next_try_at": None, "fault": ""}
    new = insert(TABLE).values(number=number, **facts)
    db.session.execute(new.on_conflict_do_update(index_elements=["number"], set_=facts))


def freed() -> Sequence[str]:
    """Some of the numbers that became nobody's and of which that was not noticed yet."""
    query = select(TABLE.c.number).where(~IS_FREE, _is_nobodys())
    return db.session.scalars(query.order_by(TABLE.c.number).limit(PORTION)).all()


def let_go(numbers: Collection[str], now: datetime) -> None:
    """From now on it is tried to take back what stands under these."""
    db.session.execute(update(TABLE).where(TABLE.c.number.in_(numbers)).values(free_since=now, next_try_at=now))


def due(now: datetime) -> Sequence[str]:
    """Numbers under which a score is to be taken back now."""
    waiting = select(TABLE.c.number).where(IS_FREE, TABLE.c.next_try_at <= now, _is_nobodys())
    return db.session.scalars(waiting.order_by(TABLE.c.next_try_at, TABLE.c.number).limit(AT_ONCE)).all()


def claim(number: str, now: datetime) -> bool:
    """Take one for a while; False when another process did, or it is somebody's again."""
    mine = update(TABLE).where(TABLE.c.number == number, TABLE.c.next_try_at <= now, _is_nobodys())
    return db.session.scalar(mine.values(next_try_at=now + AGAIN).returning(TABLE.c.number)) is not None


def taken_back(number: str) -> None:
    """Nothing of ours stands there any more."""
    db.session.execute(delete(TABLE).where(TABLE.c.number == number))


def stays(number: str, fault: str, next_try_at: datetime) -> None:
    """It could not be taken back, and is tried again."""
    told = {"fault": fault[:LONGEST_FAULT], "next_try_at": next_try_at}
    db.session.execute(update(TABLE).where(TABLE.c.number == number).values(told))


def forget(before: datetime) -> None:
    """What could not be taken back for weeks: the numbers are of people whom we may not know any more."""
    db.session.execute(delete(TABLE).where(TABLE.c.free_since < before, _is_nobodys()))


def left() -> Sequence[CarerixStanding]:
    """Numbers of nobody here under which a score stands still, those that wait longest first."""
    row = CarerixStanding
    waiting = select(row).where(IS_FREE, _is_nobodys()).order_by(row.free_since, row.number)
    return db.session.scalars(waiting.limit(SHOWN)).all()


def how_many_left() -> int:
    """How many such numbers there are."""
    return db.session.scalar(select(func.count()).select_from(TABLE).where(IS_FREE, _is_nobodys())) or 0


def _is_nobodys() -> ColumnElement[bool]:
    theirs = select(CrmId.id).join(Candidate, Candidate.id == CrmId.candidate_id)
    written = theirs.join(ContactState, ContactState.candidate_id == Candidate.id)
    return ~written.where(CrmId.number == TABLE.c.number, *IS_WRITTEN).exists()
