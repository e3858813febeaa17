"""People who keep coming back: on at least three days of the last seven, however low their score is."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import ForeignKey, Index, Table, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.agency.agency import the_zone
from app.domain.candidates import contact_flags
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind
from app.domain.scoring.contribution import HUMAN, TOUCHPOINTS

WEEK_DAYS = 7
FEWEST_DAYS = 3
REST = timedelta(days=14)
LATELY = timedelta(days=7)
ELSEWHERE = ("mail_click",)
"""Links in mails also lead to other websites than the agency's own."""


class ComingBack(Base):
    """Somebody came on at least three days of seven; found again at the earliest after fourteen days."""

    __tablename__ = "coming_back"
    __table_args__ = (Index(None, "candidate_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    days: Mapped[int] = mapped_column(info=PERSONAL)


TABLE = cast("Table", ComingBack.__table__)
WEBSITE = select(TouchpointKind.code).where(
    TouchpointKind.role == KindRole.VISIT, TouchpointKind.code.not_in(ELSEWHERE)
)

WHO, DAY = TOUCHPOINTS.c.candidate_id, TOUCHPOINTS.c.local_date
HOW_MANY = func.count(DAY.distinct())
DAYS = (
    select(WHO, HOW_MANY)
    .where(
        WHO.in_(bindparam("ids", expanding=True)),
        DAY.between(bindparam("first"), bindparam("last")),
        TOUCHPOINTS.c.kind.in_(WEBSITE),
        *HUMAN,
    )
    .group_by(WHO)
    .having(HOW_MANY >= FEWEST_DAYS)
)
"""On how many of some days each of them was on the website, of those who were on three."""
FOUND_BEFORE = exists().where(TABLE.c.candidate_id == WHO, TABLE.c.at > bindparam("rested"))
OBJECTED = exists().where(ContactState.candidate_id == WHO, ContactState.objected_at.is_not(None))
RETURNED = DAYS.where(~FOUND_BEFORE, ~OBJECTED)


def find(candidate_ids: Collection[int], now: datetime) -> dict[int, int]:
    """Those who keep coming back and were not found lately, with their days; who objected to it is left alone."""
    if not candidate_ids:
        return {}
    which = _when(candidate_ids, clock.local_day(now, the_zone())) | {"rested": now - REST}
    found: dict[int, int] = dict(db.session.connection().execute(RETURNED, which).all())
    if found:
        rows = [{"candidate_id": who, "at": now, "days": days} for who, days in sorted(found.items())]
        db.session.connection().execute(insert(TABLE), rows)
        for who in sorted(found):
            contact_flags.coming_back(who, now)
    return found


def reconsider(candidate_id: int) -> datetime | None:
    """After something proved not to be so: when we thought that they kept coming back, if they did not."""
    newest = select(ComingBack).where(ComingBack.candidate_id == candidate_id).order_by(ComingBack.at.desc()).limit(1)
    row = db.session.scalar(newest)
    if row is None or db.session.execute(DAYS, _when([candidate_id], clock.local_day(row.at, the_zone()))).first():
        return None
    db.session.execute(delete(ComingBack).where(ComingBack.id == row.id))
    realign([candidate_id])
    return row.at


def realign(candidate_ids: Collection[int]) -> None:
    """Let the contact state say when each was last found, after moments went or moved to another candidate."""
    state = cast("Table", ContactState.__table__)
    newest = select(func.max(TABLE.c.at)).where(TABLE.c.candidate_id == state.c.candidate_id).scalar_subquery()
    mine = update(state).where(state.c.candidate_id.in_(candidate_ids))
    db.session.execute(mine.values(coming_back_at=newest))


def _when(candidate_ids: Collection[int], last: date) -> dict[str, object]:
    """The seven days up to this one."""
    return {"ids": list(candidate_ids), "first": last - clock.DAY * (WEEK_DAYS - 1), "last": last}
