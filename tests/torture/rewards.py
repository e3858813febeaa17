"""Fifty ask for a reward at once, and no more get it than there is stock, coins and budget: `make torture-rewards`.

`--engine` is sqlite or postgresql, which is started for it. The control looks first and then writes what it computed,
as code does that nobody guards, and must give away more than there is.
"""

import argparse
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, NamedTuple
from unittest.mock import patch

from flask import Flask
from sqlalchemy import select, update

from app.db import db, write
from app.domain.agency.person import Person
from app.domain.game import coin_check, coins
from app.domain.game.coins import CoinBalance, TooFewCoins
from app.domain.game.rewarding import budget, budget_check, funding, pots, requesting, reward
from app.domain.game.rewarding.budget import Budget, Pot
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.rewarding.requesting import Refused
from app.domain.game.rewarding.reward import Reward, RewardKind
from app.domain.program.program import the_program
from tests import make
from tests.people import make_people
from tests.torture.ground import chosen, conclude, ground, patiently

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
TODAY = date(2026, 3, 4)
NUMBERS = count(1)
LONGEST = 1.0
"""How many seconds whoever asks may wait for an answer."""
SEEN = threading.local()
"""What the control saw before anybody wrote."""


class Race(NamedTuple):
    """What is asked for, by whom, and how often it can be granted."""

    reward_id: int
    budget_id: int
    askers: Sequence[int]
    winners: int


class Answer(NamedTuple):
    """Whether it was granted; the reason if not; how many seconds it took from the start of all."""

    granted: bool
    why: str
    seconds: float


class Round(NamedTuple):
    """What was wrong, how many seconds the last one waited, and what all of them cost this process."""

    faults: Sequence[str]
    slowest: float
    processor: float


def number() -> bytes:
    return next(NUMBERS).to_bytes(16, "big")


def people(writers: int) -> list[Person]:
    """So many recruiters, made the first time, with the agency."""
    mine = select(Person).where(Person.name.like("R% Jansen")).order_by(Person.id)
    if not db.session.scalars(mine).first():
        make_people()
        for each in range(writers):
            make.person(f"R{each} Jansen")
    return list(db.session.scalars(mine.limit(writers)))


def one_of_stock(app: Flask, writers: int) -> Race:
    """One is left, and everybody could pay for it."""
    return _race(app, writers, stock=1, cents=10, coins_each=60, allotted=100_000, winners=1)


def one_balance(app: Flask, writers: int) -> Race:
    """One person with 100 coins asks for 60, on as many devices."""
    return _race(app, writers, stock=None, cents=10, coins_each=100, allotted=100_000, winners=1, alone=True)


def one_budget(app: Flask, writers: int) -> Race:
    """The budget pays for seven."""
    return _race(app, writers, stock=None, cents=1000, coins_each=60, allotted=7999, winners=7)


RACES = {"stock": one_of_stock, "balance": one_balance, "budget": one_budget}


def _race(
    app: Flask,
    writers: int,
    *,
    stock: int | None,
    cents: int,
    coins_each: int,
    allotted: int,
    winners: int,
    alone: bool = False,
) -> Race:
    with app.app_context():
        askers = people(writers)
        program = the_program()
        assert program
        by = db.session.scalars(select(Person).where(Person.role == "sponsor")).one()
        offer = {"kind": RewardKind.VOUCHER, "title_nl": "Bon", "title_en": "", "text_nl": "", "text_en": ""}
        facts: dict[str, Any] = offer | {"price": 60, "cents": cents, "per_person": None, "level": 0, "approval": True}
        made = reward.add(program.id, stock=stock, by=by, now=NOW, **facts, first=None, last=None)
        paying = budget.current(program.id, TODAY) or budget.make(
            program.id, "2026", date(2026, 1, 1), date(2026, 12, 31), by=by, now=NOW
        )
        if paying.available:
            funding.withdraw(paying.id, paying.available, by=by, now=NOW, key=number())
        funding.allot(paying.id, allotted, by=by, now=NOW, key=number())
        chosen = [askers[0]] * writers if alone else askers
        for person in dict.fromkeys(chosen):
            _own(person.id, coins_each)
        db.session.commit()
        race = Race(made.id, paying.id, [person.id for person in chosen], winners)
        db.session.remove()
    return race


def _own(person_id: int, wanted: int) -> None:
    """Give or take coins until there are so many."""
    has = coins.balance_of(person_id)
    coins.follow(person_id, wanted - has.balance + has.owed, entry_id=next(NUMBERS), now=NOW, actor_id=None)


def at_once(app: Flask, race: Race, ask: Callable[[Flask, Race, int], str]) -> list[Answer]:
    """All of them in threads that start together."""
    start = threading.Barrier(len(race.askers))

    def run(person_id: int) -> Answer:
        start.wait(timeout=20)
        began = time.perf_counter()
        why = ask(app, race, person_id)
        return Answer(not why, why, time.perf_counter() - began)

    with ThreadPoolExecutor(len(race.askers)) as threads:
        return list(threads.map(run, race.askers))


def ask(app: Flask, race: Race, person_id: int) -> str:
    """Why it was refused, or nothing."""
    with app.app_context():
        return patiently(lambda: _ask(race, person_id))


def _ask(race: Race, person_id: int) -> str:
    write()
    of, person = db.session.get_one(Reward, race.reward_id), db.session.get_one(Person, person_id)
    try:
        requesting.request(of, person, key=number(), now=NOW, today=TODAY, level=None)
    except Refused as error:
        db.session.rollback()
        return error.hindrance.why
    db.session.commit()
    return ""


def faults(app: Flask, race: Race, answers: Sequence[Answer]) -> list[str]:
    """What is not as promised: how many won, and whether coins and cents agree."""
    won = sum(each.granted for each in answers)
    found = [f"{won} won, not {race.winners}"] if won != race.winners else []
    with app.app_context():
        found += [f"budget {row}" for row in (*budget_check.wrong_budgets(), *budget_check.wrong_holds())]
        found += [f"redemption {row}" for row in budget_check.wrong_redemptions()]
        found += [f"balance {row}" for row in coin_check.wrong_balances()]
        db.session.remove()
    return found


def unguarded(app: Flask, race: Race, person_id: int, looked: threading.Barrier) -> str:
    """Everybody looks before anybody takes, and then writes what follows from what was seen."""
    with app.app_context():
        row = db.session.get_one(Budget, race.budget_id)
        SEEN.available, SEEN.reserved = row.available, row.reserved
        SEEN.stock = db.session.get_one(Reward, race.reward_id).stock
        SEEN.balance = coins.balance_of(person_id).balance
        db.session.remove()
        looked.wait(timeout=20)
        return patiently(lambda: _ask(race, person_id))


@contextmanager
def without_the_guards() -> Iterator[None]:
    """Nobody asks the database whether there still is what was seen."""
    with (
        patch.object(requesting, "hindrance", return_value=None),
        patch.object(reward, "take_one", _take_seen),
        patch.object(coins, "_take", _spend_seen),
        patch.object(pots, "shift", _shift_seen),
    ):
        yield


def _take_seen(reward_id: int) -> bool:
    if SEEN.stock is None or SEEN.stock < 1:
        return SEEN.stock is None
    db.session.execute(update(Reward).where(Reward.id == reward_id).values(stock=SEEN.stock - 1))
    return True


def _spend_seen(price: int, row: dict[str, Any]) -> int:
    if SEEN.balance < price:
        raise TooFewCoins
    mine = update(CoinBalance).where(CoinBalance.person_id == row["person_id"])
    db.session.execute(mine.values(balance=SEEN.balance - price))
    return coins._write(row) or 0


def _shift_seen(budget_id: int, source: Pot, _target: Pot, cents: int) -> None:
    if SEEN.available < cents:
        raise TooLittle(cents - SEEN.available)
    assert source is Pot.AVAILABLE
    after = {"available": SEEN.available - cents, "reserved": SEEN.reserved + cents}
    db.session.execute(update(Budget).where(Budget.id == budget_id).values(after))


def winners_without_guards(app: Flask, race: Race) -> int:
    """How many got it when nobody guards what there is."""
    looked = threading.Barrier(len(race.askers))
    with without_the_guards():
        answers = at_once(app, race, lambda at, of, who: unguarded(at, of, who, looked))
    return sum(each.granted for each in answers)


def main() -> None:
    options = chosen(__doc__, rounds=20, writers=50)
    with ground(options.engine) as at:
        found = [fault for name in RACES for fault in _rounds(at.app, name, options)]
    told = f"{options.engine}: rounds of {options.writers} at once"
    conclude(len(RACES) * options.rounds, found, control=options.control, told=told)


def _rounds(app: Flask, name: str, options: argparse.Namespace) -> list[str]:
    """What went otherwise than it should; without guards that is every round."""
    if options.control:
        went = sum(_beyond(app, name, options.writers) for _ in range(options.rounds))
        print(f"{name}: without guards {went}/{options.rounds} rounds gave away more than there is")
        return [f"{name}: gave away more than there is"] * went if went == options.rounds else []
    rounds = [one_round(app, name, options.writers) for _ in range(options.rounds)]
    right, slowest = sum(not each.faults for each in rounds), max(each.slowest for each in rounds)
    print(
        f"{name}: {right}/{options.rounds} rounds of {options.writers} at once as promised, the slowest answer after"
        f" {slowest:.2f} s, at most {max(each.processor for each in rounds):.2f} s of processor for a whole round"
    )
    late = [f"{name}: somebody waited {slowest:.2f} s"] if slowest > LONGEST else []
    return [f"{name}: {'; '.join(each.faults)}" for each in rounds if each.faults] + late


def one_round(app: Flask, name: str, writers: int) -> Round:
    race = RACES[name](app, writers)
    began = time.process_time()
    answers = at_once(app, race, ask)
    processor = time.process_time() - began
    return Round(faults(app, race, answers), max(each.seconds for each in answers), processor)


def _beyond(app: Flask, name: str, writers: int) -> bool:
    race = RACES[name](app, writers)
    beyond = winners_without_guards(app, race) > race.winners
    _mend(app)
    return beyond


def _mend(app: Flask) -> None:
    """What was given away too often leaves balances that are none."""
    with app.app_context():
        write()
        coin_check.mend()
        db.session.commit()
        db.session.remove()


if __name__ == "__main__":
    main()
