"""The catalogue as somebody sees it: every reward, and what stands in the way of asking for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Date, Integer, bindparam, func, or_, select

from app.domain.agency.person import Person
from app.domain.game.coins import CoinBalance
from app.domain.game.rewarding import redemption, reward
from app.domain.game.rewarding.budget import Budget
from app.domain.game.rewarding.redemption import Redemption
from app.domain.game.rewarding.reward import Reward
from app.prepared import Prepared


class Why(StrEnum):
    """What stands in the way, the first of these that does."""

    RETIRED = "retired"
    NOT_YET = "not_yet"
    OVER = "over"
    LEVEL = "level"
    LIMIT = "limit"
    SOLD_OUT = "sold_out"
    OWING = "owing"
    TOO_FEW = "too_few"
    BUDGET = "budget"
    PRICE = "price"


class Hindrance(NamedTuple):
    """`number` is the level asked for, how many one may have, how many coins are owed or lacking, or the price."""

    why: Why
    number: int = 0


class Offered(NamedTuple):
    """A reward, and what stands in the way; None: it can be asked for."""

    reward: Reward
    hindrance: Hindrance | None


@dataclass(frozen=True, slots=True)
class Means:
    """What somebody has to ask with: coins, what they have already by reward, and what the budget has available.

    `level` None: there are no levels, and none is asked for.
    """

    today: date
    level: int | None
    balance: int
    owed: int
    had: Mapping[int, int]
    available: int


def catalogue(person: Person, today: date, *, program_id: int, level: int | None) -> list[Offered]:
    """Every reward that was not retired, the cheapest first; `level` None: levels are not in use."""
    means = means_of(person, today, program_id=program_id, level=level)
    return [Offered(each, hindrance(each, means)) for each in reward.of_program(program_id)]


def means_of(person: Person, today: date, *, program_id: int, level: int | None) -> Means:
    """What a person could ask with now."""
    balance, owed, available = LOOK.run({"person": person.id, "program": program_id, "day": today})[0]
    return Means(today, level, balance or 0, owed or 0, had(person.id), available or 0)


def hindrance(of: Reward, means: Means) -> Hindrance | None:
    """The first thing that stands in the way."""
    return closed(of, means.today, means.level) or _lacking(of, means)


def closed(of: Reward, today: date, level: int | None) -> Hindrance | None:
    """What nobody else can change by asking first."""
    hindrances = (
        (Hindrance(Why.RETIRED), of.retired_at is not None),
        (Hindrance(Why.NOT_YET), of.first is not None and today < of.first),
        (Hindrance(Why.OVER), of.last is not None and today > of.last),
        (Hindrance(Why.LEVEL, of.level), level is not None and level < of.level),
    )
    return next((each for each, stands in hindrances if stands), None)


def _lacking(of: Reward, means: Means) -> Hindrance | None:
    most = of.per_person
    hindrances = (
        (Hindrance(Why.LIMIT, most or 0), most is not None and means.had.get(of.id, 0) >= most),
        (Hindrance(Why.SOLD_OUT), of.stock == 0),
        (Hindrance(Why.OWING, means.owed), means.owed > 0),
        (Hindrance(Why.TOO_FEW, of.price - means.balance), means.balance < of.price),
        (Hindrance(Why.BUDGET), of.cents > means.available),
    )
    return next((each for each, stands in hindrances if stands), None)


def had(person_id: int) -> Mapping[int, int]:
    """How many of each reward somebody has, or has asked for; what was let go of does not count."""
    return {row[0]: row[1] for row in HAD.run({"person": person_id})}


def offered(person: Person, today: date, *, of: Reward, level: int | None) -> Offered:
    """One reward as the catalogue has it."""
    means = means_of(person, today, program_id=of.program_id, level=level)
    return Offered(of, hindrance(of, means))


_PERSON, _DAY = bindparam("person", type_=Integer), bindparam("day", type_=Date)
_PAYS = Budget.program_id == bindparam("program", type_=Integer), Budget.first <= _DAY, Budget.last >= _DAY
LOOK = Prepared(
    select(
        select(CoinBalance.balance).where(CoinBalance.person_id == _PERSON).scalar_subquery(),
        select(CoinBalance.owed).where(CoinBalance.person_id == _PERSON).scalar_subquery(),
        select(Budget.available).where(*_PAYS).limit(1).scalar_subquery(),
    )
)
HAD = Prepared(
    select(Redemption.reward_id, func.count())
    .where(Redemption.person_id == _PERSON, or_(*(Redemption.state == state for state in redemption.COUNTING)))
    .group_by(Redemption.reward_id)
)
