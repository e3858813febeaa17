"""Which coins lapse: of what was earned before a day, what is left when the oldest are spent first."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased

from app import clock
from app.db import db
from app.domain.game import coins
from app.domain.game.coins import FROM_LEDGER, CoinBalance, CoinEntry
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.rewarding import lapse
from app.domain.game.rewarding.lapse import CoinLapse

ROW, ORIGINAL = aliased(LedgerEntry), aliased(LedgerEntry)
EARNED = func.coalesce(ORIGINAL.points, ROW.points, 0) > 0
RECORDED_AT = func.coalesce(ORIGINAL.recorded_at, ROW.recorded_at)
"""What is taken back is taken from the coins that it had earned, so it counts as of the day on which they came."""


class Lapsing(NamedTuple):
    """So many coins go on a day, if none are spent before it."""

    on: date
    coins: int


def left(earned: int, gone: int, balance: int) -> int:
    """What is left of coins earned before a day, when all that went was taken from the oldest first."""
    return min(balance, max(0, earned - gone))


def of_person(person_id: int, program_id: int, zone: ZoneInfo) -> list[Lapsing]:
    """What of somebody's coins lapses when, as far as it was announced; the first day first."""
    rows, balance = lapse.standing(program_id), coins.balance_of(person_id).balance
    if not rows or not balance:
        return []
    earned, gone = _sums(person_id, rows, zone)
    found, went = [], 0
    for row, before in zip(rows, earned, strict=True):
        lapsing = left(before, gone + went, balance - went)
        found.append(Lapsing(row.lapses_on, lapsing))
        went += lapsing
    return [each for each in found if each.coins]


def take(row: CoinLapse, person_id: int, zone: ZoneInfo, now: datetime) -> int:
    """Take what lapses of one person, once; how many coins.

    Their balance is locked first, so that what they spend meanwhile is not taken as well.
    """
    locked = select(CoinBalance.balance).where(CoinBalance.person_id == person_id).with_for_update(key_share=True)
    balance, key = db.session.scalar(locked) or 0, _key(row, person_id)
    if db.session.scalar(select(CoinEntry.id).where(CoinEntry.key == key)) is not None:
        return 0
    (earned,), gone = _sums(person_id, [row], zone)
    lapsing = left(earned, gone, balance)
    if lapsing:
        coins.expire(person_id, lapsing, source_id=row.id, key=key, now=now)
    return lapsing


def holders() -> Sequence[int]:
    """Everybody who has coins."""
    return db.session.scalars(
        select(CoinBalance.person_id).where(CoinBalance.balance > 0).order_by(CoinBalance.person_id)
    ).all()


def _key(row: CoinLapse, person_id: int) -> bytes:
    return hashlib.blake2b(f"coins of {person_id} that lapse by {row.id}".encode(), digest_size=16).digest()


def _sums(person_id: int, rows: Sequence[CoinLapse], zone: ZoneInfo) -> tuple[list[int], int]:
    """What was earned before the day of each, and all that went since the beginning, which came back left out."""
    days = [clock.midnight(row.earned_before, zone) for row in rows]
    earned = [_sum(case((and_(EARNED, day > RECORDED_AT), CoinEntry.coins), else_=0)) for day in days]
    query = select(*earned, _sum(case((EARNED, 0), else_=-CoinEntry.coins))).select_from(CoinEntry)
    query = query.outerjoin(ROW, (ROW.id == CoinEntry.source_id) & (CoinEntry.source_kind == FROM_LEDGER))
    query = query.outerjoin(ORIGINAL, ORIGINAL.id == ROW.reverses_id).where(CoinEntry.person_id == person_id)
    *before, gone = map(int, db.session.execute(query).one())
    return before, gone


def _sum(of: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(of), 0)
