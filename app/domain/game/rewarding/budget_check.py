"""Proof that budgets, what is held of them, and redemptions are what the movements of money and coins say."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from app.db import db
from app.domain.game.coins import FROM_COINS, CoinEntry
from app.domain.game.rewarding.budget import Budget, BudgetEntry, BudgetHold, Pot
from app.domain.game.rewarding.redemption import OPEN, SOURCE, Redemption, RedemptionState

NAMED = 20
POTS = (Pot.AVAILABLE, Pot.RESERVED, Pot.COMMITTED, Pot.SPENT)
HELD = (Pot.RESERVED, Pot.COMMITTED, Pot.SPENT)
HOLDS = {
    RedemptionState.REQUESTED: BudgetHold.reserved,
    RedemptionState.APPROVED: BudgetHold.committed,
    RedemptionState.FULFILLED: BudgetHold.spent,
}
"""Where the money of a redemption is; that of one that was let go of is released."""


class Difference(NamedTuple):
    """The pots as they are stored, and as the movements say."""

    id: int
    stored: tuple[int, ...]
    computed: tuple[int, ...]


def wrong_budgets(most: int = NAMED) -> list[Difference]:
    """The first whose budgeted, available, reserved, committed or spent cents are not the sum of their movements."""
    stored = Budget.budgeted, *(getattr(Budget, pot) for pot in POTS)
    computed = -_net(Pot.OUTSIDE), *(_net(pot) for pot in POTS)
    query = select(Budget.id, *stored, *computed).outerjoin(BudgetEntry, BudgetEntry.budget_id == Budget.id)
    return _differing(query.group_by(Budget.id).order_by(Budget.id), most)


def wrong_holds(most: int = NAMED) -> list[Difference]:
    """The first holds whose total, released, reserved, committed or spent cents are not the sum of their movements."""
    stored = BudgetHold.total, BudgetHold.released, *(getattr(BudgetHold, pot) for pot in HELD)
    taken, back = BudgetEntry.from_pot == Pot.AVAILABLE, BudgetEntry.to_pot == Pot.AVAILABLE
    computed = _sum(taken), _sum(back), *(_net(pot) for pot in HELD)
    query = select(BudgetHold.id, *stored, *computed).outerjoin(BudgetEntry, BudgetEntry.hold_id == BudgetHold.id)
    return _differing(query.group_by(BudgetHold.id).order_by(BudgetHold.id), most)


def _net(pot: Pot) -> ColumnElement[int]:
    return _sum(BudgetEntry.to_pot == pot) - _sum(BudgetEntry.from_pot == pot)


def _sum(when: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((when, BudgetEntry.cents), else_=0)), 0)


def _differing(query: Select[Any], most: int) -> list[Difference]:
    found = []
    for row_id, *cents in db.session.execute(query):
        half = len(cents) // 2
        stored, computed = tuple(map(int, cents[:half])), tuple(map(int, cents[half:]))
        if stored != computed:
            found.append(Difference(row_id, stored, computed))
    return found[:most]


def wrong_redemptions(most: int = NAMED) -> list[int]:
    """The first that do not hold what their state says, of money or of coins."""
    gave = CoinEntry.source_id == Redemption.coin_entry_id, CoinEntry.source_kind == FROM_COINS
    rows = select(Redemption.id).outerjoin(CoinEntry, and_(*gave, CoinEntry.kind == "release"))
    held = BudgetHold.source_id == Redemption.id, BudgetHold.source_kind == SOURCE
    kept = Redemption.state.in_((*OPEN, RedemptionState.FULFILLED))
    where = case(*((Redemption.state == state, pot) for state, pot in HOLDS.items()), else_=BudgetHold.released)
    wrong = or_(
        Redemption.coin_entry_id.is_(None),
        kept == CoinEntry.id.is_not(None),
        and_(Redemption.cents > 0, func.coalesce(where, 0) != Redemption.cents),
    )
    return list(
        db.session.scalars(rows.outerjoin(BudgetHold, and_(*held)).where(wrong).order_by(Redemption.id).limit(most))
    )
