"""Money held of a budget for one purpose: reserved, then committed, then spent, and let go of exactly once.

Every movement locks the budget first, then the hold, then writes its row; a refusal leaves everything as it was.
"""

from datetime import datetime

from sqlalchemy import select, update

from app.db import db
from app.domain.game.adjustment import SentBefore
from app.domain.game.rewarding import pots
from app.domain.game.rewarding.budget import BudgetHold, Pot

HELD = (Pot.RESERVED, Pot.COMMITTED)


class NotHeld(Exception):  # noqa: N818 - it says which rule stands in the way
    """The hold has fewer cents than that in this pot."""


def reserve(
    budget_id: int, source_kind: str, source_id: int, cents: int, *, now: datetime, actor_id: int | None
) -> BudgetHold:
    """Reserve cents for a competition, redemption or surprise; there is one hold for each, however often it is asked.

    Raises:
        TooLittle: less than that is available.
        SentBefore: it holds something else already.
    """
    if cents <= 0:
        raise ValueError(cents)
    pots.lock(budget_id)
    if before := of(source_kind, source_id):
        if (before.budget_id, before.total) != (budget_id, cents):
            raise SentBefore
        return before
    pots.shift(budget_id, Pot.AVAILABLE, Pot.RESERVED, cents)
    facts = {"budget_id": budget_id, "source_kind": source_kind, "source_id": source_id}
    hold = BudgetHold(**facts, total=cents, reserved=cents)  # type: ignore[arg-type] # each is of its own type
    db.session.add(hold)
    db.session.flush()
    pots.enter(budget_id, hold.id, Pot.AVAILABLE, Pot.RESERVED, cents, now=now, actor_id=actor_id, key=None)
    return hold


def extend(hold_id: int, cents: int, *, now: datetime, actor_id: int | None) -> None:
    """So many cents more are reserved for the same purpose.

    Raises:
        TooLittle: less than that is available.
    """
    if cents <= 0:
        raise ValueError(cents)
    budget_id = _locked(hold_id).budget_id
    pots.shift(budget_id, Pot.AVAILABLE, Pot.RESERVED, cents)
    more = {"total": BudgetHold.total + cents, "reserved": BudgetHold.reserved + cents}
    db.session.execute(update(BudgetHold).where(BudgetHold.id == hold_id).values(more))
    pots.enter(budget_id, hold_id, Pot.AVAILABLE, Pot.RESERVED, cents, now=now, actor_id=actor_id, key=None)


def commit(hold_id: int, cents: int, *, now: datetime, actor_id: int | None, key: bytes | None = None) -> bool:
    """What was reserved is promised; False when it was under this key before.

    Raises:
        NotHeld: less than that is reserved.
        SentBefore: under this key something else happened.
    """
    return _move(hold_id, Pot.RESERVED, Pot.COMMITTED, cents, now=now, actor_id=actor_id, key=key)


def spend(hold_id: int, cents: int, *, now: datetime, actor_id: int | None, key: bytes | None = None) -> bool:
    """What was promised is handed over; False when it was under this key before.

    Raises:
        NotHeld: less than that is committed.
        SentBefore: under this key something else happened.
    """
    return _move(hold_id, Pot.COMMITTED, Pot.SPENT, cents, now=now, actor_id=actor_id, key=key)


def release_part(
    hold_id: int, pot: Pot, cents: int, *, now: datetime, actor_id: int | None, key: bytes | None = None
) -> bool:
    """Part of what is reserved, or committed, is available again; False when it was under this key before.

    Raises:
        NotHeld: less than that is in the pot, or the pot is none of the two.
        SentBefore: under this key something else happened.
    """
    if pot not in HELD:
        raise NotHeld
    return _move(hold_id, pot, Pot.AVAILABLE, cents, now=now, actor_id=actor_id, key=key)


def release(hold_id: int, *, now: datetime, actor_id: int | None) -> int:
    """All that is not spent is available again; how many cents, none when they were released before."""
    hold = _locked(hold_id)
    left = {pot: cents for pot in HELD if (cents := getattr(hold, pot))}
    for pot, cents in left.items():
        release_part(hold_id, pot, cents, now=now, actor_id=actor_id)
    return sum(left.values())


def of(source_kind: str, source_id: int) -> BudgetHold | None:
    """What is held for something, as it is now."""
    mine = select(BudgetHold).where(BudgetHold.source_kind == source_kind, BudgetHold.source_id == source_id)
    return db.session.scalar(mine, execution_options={"populate_existing": True})


def _move(
    hold_id: int, source: Pot, target: Pot, cents: int, *, now: datetime, actor_id: int | None, key: bytes | None
) -> bool:
    if cents <= 0:
        raise ValueError(cents)
    budget_id = _locked(hold_id).budget_id
    if pots.is_known(key, budget_id, hold_id, source, target, cents):
        return False
    less, more = getattr(BudgetHold, source), getattr(BudgetHold, _column(target))
    values = {source.value: less - cents, _column(target): more + cents}
    moved = update(BudgetHold).where(BudgetHold.id == hold_id, less >= cents).values(values)
    if db.session.scalar(moved.returning(BudgetHold.id)) is None:
        raise NotHeld
    pots.shift(budget_id, source, target, cents)
    pots.enter(budget_id, hold_id, source, target, cents, now=now, actor_id=actor_id, key=key)
    return True


def _column(pot: Pot) -> str:
    """What is available again was released."""
    return "released" if pot is Pot.AVAILABLE else pot.value


def _locked(hold_id: int) -> BudgetHold:
    """The hold as it is once its budget is locked."""
    pots.lock(db.session.get_one(BudgetHold, hold_id).budget_id)
    return db.session.get_one(BudgetHold, hold_id, populate_existing=True)
