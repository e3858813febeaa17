"""Records of Bullhorn that could not be placed for the same reason: told of once, and put away together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, select, update
from sqlalchemy.orm import aliased

from app.db import Page, db
from app.domain.actions.bullhorn import unplaced
from app.domain.actions.bullhorn.reason import TO_DECIDE, Reason
from app.domain.actions.bullhorn.record import BullhornRecord
from app.domain.actions.bullhorn.unplaced import SHOWN

MOST = 1_000
"""So many reasons are told apart: colleagues and names are among them."""
GOES_ON = (Reason.FAULT, Reason.MISSING, Reason.IN_THE_FUTURE)
"""It is said of them whether they are asked for again by themselves."""


class Alike(NamedTuple):
    """The one of them that was heard of last, and how many they are."""

    newest: BullhornRecord
    times: int


def listed(now: datetime, number: int = 1) -> Page[Alike]:
    """Each reason once, with whom or what it is about; what was heard of last comes first."""
    row = BullhornRecord
    alike, latest_first = _about(row), (row.heard_at.desc(), row.id.desc())
    times = func.count().over(partition_by=alike).label("times")
    place = func.row_number().over(partition_by=alike, order_by=latest_first).label("place")
    ranked = select(row.id, row.heard_at, times, place).where(*unplaced.is_listed(now)).subquery()
    newest = select(ranked.c.id, ranked.c.times).where(ranked.c.place == 1)
    last_first = newest.order_by(ranked.c.heard_at.desc(), ranked.c.id.desc()).limit(MOST)
    found = [(row_id, among) for row_id, among in db.session.execute(last_first)]
    number = min(max(1, number), max(1, -(-len(found) // SHOWN)))
    return Page(_whole(dict(found[(number - 1) * SHOWN : number * SHOWN])), number, SHOWN, len(found))


def one(row_id: int) -> BullhornRecord | None:
    """A record that could not be placed, also when it was put away; None when there is no such record."""
    row = BullhornRecord
    return db.session.scalar(select(row).where(row.id == row_id, row.reason.in_(TO_DECIDE)))


def to_one(row_id: int, now: datetime, number: int = 1) -> Page[BullhornRecord]:
    """Those that are listed for the reason of this one, newest first."""
    return unplaced.listed(now, number, *_is_alike(row_id))


def put_away(row_id: int, reason: str, now: datetime) -> int | None:
    """Somebody has seen why they became nothing: none of them is listed any more for that; answers how many.

    None when this one has another reason by now, which nobody has seen.
    """
    row, found = BullhornRecord, one(row_id)
    if found is None or found.reason != reason:
        return None
    these = row.reason == reason, *unplaced.is_listed(now), *_is_alike(row_id)
    db.session.scalars(select(row.id).where(*these).order_by(row.entity, row.number).with_for_update()).all()
    seen = update(row).where(*these).values(put_away_at=now).execution_options(synchronize_session=False)
    return int(db.session.execute(seen).rowcount)  # type: ignore[attr-defined] # an UPDATE's result has it


def _about(row: type[BullhornRecord]) -> tuple[SQLColumnExpression[Any], ...]:
    """What tells reasons apart: a colleague who is missing, a name that is not logged, what is asked for still."""
    colleague = case((row.reason == Reason.UNKNOWN_RECRUITER, func.lower(row.who)), else_="")
    name = case((row.reason == Reason.UNKNOWN_KIND, row.folded), else_="")
    goes_on = case((row.again_at.is_not(None), 2), (row.tries > 0, 1), else_=0)
    return row.reason, colleague, name, case((row.reason.in_(GOES_ON), goes_on), else_=0)


def _is_alike(row_id: int) -> tuple[ColumnElement[bool], ...]:
    other = aliased(BullhornRecord)
    its_own = (select(each).where(other.id == row_id).scalar_subquery() for each in _about(other))
    return tuple(each == own for each, own in zip(_about(BullhornRecord), its_own, strict=True))


def _whole(times: Mapping[int, int]) -> list[Alike]:
    rows = {row.id: row for row in db.session.scalars(select(BullhornRecord).where(BullhornRecord.id.in_(times)))}
    return [Alike(rows[row_id], number) for row_id, number in times.items()]
