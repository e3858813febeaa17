"""A program with a budget and a reward in its catalogue, and one line each to ask, to earn and to look."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, ClassVar

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.coins import balance_of
from app.domain.game.rewarding import budget, funding, requesting, reward
from app.domain.game.rewarding.budget import Budget, BudgetHold
from app.domain.game.rewarding.catalogue import Why
from app.domain.game.rewarding.redemption import Redemption
from app.domain.game.rewarding.requesting import Refused
from app.domain.game.rewarding.reward import Reward, RewardKind
from tests.domain.game.scene import Scene, start
from tests.people import People

TODAY = date(2026, 11, 20)
NUMBERS = count(1)
OFFER: dict[str, Any] = {
    "kind": RewardKind.VOUCHER,
    "title_nl": "Boekenbon",
    "title_en": "Book token",
    "text_nl": "",
    "text_en": "",
    "price": 60,
    "cents": 2500,
    "per_person": None,
    "level": 0,
    "approval": True,
    "first": None,
    "last": None,
}


def new_key() -> bytes:
    return next(NUMBERS).to_bytes(16, "big")


@dataclass(frozen=True)
class Shop:
    scene: Scene
    budget_id: int

    now: ClassVar = Scene.now

    @property
    def people(self) -> People:
        return self.scene.people

    def offer(self, *, stock: int | None = 3, **facts: Any) -> Reward:  # noqa: ANN401 - any fact of a reward
        return reward.add(self.scene.program_id, stock=stock, by=self.people.ines, now=self.now, **(OFFER | facts))

    def earn(self, coins: int, person: Person | None = None) -> int:
        """The number under which it can be taken back."""
        number, who = next(NUMBERS), person or self.people.sanne
        self.scene.earn(coins, person_id=who.id, team_id=who.team_id, source_id=number)
        return number

    def ask(self, of: Reward, person: Person | None = None, key: bytes | None = None, **facts: Any) -> Redemption:  # noqa: ANN401 - as above
        told: dict[str, Any] = {"key": key or new_key(), "now": self.now, "today": TODAY, "level": None} | facts
        return requesting.request(of, person or self.people.sanne, **told)

    def refusal(self, of: Reward, person: Person | None = None, **facts: Any) -> tuple[Why, int]:  # noqa: ANN401 - as above
        """Why it is refused; an AssertionError when it is not."""
        try:
            self.ask(of, person, **facts)
        except Refused as error:
            return error.hindrance.why, error.hindrance.number
        raise AssertionError("it was granted")

    def pots(self, budget_id: int = 0) -> tuple[int, ...]:
        """Available, reserved, committed, spent."""
        row = budget.find(self.scene.program_id, budget_id or self.budget_id)
        assert row
        return row.available, row.reserved, row.committed, row.spent

    def coins(self, person: Person | None = None) -> int:
        found = balance_of((person or self.people.sanne).id)
        return found.balance - found.owed


def open_shop(cents: int = 10_000) -> Shop:
    """Inside an application context; the budget is that of 2026."""
    scene = start()
    ines, first, last = scene.people.ines, date(2026, 1, 1), date(2026, 12, 31)
    row = budget.make(scene.program_id, "2026", first, last, by=ines, now=scene.now)
    if cents:
        funding.allot(row.id, cents, by=ines, now=scene.now, key=new_key())
    return Shop(scene, row.id)


def pots_of(hold: BudgetHold) -> tuple[int, ...]:
    """Reserved, committed, spent, released."""
    db.session.refresh(hold)
    return hold.reserved, hold.committed, hold.spent, hold.released


def budget_of(shop: Shop) -> Budget:
    return db.session.get_one(Budget, shop.budget_id)
