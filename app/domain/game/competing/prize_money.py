"""The money of a competition's prizes: held from publishing on, and what of it is kept for surprises."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.domain.game.competing import life
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.prize import Prize, PrizeKind, prizes_of
from app.domain.game.rewarding import holding
from app.domain.game.rewarding.budget import BudgetHold, Pot
from app.domain.game.rewarding.pots import TooLittle

SOURCE = "competition"
FOR_SURPRISES = timedelta(days=30)
"""So long after its result is final the sponsor may still give what a competition kept for surprises."""
MOST = 100


class Kept(NamedTuple):
    """So many cents of a competition are there for surprises."""

    competition: Competition
    cents: int


def held_for(competition_id: int) -> BudgetHold | None:
    """What is held for a competition, as it is now; None when its prizes cost nothing."""
    return holding.of(SOURCE, competition_id)


def hold_more(competition: Competition, *, now: datetime, actor_id: int) -> None:
    """Hold what one person more may win, of the prizes that everybody gets.

    Raises:
        TooLittle: the budget has less than that.
    """
    cents = sum(prize.cents for prize in prizes_of(competition.id) if prize.per_person)
    hold = held_for(competition.id)
    if hold and cents:
        holding.extend(hold.id, cents, now=now, actor_id=actor_id)


def kept(program_id: int) -> list[Kept]:
    """The competitions that have something left for surprises, the latest first."""
    holds = BudgetHold.source_id == Competition.id, BudgetHold.source_kind == SOURCE
    rows = (
        select(Competition, BudgetHold, _planned(Competition.id).scalar_subquery())
        .join(BudgetHold, and_(*holds))
        .where(Competition.program_id == program_id, Competition.cancelled_at.is_(None), BudgetHold.reserved > 0)
        .order_by(Competition.first.desc(), Competition.id.desc())
        .limit(MOST)
    )
    found = [Kept(row, _left(row, hold, planned or 0)) for row, hold, planned in db.session.execute(rows)]
    return [each for each in found if each.cents > 0]


def _planned(competition_id: InstrumentedAttribute[int] | int) -> Select[int]:
    for_them = Prize.competition_id == competition_id, Prize.kind == PrizeKind.SURPRISE
    return select(func.sum(Prize.cents * Prize.number)).where(*for_them)


def _left(competition: Competition, hold: BudgetHold, planned: int) -> int:
    """Before the result is final nothing but surprises was let go of, and afterwards nothing but them is reserved."""
    return hold.reserved if competition.final_at else planned - hold.released


def take(competition: Competition, cents: int, *, now: datetime, actor_id: int) -> int:
    """Let go of what a surprise of so many cents costs, for whoever holds it then; from which budget it is.

    Raises:
        TooLittle: less than that is left for surprises.
    """
    life.hold(competition)
    hold = held_for(competition.id)
    left = _left(competition, hold, _sum_planned(competition.id)) if hold and not competition.cancelled_at else 0
    if hold is None or left < cents:
        raise TooLittle(cents - left)
    holding.release_part(hold.id, Pot.RESERVED, cents, now=now, actor_id=actor_id)
    return hold.budget_id


def _sum_planned(competition_id: int) -> int:
    return db.session.scalar(_planned(competition_id)) or 0


def settle(competition: Competition, promised: int, now: datetime) -> None:
    """What was won is promised, and what is kept for surprises stays; the rest is available again."""
    hold = held_for(competition.id)
    if hold is None:
        return
    rest = hold.reserved - promised - (_sum_planned(competition.id) - hold.released)
    if promised:
        holding.commit(hold.id, promised, now=now, actor_id=None)
    if rest:
        holding.release_part(hold.id, Pot.RESERVED, rest, now=now, actor_id=None)


def to_let_go(now: datetime) -> Sequence[Competition]:
    """Those of which surprises have been given for long enough, and something is left."""
    holds = BudgetHold.source_id == Competition.id, BudgetHold.source_kind == SOURCE
    rows = select(Competition).join(BudgetHold, and_(*holds)).where(BudgetHold.reserved > 0)
    late = rows.where(Competition.final_at <= now - FOR_SURPRISES).order_by(Competition.final_at, Competition.id)
    return db.session.scalars(late.limit(MOST)).all()


def let_go(competition: Competition, now: datetime) -> bool:
    """What nobody was surprised with is available again; False when it was before."""
    life.hold(competition)
    hold = held_for(competition.id)
    if hold is None or not hold.reserved:
        return False
    return holding.release_part(hold.id, Pot.RESERVED, hold.reserved, now=now, actor_id=None)
