"""What is given to a budget, and taken back from it."""

from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.rewarding import pots
from app.domain.game.rewarding.budget import BudgetEntry, Pot
from app.domain.game.running import check_runs


def allot(budget_id: int, cents: int, *, by: Person, now: datetime, key: bytes) -> bool:
    """Give money to a budget; False when it was given under this key before.

    Raises:
        NotAllowed: only the sponsor and administrators may.
        SentBefore: under this key something else happened.
    """
    return _fund(budget_id, Pot.OUTSIDE, Pot.AVAILABLE, cents, by=by, now=now, key=key)


def was_allotted(budget_id: int, key: bytes) -> bool:
    """Whether money was given to a budget under this key."""
    mine = BudgetEntry.budget_id == budget_id, BudgetEntry.key == key
    return db.session.scalar(select(BudgetEntry.id).where(*mine)) is not None


def withdraw(budget_id: int, cents: int, *, by: Person, now: datetime, key: bytes) -> bool:
    """Take back what is still available; False when it was taken under this key before.

    Raises:
        NotAllowed, SentBefore: as `allot`.
        TooLittle: less than that is available.
    """
    return _fund(budget_id, Pot.AVAILABLE, Pot.OUTSIDE, cents, by=by, now=now, key=key)


def _fund(budget_id: int, source: Pot, target: Pot, cents: int, *, by: Person, now: datetime, key: bytes) -> bool:
    check_runs(by)
    if cents <= 0:
        raise ValueError(cents)
    pots.lock(budget_id)
    if pots.is_known(key, budget_id, None, source, target, cents):
        return False
    pots.shift(budget_id, source, target, cents)
    pots.enter(budget_id, None, source, target, cents, now=now, actor_id=by.id, key=key)
    return True
