"""The pots of a budget: how cents move from one to another, each movement with its row."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, true, update
from sqlalchemy.dialects.postgresql import insert

from app.db import db
from app.domain.game.adjustment import SentBefore
from app.domain.game.rewarding.budget import Budget, BudgetEntry, Pot


class TooLittle(Exception):  # noqa: N818 - it says which rule stands in the way
    """The budget has too little available: `missing` is how many cents more it would take."""

    def __init__(self, missing: int) -> None:
        super().__init__(missing)
        self.missing = missing


def lock(budget_id: int) -> None:
    """Movements of one budget take their turns, so that what is read after this stays so."""
    db.session.execute(select(Budget.id).where(Budget.id == budget_id).with_for_update(key_share=True))


def shift(budget_id: int, source: Pot, target: Pot, cents: int) -> None:
    """Move cents between the pots, if there are so many in the first.

    Raises:
        TooLittle: there are fewer.
    """
    changes = {
        _column(source): cents if source is Pot.OUTSIDE else -cents,
        _column(target): -cents if target is Pot.OUTSIDE else cents,
    }
    moved = update(Budget).where(Budget.id == budget_id, _holds(source, cents))
    moved = moved.values({name: getattr(Budget, name) + change for name, change in changes.items()})
    if db.session.scalar(moved.returning(Budget.id)) is None:
        raise TooLittle(cents - _in(budget_id, source))


def _holds(source: Pot, cents: int) -> ColumnElement[bool]:
    """There is no end to what is outside."""
    return true() if source is Pot.OUTSIDE else getattr(Budget, source) >= cents


def _in(budget_id: int, pot: Pot) -> int:
    found: int | None = db.session.scalar(select(getattr(Budget, pot)).where(Budget.id == budget_id))
    return found or 0


def _column(pot: Pot) -> str:
    """What came from outside is what was budgeted."""
    return "budgeted" if pot is Pot.OUTSIDE else pot.value


def enter(
    budget_id: int,
    hold_id: int | None,
    source: Pot,
    target: Pot,
    cents: int,
    *,
    now: datetime,
    actor_id: int | None,
    key: bytes | None,
) -> None:
    """Write a movement down; its key is new, because whoever moves has locked the budget and looked."""
    where = {"budget_id": budget_id, "hold_id": hold_id, "from_pot": source, "to_pot": target, "cents": cents}
    db.session.execute(insert(BudgetEntry).values(**where, key=key, recorded_at=now, actor_id=actor_id))


def is_known(key: bytes | None, budget_id: int, hold_id: int | None, source: Pot, target: Pot, cents: int) -> bool:  # noqa: PLR0917 - the facts of a row, in its order
    """Whether the movement was written under this key before.

    Raises:
        SentBefore: under this key something else was.
    """
    before = db.session.scalar(select(BudgetEntry).where(BudgetEntry.key == key)) if key else None
    if before is None:
        return False
    said = before.budget_id, before.hold_id, before.from_pot, before.to_pot, before.cents
    if said != (budget_id, hold_id, source, target, cents):
        raise SentBefore
    return True
