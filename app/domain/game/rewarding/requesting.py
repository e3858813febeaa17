"""Asking for a reward: a request holds coins, stock and budget in one transaction, or nothing at all.

The order in which rows are locked is the same everywhere: redemption, coin balance, stock, budget, hold.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert

from app.db import db
from app.domain.agency.person import Person
from app.domain.game import coins
from app.domain.game.adjustment import SentBefore
from app.domain.game.coins import TooFewCoins
from app.domain.game.rewarding import budget, deciding, holding, reward, reward_notice
from app.domain.game.rewarding.catalogue import Hindrance, Why, had, hindrance, means_of
from app.domain.game.rewarding.deciding import Step
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.rewarding.redemption import SOURCE, Redemption, RedemptionState
from app.domain.game.rewarding.reward import Reward
from app.domain.notices import webhook_event
from app.domain.notices.webhook import Kind

UNDECIDED = timedelta(days=30)
"""How long a request waits for a decision."""


class Refused(Exception):  # noqa: N818 - it says which rule stands in the way
    """It cannot be asked for, and nothing is held: `hindrance` says why."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance


def request(
    of: Reward, person: Person, *, key: bytes, now: datetime, today: date, level: int | None, price: int | None = None
) -> Redemption:
    """Ask for a reward; what needs nobody's approval is granted at once. The same key is the same redemption.

    `today` is the local day; `level` None: levels are not in use. `price` is what was read; None: whatever it is.

    Raises:
        Refused: something stands in the way, and nothing has changed.
        SentBefore: under this key something else was asked for, and nothing is now.
    """
    stands = hindrance(of, means_of(person, today, program_id=of.program_id, level=level))
    if price not in {None, of.price}:
        stands = stands or Hindrance(Why.PRICE, of.price)
    if stands and (before := db.session.scalar(_under(key))):
        return _same(before, of, person)
    if stands:
        raise Refused(stands)
    with db.session.begin_nested():
        return _hold(of, person, key, today, now)


def _hold(of: Reward, person: Person, key: bytes, today: date, now: datetime) -> Redemption:
    """What was there a moment ago may be gone: each of these asks for it again as it takes it."""
    fresh = _new(of, person, key, now)
    if fresh is None:
        return _same(db.session.scalars(_under(key)).one(), of, person)
    fresh.coin_entry_id = _take_coins(fresh, now)
    if of.per_person is not None and had(person.id)[of.id] > of.per_person:
        raise Refused(Hindrance(Why.LIMIT, of.per_person))
    if not reward.take_one(of.id):
        raise Refused(Hindrance(Why.SOLD_OUT))
    fresh.budget_id = _take_money(fresh, of.program_id, today, now)
    asked = deciding.note(fresh, Step(RedemptionState.REQUESTED, person.id, now))
    facts = {"redemption_id": fresh.id, "reward_id": of.id, "person_id": person.id}
    webhook_event.tell(Kind.REWARD_REQUESTED, fresh.id, facts, now)
    if of.approval:
        reward_notice.tell(fresh, asked)
    else:
        deciding.grant(fresh, None, now)
    return fresh


def _new(of: Reward, person: Person, key: bytes, now: datetime) -> Redemption | None:
    """None: there is one under this key."""
    facts = {"reward_id": of.id, "person_id": person.id, "price": of.price, "cents": of.cents, "key": key}
    times = {"requested_at": now, "expires_at": now + UNDECIDED}
    row = insert(Redemption).values(**facts, **times, state=RedemptionState.REQUESTED)
    once = row.on_conflict_do_nothing(index_elements=["key"]).returning(Redemption)
    fresh: Redemption | None = db.session.scalar(once, execution_options={"populate_existing": True})
    return fresh


def _under(key: bytes) -> Select[Redemption]:
    return select(Redemption).where(Redemption.key == key)


def _same(before: Redemption, of: Reward, person: Person) -> Redemption:
    if (before.reward_id, before.person_id) != (of.id, person.id):
        raise SentBefore
    return before


def _take_coins(row: Redemption, now: datetime) -> int:
    """Holds the balance as well, so that one person's requests are counted in turn."""
    facts = {"source_kind": SOURCE, "source_id": row.id, "now": now, "actor_id": row.person_id}
    try:
        return coins.spend(row.person_id, row.price, key=row.key, **facts)  # type: ignore[arg-type] # each is of its own type
    except TooFewCoins:
        has = coins.balance_of(row.person_id)
    owing, lacking = Hindrance(Why.OWING, has.owed), Hindrance(Why.TOO_FEW, row.price - has.balance)
    raise Refused(owing if has.owed else lacking)


def _take_money(row: Redemption, program_id: int, today: date, now: datetime) -> int | None:
    """What is worth nothing needs no budget."""
    if not row.cents:
        return None
    paying = budget.current(program_id, today)
    if paying is None:
        raise Refused(Hindrance(Why.BUDGET))
    try:
        holding.reserve(paying.id, SOURCE, row.id, row.cents, now=now, actor_id=row.person_id)
    except TooLittle as error:
        raise Refused(Hindrance(Why.BUDGET)) from error
    return paying.id
