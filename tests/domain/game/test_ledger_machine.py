"""The ledgers under any sequence of what happens to them: earn, retry, take back, redeem, cancel, expire, rebuild."""

import os
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.domain.game import appearance, coin_check, coins, ledger, rebuilding
from app.domain.game.coins import TooFewCoins, balance_of
from app.domain.game.doctor import standings_differences
from app.domain.program import absence, contract, season
from tests.domain.game.scene import Scene, start

FIRST = date(2026, 11, 23)
EXAMPLES = int(os.environ.get("FANFARE_MACHINE_EXAMPLES", "3"))
STEPS = 50
WHO, DAYS = st.integers(0, 3), st.integers(0, 12)
POINTS = st.sampled_from((0, 5, 10, 30, 50))


class Ledgers(RuleBasedStateMachine):
    """Beside the database it keeps the sums in memory; `scene` is given by whoever runs it."""

    scene: Scene

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = db.session.begin_nested()
        people = self.scene.people
        self.people = [people.sanne, people.bram, people.tess, people.otto]
        self.coins: Counter[int] = Counter()
        self.earned: list[dict[str, Any]] = []
        self.spent: list[tuple[int, bytes, int, int]] = []
        self.taken_back: set[int] = set()
        self.given_back: set[int] = set()
        self.number = self.rebuilt = 0

    def teardown(self) -> None:
        try:
            _check_all()
        finally:
            self.savepoint.rollback()
            db.session.expire_all()

    def _next(self) -> tuple[int, bytes]:
        self.number += 1
        return self.number, self.number.to_bytes(16, "big")

    @initialize()
    def begin(self) -> None:
        """Everybody has something to spend, and two have something that can be cancelled."""
        for who in range(len(self.people)):
            self.earn(who, 50, 0, 1, "earn")
        for who in (0, 1):
            self.redeem(who, 20, expires=False)

    @rule(who=WHO, points=POINTS, days=DAYS, candidate=st.integers(1, 3), kind=st.sampled_from(("earn", "bonus")))
    def earn(self, who: int, points: int, days: int, candidate: int, kind: str) -> None:
        number, key = self._next()
        person = self.people[who]
        facts: dict[str, Any] = {
            "person_id": person.id,
            "team_id": person.team_id,
            "candidate_id": candidate,
            "kind": kind,
        }
        facts |= {"on": FIRST + timedelta(days=days), "source_id": number, "key": key, "points": points}
        self.scene.earn(**facts, reason="proof" if kind == "bonus" else "")
        self.earned.append(facts)
        self.coins[person.id] += points

    @precondition(lambda self: self.earned)
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        with pytest.raises(IntegrityError), db.session.begin_nested():
            self.scene.earn(**data.draw(st.sampled_from(self.earned)))

    @precondition(lambda self: self.earned)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        facts = data.draw(st.sampled_from(self.earned))
        number = facts["source_id"]
        wanted = 0 if number in self.taken_back else facts["points"]
        assert ledger.reverse("action", number, by_id=None, now=self.scene.now) == wanted
        self.taken_back.add(number)
        self.coins[facts["person_id"]] -= wanted

    @rule(who=WHO, price=st.sampled_from((1, 20, 45)), expires=st.booleans())
    def redeem(self, who: int, price: int, expires: bool) -> None:
        number, key = self._next()
        person_id = self.people[who].id
        if self.coins[person_id] < price:
            with pytest.raises(TooFewCoins):
                self._take(person_id, price, number, key, expires)
            return
        made = self._take(person_id, price, number, key, expires)
        assert self._take(person_id, price, number, key, expires) == made
        self.coins[person_id] -= price
        if not expires:
            self.spent.append((made, key, person_id, price))

    def _take(self, person_id: int, price: int, number: int, key: bytes, expires: bool) -> int:
        facts: dict[str, Any] = {"source_id": number, "key": key, "now": self.scene.now}
        if expires:
            return coins.expire(person_id, price, **facts)
        return coins.spend(person_id, price, source_kind="redemption", actor_id=person_id, **facts)

    @precondition(lambda self: self.spent)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        made, _, person_id, price = data.draw(st.sampled_from(self.spent))
        coins.release(made, now=self.scene.now, actor_id=None)
        self.coins[person_id] += 0 if made in self.given_back else price
        self.given_back.add(made)

    @rule(who=WHO, first=DAYS, length=st.integers(0, 5), closure=st.booleans())
    def be_away(self, who: int, first: int, length: int, closure: bool) -> None:
        day = FIRST + timedelta(days=first)
        person_id = None if closure else self.people[who].id
        row = absence.record(person_id, day, day + timedelta(days=length), by_id=None, now=self.scene.now)
        if length == 0:
            absence.withdraw(row, self.scene.now)

    @rule(who=WHO, weekdays=st.sets(st.integers(0, 6)), days=DAYS)
    def agree(self, who: int, weekdays: set[int], days: int) -> None:
        day = FIRST + timedelta(days=days)
        contract.set_days(self.people[who], weekdays, day, by_id=None, now=self.scene.now)

    @rule(who=WHO, choice=st.sampled_from(appearance.CHOICES))
    def appear(self, who: int, choice: str) -> None:
        appearance.choose(self.people[who], choice, self.scene.now)

    @rule(days=DAYS)
    def have_a_season(self, days: int) -> None:
        program_id, first = self.scene.program_id, FIRST + timedelta(days=days)
        held = season.all_of(program_id)
        if held:
            season.change(held[0], "Winter", first, first + timedelta(days=20), self.scene.now)
        else:
            season.add(program_id, "Herfst", first, first + timedelta(days=20), by_id=None, now=self.scene.now)

    @precondition(lambda self: self.number > self.rebuilt)
    @rule()
    def rebuild(self) -> None:
        self.rebuilt = self.number
        db.session.execute(text("UPDATE standing SET points = points + 1, helped = 7, sort_key = 3"))
        db.session.execute(text("DELETE FROM coin_balance"))
        rebuilding.rebuild()
        coin_check.mend()
        _check_all()

    @invariant()
    def balances_are_the_sums(self) -> None:
        for person in self.people:
            found, total = balance_of(person.id), self.coins[person.id]
            assert (found.balance, found.owed) == (max(total, 0), max(-total, 0))


def _check_all() -> None:
    assert standings_differences() == []
    assert coin_check.unpaid() == []
    assert coin_check.wrong_balances() == []


def _run(scene: Scene, examples: int = EXAMPLES) -> None:
    machine = type("Machine", (Ledgers,), {"scene": scene})
    asked = settings(max_examples=examples, stateful_step_count=STEPS, print_blob=False, phases=[Phase.generate])
    run_state_machine_as_test(machine, settings=asked)


@pytest.mark.slow
def test_no_sequence_makes_the_ledgers_differ(session: None) -> None:
    _run(start())


def _twice(write: Callable[..., int | None]) -> Callable[[dict[str, Any]], int | None]:
    """What was given back once is given back again: the key that forbids it is another one every time."""
    return lambda row: write(row | {"key": os.urandom(16)} if row["kind"] == "release" else row)


@pytest.mark.slow
def test_a_fault_is_found(session: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coins, "_write", _twice(coins._write))
    with pytest.raises((AssertionError, ExceptionGroup)):
        _run(start(), 10 * EXAMPLES)
