"""Proof that coins are what their ledger says, and that their ledger follows that of the points."""

from typing import NamedTuple

from sqlalchemy import Select, case, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import insert

from app.db import db
from app.domain.game.coins import FROM_LEDGER, CoinBalance, CoinEntry
from app.domain.game.ledger_entry import LedgerEntry

NAMED = 20


class Unpaid(NamedTuple):
    """Points without the same number of coins; `coins` None: there is no row for them."""

    entry_id: int
    points: int
    coins: int | None


class Balance(NamedTuple):
    """What somebody has and owes as it is stored, and the sum of their rows."""

    person_id: int
    balance: int
    owed: int
    total: int


def unpaid(most: int = NAMED) -> list[Unpaid]:
    """The first rows of the points ledger that coins do not follow."""
    rows = _followed().where(or_(CoinEntry.id.is_(None), CoinEntry.coins != LedgerEntry.points))
    return [Unpaid(*row) for row in db.session.execute(rows.order_by(LedgerEntry.id).limit(most))]


def wrong_balances(most: int = NAMED) -> list[Balance]:
    """The first people whose balance less what they owe is not the sum of their rows, or who have both."""
    totals = _totals().subquery()
    balance, owed = func.coalesce(CoinBalance.balance, 0), func.coalesce(CoinBalance.owed, 0)
    rows = select(totals.c.person_id, balance, owed, totals.c.total)
    rows = rows.outerjoin(CoinBalance, CoinBalance.person_id == totals.c.person_id)
    wrong = or_(balance - owed != totals.c.total, balance < 0, owed < 0, (balance > 0) & (owed > 0))
    known = select(CoinEntry.person_id)
    stray = select(CoinBalance.person_id, CoinBalance.balance, CoinBalance.owed, literal(0)).where(
        CoinBalance.person_id.not_in(known), or_(CoinBalance.balance != 0, CoinBalance.owed != 0)
    )
    found = [*db.session.execute(rows.where(wrong).limit(most)), *db.session.execute(stray.limit(most))]
    return sorted(Balance(*row) for row in found)[:most]


def mend() -> None:
    """Write the coins that are missing beside points, and every balance anew."""
    missing = _followed().with_only_columns(
        LedgerEntry.person_id,
        case((LedgerEntry.points > 0, "earn"), else_="reversal"),
        LedgerEntry.points,
        literal(FROM_LEDGER),
        LedgerEntry.id,
        LedgerEntry.recorded_at,
        LedgerEntry.actor_id,
    )
    names = ["person_id", "kind", "coins", "source_kind", "source_id", "recorded_at", "actor_id"]
    rows = missing.where(CoinEntry.id.is_(None)).order_by(LedgerEntry.id)
    db.session.execute(insert(CoinEntry).from_select(names, rows))
    totals = _totals().subquery()
    has, owes = (
        case((totals.c.total > 0, totals.c.total), else_=0),
        case((totals.c.total < 0, -totals.c.total), else_=0),
    )
    put = insert(CoinBalance).from_select(
        ["person_id", "balance", "owed"], select(totals.c.person_id, has, owes).where(true())
    )
    changes = {"balance": put.excluded.balance, "owed": put.excluded.owed}
    db.session.execute(put.on_conflict_do_update(index_elements=["person_id"], set_=changes))


def _followed() -> Select[int, int, int | None]:
    """Every row that earned or lost somebody points, with the coins that followed it."""
    followed = (CoinEntry.source_id == LedgerEntry.id) & (CoinEntry.source_kind == FROM_LEDGER)
    rows = select(LedgerEntry.id, LedgerEntry.points, CoinEntry.coins).outerjoin(CoinEntry, followed)
    return rows.where(LedgerEntry.person_id.is_not(None), LedgerEntry.points != 0)


def _totals() -> Select[int, int]:
    return select(CoinEntry.person_id, func.sum(CoinEntry.coins).label("total")).group_by(CoinEntry.person_id)
