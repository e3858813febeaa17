"""For what money of a budget is held: which competition, whose reward, whose surprise."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing import prize_money
from app.domain.game.competing.competition import Competition
from app.domain.game.recognition import surprise
from app.domain.game.recognition.surprise import Surprise
from app.domain.game.rewarding import redemption
from app.domain.game.rewarding.budget import BudgetHold
from app.domain.game.rewarding.redemption import Redemption
from app.domain.game.rewarding.reward import Reward

MOST = 100
ASKED, GIVEN = aliased(Person), aliased(Person)


class Purpose(NamedTuple):
    """Somebody is named where it is for one person; one of the first two says for what, a surprise has neither."""

    hold: BudgetHold
    competition: str | None
    reward: Reward | None
    person: str | None


def open_ones(budget_id: int) -> list[Purpose]:
    """What is held of a budget and not spent yet, the most money first."""
    held = BudgetHold.reserved + BudgetHold.committed
    mine = _all().where(BudgetHold.budget_id == budget_id, held > 0).order_by(held.desc(), BudgetHold.id)
    return _found(mine.limit(MOST))


def of_holds(hold_ids: Collection[int]) -> Mapping[int, Purpose]:
    """For what each hold is."""
    if not hold_ids:
        return {}
    return {each.hold.id: each for each in _found(_all().where(BudgetHold.id.in_(hold_ids)))}


def _all() -> Select[BudgetHold, str, Reward, str, str]:
    rows = select(BudgetHold, Competition.name, Reward, ASKED.name, GIVEN.name)
    rows = rows.outerjoin(Competition, _is_for(Competition.id, prize_money.SOURCE))
    rows = rows.outerjoin(Redemption, _is_for(Redemption.id, redemption.SOURCE))
    rows = rows.outerjoin(Reward, Reward.id == Redemption.reward_id).outerjoin(ASKED, ASKED.id == Redemption.person_id)
    rows = rows.outerjoin(Surprise, _is_for(Surprise.id, surprise.SOURCE))
    return rows.outerjoin(GIVEN, GIVEN.id == Surprise.receiver_id)


def _is_for(column: InstrumentedAttribute[int], kind: str) -> ColumnElement[bool]:
    return and_(column == BudgetHold.source_id, BudgetHold.source_kind == kind)


def _found(query: Select[BudgetHold, str, Reward, str, str]) -> list[Purpose]:
    return [
        Purpose(hold, competition, reward, asked or given)
        for hold, competition, reward, asked, given in db.session.execute(query)
    ]
