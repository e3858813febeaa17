"""What becomes of a redemption: approved, handed over, or let go of, and then everything that it held exactly once.

The order in which rows are locked is that of asking: redemption, coin balance, stock, budget, hold.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update

from app.db import db
from app.domain.agency.person import Person
from app.domain.game import coins
from app.domain.game.rewarding import holding, reward, reward_notice
from app.domain.game.rewarding.redemption import OPEN, SOURCE, Redemption, RedemptionMove, RedemptionState
from app.domain.game.running import RUNS, NotAllowed

NOT_HANDED = timedelta(days=90)
"""How long something may have been approved and not handed over."""
AT_ONCE = 1000


class Step(NamedTuple):
    """To which state, by whom (None: by itself), when, and what they said."""

    state: RedemptionState
    by_id: int | None
    now: datetime
    note: str = ""


def approve(row: Redemption, *, by: Person, now: datetime, said: str = "") -> bool:
    """It will be handed over; False when it was decided before.

    Raises:
        NotAllowed: it is one's own, or one does not run it.
    """
    _check_runs(row, by)
    return grant(row, by.id, now, said)


def decline(row: Redemption, *, by: Person, now: datetime, said: str = "") -> bool:
    """It will not be handed over, although it may have been approved; False when it came to an end before.

    Raises:
        NotAllowed: as `approve`.
    """
    _check_runs(row, by)
    return _end(row, Step(RedemptionState.DECLINED, by.id, now, said))


def fulfil(row: Redemption, *, by: Person, now: datetime, said: str = "") -> bool:
    """It was handed over; False when it is not one that was approved.

    Raises:
        NotAllowed: as `approve`.
    """
    _check_runs(row, by)
    if not _turn(row, Step(RedemptionState.FULFILLED, by.id, now, said), RedemptionState.APPROVED):
        return False
    if hold := holding.of(SOURCE, row.id):
        holding.spend(hold.id, row.cents, now=now, actor_id=by.id)
    return True


def cancel(row: Redemption, *, by: Person, now: datetime, said: str = "") -> bool:
    """Whoever asked wants it no more; False when it came to an end before.

    Raises:
        NotAllowed: somebody else asked.
    """
    if row.person_id != by.id:
        raise NotAllowed
    return _end(row, Step(RedemptionState.CANCELLED, by.id, now, said))


def expire(row: Redemption, now: datetime) -> bool:
    """Nobody decided, or handed it over, in time; False when that is not so."""
    return _end(row, Step(RedemptionState.EXPIRED, None, now))


def overdue(now: datetime) -> Sequence[int]:
    """Those whose time is over."""
    late = select(Redemption.id).where(Redemption.state.in_(OPEN), Redemption.expires_at <= now)
    return db.session.scalars(late.order_by(Redemption.id).limit(AT_ONCE)).all()


def _check_runs(row: Redemption, by: Person) -> None:
    if by.role not in RUNS or row.person_id == by.id:
        raise NotAllowed


def grant(row: Redemption, by_id: int | None, now: datetime, said: str = "") -> bool:
    """It was approved, by somebody or because it needs nobody; False when it was decided before."""
    if not _turn(row, Step(RedemptionState.APPROVED, by_id, now, said), RedemptionState.REQUESTED):
        return False
    if hold := holding.of(SOURCE, row.id):
        holding.commit(hold.id, row.cents, now=now, actor_id=by_id)
    return True


def note(row: Redemption, step: Step) -> RedemptionMove:
    """Write the step down."""
    facts = {"note": step.note, "moved_by_id": step.by_id, "moved_at": step.now}
    move = RedemptionMove(redemption_id=row.id, state=step.state, **facts)  # type: ignore[arg-type] # each is of its own type
    db.session.add(move)
    db.session.flush()
    return move


def _end(row: Redemption, step: Step) -> bool:
    """Of all who end it at once the first one does, and lets go of everything that it held."""
    if not _turn(row, step, *OPEN):
        return False
    if row.coin_entry_id is not None:
        coins.release(row.coin_entry_id, now=step.now, actor_id=step.by_id)
    reward.put_back(row.reward_id)
    if hold := holding.of(SOURCE, row.id):
        holding.release(hold.id, now=step.now, actor_id=step.by_id)
    return True


def _turn(row: Redemption, step: Step, *before: RedemptionState) -> bool:
    still = [Redemption.id == row.id, Redemption.state.in_(before)]
    if step.state is RedemptionState.EXPIRED:
        still.append(Redemption.expires_at <= step.now)
    ends = step.now + NOT_HANDED if step.state is RedemptionState.APPROVED else Redemption.expires_at
    turned = update(Redemption).where(*still).values(state=step.state, expires_at=ends).returning(Redemption.id)
    found = db.session.scalar(turned) is not None
    db.session.refresh(row)
    if found:
        reward_notice.tell(row, note(row, step))
    return found
