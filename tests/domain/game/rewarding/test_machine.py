"""Budget, coins and stock under any sequence of what happens to them; beside the control with a fault planted in it."""

import os
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.db import db
from app.domain.agency.person import Person
from app.domain.game import coin_check, ledger
from app.domain.game.adjustment import SentBefore
from app.domain.game.rewarding import budget_check, deciding, funding, holding, reward
from app.domain.game.rewarding.catalogue import Why
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.rewarding.redemption import Redemption
from app.domain.game.rewarding.requesting import Refused
from app.domain.game.rewarding.reward import Reward
from app.domain.game.running import NotAllowed
from tests.domain.game.rewarding.shop import Shop, new_key, open_shop

EXAMPLES = int(os.environ.get("FANFARE_MACHINE_EXAMPLES", "3"))
STEPS = 50
WHO, PICK = st.integers(0, 2), st.integers(0, 1_000)
CENTS = st.sampled_from((1, 999, 2500))
STOCK = 4
OUT = ("declined", "cancelled", "expired")
OPEN = ("requested", "approved")
BUDGET = 30_000
LONG = timedelta(days=200)
RECENT = 3
BEGUN_WITH = 600
UNTIL_FOUND = 100


class Asked:
    """A redemption as it should be."""

    def __init__(self, row: Redemption, who: int, which: int, key: bytes) -> None:
        self.row, self.who, self.which, self.key, self.state = row, who, which, key, "requested"


class Rewards(RuleBasedStateMachine):
    """Beside the database it keeps coins, cents and stock in memory; `shop` is given by whoever runs it."""

    shop: Shop
    rewards: list[Reward]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = db.session.begin_nested()
        people = self.shop.people
        self.people: list[Person] = [people.sanne, people.bram, people.ines]
        self.coins: Counter[int] = Counter()
        self.earned: list[tuple[int, int, int]] = []
        self.gone: set[int] = set()
        self.asked: list[Asked] = []
        self.given: list[tuple[int, bytes]] = [(BUDGET, b"")]
        self.taken: list[tuple[int, bytes]] = []
        for who in range(3):
            self._earn(who, BEGUN_WITH)

    def teardown(self) -> None:
        try:
            assert [*budget_check.wrong_budgets(), *budget_check.wrong_holds(), *budget_check.wrong_redemptions()] == []
            assert [*coin_check.wrong_balances(), *coin_check.unpaid()] == []
        finally:
            self.savepoint.rollback()
            db.session.expire_all()

    def free(self) -> int:
        """What should be available of the budget."""
        held = sum(each.row.cents for each in self.asked if each.state not in OUT)
        return sum(cents for cents, _ in self.given) - sum(cents for cents, _ in self.taken) - held

    def stock(self, which: int) -> int:
        return STOCK - sum(each.which == which and each.state not in OUT for each in self.asked)

    @rule(who=WHO, coins=st.sampled_from((5, 60, 120, 300)))
    def earn(self, who: int, coins: int) -> None:
        self._earn(who, coins)

    def _earn(self, who: int, coins: int) -> None:
        self.earned.append((self.shop.earn(coins, self.people[who]), who, coins))
        self.coins[who] += coins

    @precondition(lambda self: self.earned)
    @rule(pick=PICK)
    def take_back(self, pick: int) -> None:
        number, who, coins = self.earned[pick % len(self.earned)]
        ledger.reverse("action", number, by_id=None, now=self.shop.now)
        self.coins[who] -= 0 if number in self.gone else coins
        self.gone.add(number)

    @rule(who=WHO, which=st.integers(0, 1))
    def ask(self, who: int, which: int) -> None:
        of, key = self.rewards[which], new_key()
        stands = self._stands(who, which)
        if stands:
            with pytest.raises(Refused) as refused:
                self.shop.ask(of, self.people[who], key)
            assert refused.value.hindrance.why is stands
            return
        self.asked.append(Asked(self.shop.ask(of, self.people[who], key), who, which, key))
        self.coins[who] -= of.price

    def _stands(self, who: int, which: int) -> Why | None:
        of, has = self.rewards[which], self.coins[who]
        mine = sum((each.who, each.which) == (who, which) and each.state not in OUT for each in self.asked)
        hindrances = {
            Why.LIMIT: of.per_person is not None and mine >= of.per_person,
            Why.SOLD_OUT: self.stock(which) == 0,
            Why.OWING: has < 0,
            Why.TOO_FEW: has < of.price,
            Why.BUDGET: of.cents > self.free(),
        }
        return next((why for why, stands in hindrances.items() if stands), None)

    @precondition(lambda self: self.asked)
    @rule(pick=PICK)
    def insist(self, pick: int) -> None:
        """Send the form again, and approve one's own."""
        each = self.asked[pick % len(self.asked)]
        assert self.shop.ask(self.rewards[each.which], self.people[each.who], each.key).id == each.row.id
        with pytest.raises(NotAllowed):
            deciding.approve(each.row, by=self.people[each.who], now=self.shop.now)

    def _one(self, pick: int) -> Asked:
        """One of those that were asked for last, so that steps of one and the same follow each other."""
        return self.asked[-1 - pick % min(len(self.asked), RECENT)]

    def _turned(self, each: Asked, turned: bool, before: tuple[str, ...], after: str) -> None:
        assert turned == (each.state in before)
        if turned:
            each.state = after
            self.coins[each.who] += each.row.price if after in OUT else 0

    @precondition(lambda self: self.asked)
    @rule(pick=PICK)
    def approve(self, pick: int) -> None:
        each = self._one(pick)
        turned = deciding.approve(each.row, by=self.shop.people.ada, now=self.shop.now)
        self._turned(each, turned, ("requested",), "approved")

    @precondition(lambda self: self.asked)
    @rule(pick=PICK)
    def fulfil(self, pick: int) -> None:
        each = self._one(pick)
        turned = deciding.fulfil(each.row, by=self.shop.people.ada, now=self.shop.now)
        self._turned(each, turned, ("approved",), "fulfilled")

    @precondition(lambda self: self.asked)
    @rule(pick=PICK, way=st.sampled_from(OUT))
    def end(self, pick: int, way: str) -> None:
        each, now = self._one(pick), self.shop.now
        if way == "declined":
            turned = deciding.decline(each.row, by=self.shop.people.ada, now=now)
        elif way == "cancelled":
            turned = deciding.cancel(each.row, by=self.people[each.who], now=now)
        else:
            turned = deciding.expire(each.row, now + LONG)
        self._turned(each, turned, OPEN, way)

    @rule(cents=CENTS, again=st.booleans())
    def give(self, cents: int, again: bool) -> None:
        key = self.given[-1][1] if again and self.given[-1][1] else new_key()
        facts: dict[str, Any] = {"by": self.shop.people.ines, "now": self.shop.now, "key": key}
        if key == self.given[-1][1]:
            assert not funding.allot(self.shop.budget_id, self.given[-1][0], **facts)
            with pytest.raises(SentBefore):
                funding.withdraw(self.shop.budget_id, self.given[-1][0], **facts)
            return
        assert funding.allot(self.shop.budget_id, cents, **facts)
        self.given.append((cents, key))

    @rule(cents=CENTS)
    def withdraw(self, cents: int) -> None:
        facts: dict[str, Any] = {"by": self.shop.people.ines, "now": self.shop.now, "key": new_key()}
        if cents > self.free():
            with pytest.raises(TooLittle) as refused:
                funding.withdraw(self.shop.budget_id, cents, **facts)
            assert refused.value.missing == cents - self.free()
            return
        assert [funding.withdraw(self.shop.budget_id, cents, **facts) for _ in range(2)] == [True, False]
        self.taken.append((cents, facts["key"]))

    @invariant()
    def everything_is_conserved(self) -> None:
        held = Counter({"requested": 0, "approved": 0, "fulfilled": 0})
        for each in self.asked:
            held[each.state] += each.row.cents
        assert self.shop.pots() == (self.free(), held["requested"], held["approved"], held["fulfilled"])
        assert [self.shop.coins(person) for person in self.people] == [self.coins[who] for who in range(3)]
        left = [found.stock for of in self.rewards if (found := reward.find(of.program_id, of.id))]
        assert left == [self.stock(which) for which in range(2)]


def _run(shop: Shop, examples: int = EXAMPLES) -> None:
    rewards = [shop.offer(stock=STOCK, price=40, per_person=3), shop.offer(stock=STOCK, price=250, cents=9000)]
    machine = type("Machine", (Rewards,), {"shop": shop, "rewards": rewards})
    asked = settings(max_examples=examples, stateful_step_count=STEPS, print_blob=False, phases=[Phase.generate])
    run_state_machine_as_test(machine, settings=asked)


@pytest.mark.slow
def test_no_sequence_loses_a_coin_or_a_cent(session: None) -> None:
    _run(open_shop(BUDGET))


@pytest.mark.slow
def test_a_fault_is_found(session: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Money that was reserved stays so when nobody gets the reward."""
    monkeypatch.setattr(holding, "HELD", holding.HELD[1:])
    with pytest.raises((AssertionError, ExceptionGroup)):
        _run(open_shop(BUDGET), UNTIL_FOUND)
