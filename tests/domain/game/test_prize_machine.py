"""Competitions, budget and rewards together, under any sequence of what happens to them, while days go by.

`FANFARE_MACHINE_EXAMPLES` is how many sequences are tried.
"""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency import person, staff
from app.domain.agency.person import Person, Role
from app.domain.game import coin_check, ledger
from app.domain.game.competing import (
    cancelling,
    checking,
    disputing,
    draft,
    finalising,
    handing,
    life,
    pairing,
    prize_money,
    publishing,
    taking_part,
)
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import NotADraft, PrizePlan
from app.domain.game.competing.entrant import entrant_of
from app.domain.game.competing.planned import plan_of
from app.domain.game.competing.prize import Prize, PrizeAward, PrizeKind, prizes_of
from app.domain.game.competing.prize_money import SOURCE
from app.domain.game.competing.publishing import NotPublished, NotYet
from app.domain.game.competing.result import Dispute, Result
from app.domain.game.competing.taking_part import Closed, TooMany
from app.domain.game.recognition import surprise
from app.domain.game.recognition.surprise import Gift, NotInIt, Surprise
from app.domain.game.rewarding import budget_check, deciding, funding, holding, requesting
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.rewarding.redemption import Redemption
from app.domain.game.rewarding.requesting import Refused
from app.domain.game.rewarding.reward import Reward
from app.domain.game.running import NotAllowed
from app.domain.program.program import the_program
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, MONEY, PLACES, Arena
from tests.domain.game.rewarding.shop import Shop, new_key
from tests.domain.game.scene import ZONE

EXAMPLES = int(os.environ.get("FANFARE_MACHINE_EXAMPLES", "3"))
UNTIL_FOUND = 20
STEPS = 50
MOST_NEW = 2
WHO, PICK, DAYS = st.integers(0, 4), st.integers(0, 1_000), st.integers(0, 6)
CENTS = st.sampled_from((1, 999, 40_00))
HELD = {"requested": 1, "approved": 2, "fulfilled": 3}
GIFT = PrizePlan(PrizeKind.TEAM, "Bon", 3_33, per_person=True)
CAKE = PrizePlan(PrizeKind.TEAM, "Taart", 10_01, divisible=True)
BIKE = PrizePlan(PrizeKind.PLACE, "Fiets", 7_00, place=1)
KEPT = PrizePlan(PrizeKind.SURPRISE, "Verrassing", 5_00)
RAFFLED = PrizePlan(PrizeKind.RAFFLE, "Bon", 2_50, number=2)
PRIZES = {Format.TEAM_GOAL: (GIFT, CAKE), Format.TEAMS: (GIFT, CAKE), Format.THRESHOLD: (RAFFLED, BIKE)}


class Prizes(RuleBasedStateMachine):
    """Beside the database it keeps what every budget and person should have; `here` is given by whoever runs it."""

    here: Arena
    shop: Shop
    reward: Reward

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = db.session.begin_nested()
        people = self.here.scene.people
        self.people = [people.sanne, people.bram, people.lead, people.otto, people.tess]
        self.ines, self.ada = people.ines, people.ada
        self.now = BEFORE
        self.given = MONEY
        self.last_given: tuple[int, bytes] | None = None
        self.coins: Counter[int] = Counter()
        self.earned: list[tuple[int, int, int]] = []
        self.taken_back: set[int] = set()
        self.rows: list[Competition] = []
        self.asked: list[Redemption] = []
        self.digests: dict[int, str] = {}
        self.price: dict[int, int] = {}
        self.kept: dict[int, int] = {}
        self.surprises: list[Surprise] = []
        self.newcomers: list[Person] = []
        self.plan(Format.MOST, 6, 4, by_choice=False)
        self.publish(0)

    def teardown(self) -> None:
        self.savepoint.rollback()
        db.session.expire_all()

    @property
    def today(self) -> date:
        return clock.local_day(self.now, ZONE)

    def _one(self, pick: int) -> Competition:
        """One of the last ones, so that the steps of one follow each other."""
        return self.rows[-1 - pick % min(3, len(self.rows))]

    def _try(self, act: Callable[[], object], *refusals: type[Exception]) -> bool:
        """As a page does: what is refused changes nothing."""
        try:
            with db.session.begin_nested():
                act()
        except refusals:
            return False
        return True

    @rule(format_=st.sampled_from(Format), begins=DAYS, length=st.integers(0, 9), by_choice=st.booleans())
    def plan(self, format_: Format, begins: int, length: int, by_choice: bool) -> None:
        first = self.today + timedelta(days=begins)
        last = first + timedelta(days=max(length, 8) if format_ == Format.BRACKET else length)
        facts: dict[str, Any] = {"goal": 150, "step": 20, "prizes": PRIZES.get(format_, (*PLACES, KEPT))}
        self.rows.append(self.here.draft(format_, first=first, last=last, by_choice=by_choice, **facts))

    @rule(pick=PICK)
    def publish(self, pick: int) -> None:
        row = self._one(pick)
        price = draft.cost(row)
        facts: dict[str, Any] = {"by": self.ines, "now": self.now, "zone": ZONE}
        if self._try(lambda: publishing.publish(row, **facts), NotADraft, NotYet, TooMany, TooLittle):
            self.price[row.id] = price
            self.kept[row.id] = _kept(row)

    @rule(pick=PICK, first=st.booleans())
    def change(self, pick: int, first: bool) -> None:
        row = self._one(pick)
        plan = plan_of(row)
        changed = replace(plan, prizes=plan.prizes[:1] if first else (*plan.prizes, KEPT))
        assert self._try(lambda: draft.change(row, changed), NotADraft) == (row.published_at is None)

    @rule(pick=PICK, who=WHO)
    def join(self, pick: int, who: int) -> None:
        row = self._one(pick)
        self._try(lambda: taking_part.join(row, self.people[who], self.now), Closed, TooMany, LookupError)

    @rule(team=st.booleans())
    def come(self, team: bool) -> None:
        """Somebody new at the agency, who may take part in what was published before."""
        if len(self.newcomers) < MOST_NEW:
            scene, number = self.here.scene, len(self.newcomers)
            facts = {"team_id": scene.team_id if team else None, "today": self.today, "at": self.now}
            with time_machine.travel(self.now, tick=False):
                self.newcomers.append(person.add(f"Nieuw {number}", None, Role.RECRUITER, **facts))  # type: ignore[arg-type] # each is of its own type

    @rule(pick=PICK, who=WHO)
    def join_later(self, pick: int, who: int) -> None:
        """What everybody gets is held for them as well, or they are refused."""
        if not self.newcomers:
            return
        row, new = self._one(pick), self.newcomers[who % len(self.newcomers)]
        mine = entrant_of(row.id, new.id)
        first = mine is not None and mine.joined_at is None and mine.invited_at > (row.published_at or self.now)
        joined = self._try(lambda: taking_part.join(row, new, self.now), Closed, TooMany, LookupError, TooLittle)
        if joined and first and self.price[row.id]:
            self.price[row.id] += sum(each.cents for each in prizes_of(row.id) if each.per_person)

    @rule(pick=PICK, who=WHO, cents=st.sampled_from((1, 3_00, 5_00)), hand=st.booleans())
    def surprise(self, pick: int, who: int, cents: int, hand: bool) -> None:
        """Somebody who takes part gets something of what the competition kept for it."""
        row, program, key = self._one(pick), the_program(), new_key()
        assert program
        gift, facts = Gift("Dank je", cents, out_of=row), {"by": self.ines, "today": self.today, "now": self.now}
        made: list[Surprise] = []

        def give() -> None:
            made.append(surprise.give(program, self.people[who], gift, key=key, **facts))  # type: ignore[arg-type] # each is of its own type

        left = self.kept.get(row.id, 0)
        if self._try(give, NotAllowed, NotInIt, TooLittle):
            give()
            assert made[0] is made[1]
            assert cents <= left
            self.kept[row.id] -= cents
            self.surprises.append(made[0])
            assert surprise.hand_over(made[0], by=self.ada, now=self.now) if hand else True

    @rule(pick=PICK, who=WHO)
    def stop(self, pick: int, who: int) -> None:
        taking_part.decline(self._one(pick), self.people[who], self.now)

    @rule(who=WHO, points=st.sampled_from((20, 100, 300)), ago=DAYS, candidate=st.integers(1, 3), kudos=st.booleans())
    def earn(self, who: int, points: int, ago: int, candidate: int, kudos: bool) -> None:
        number, whose = len(self.earned) + 1, self.people[who]
        facts: dict[str, Any] = {"person_id": whose.id, "team_id": whose.team_id, "candidate_id": candidate}
        facts |= {"source_id": number, "recorded_at": self.now, "on": self.today - timedelta(days=ago)}
        self.here.scene.earn(points, **facts, source_kind="kudos" if kudos else "action")
        self.earned.append((number, who, 0 if kudos else points))
        self.coins[who] += points

    @rule(pick=PICK)
    def take_back(self, pick: int) -> None:
        if not self.earned:
            return
        number, who, points = self.earned[-1 - pick % len(self.earned)]
        ledger.reverse("action", number, by_id=None, now=self.now)
        self.coins[who] -= 0 if number in self.taken_back else points
        self.taken_back.add(number)

    @rule(pick=PICK, who=WHO)
    def dispute(self, pick: int, who: int) -> None:
        self.now += timedelta(seconds=1)
        refusals = disputing.NotNow, NotAllowed
        self._try(lambda: disputing.object_to(self._one(pick), self.people[who], "Nee", self.now), *refusals)

    @rule(upheld=st.booleans())
    def decide(self, upheld: bool) -> None:
        for row in db.session.scalars(select(Dispute).where(Dispute.decided_at.is_(None))).all():
            disputing.decide(row, "Gezien", upheld=upheld, by=self.ada, now=self.now)

    @rule(pick=PICK)
    def cancel(self, pick: int) -> None:
        row = self._one(pick)
        could = row.published_at is not None and not (row.final_at or row.cancelled_at)
        done: list[bool] = []
        facts: dict[str, Any] = {"by": self.ines, "now": self.now}
        self._try(lambda: done.append(cancelling.cancel(row, "Toch niet", **facts)), NotPublished)
        assert any(done) == could
        if could:
            self.kept[row.id] = 0

    @rule(days=st.sampled_from((1, 2, 4, 8, 31)))
    def wait(self, days: int) -> None:
        """Days in which no job ran, and then two that find the same to do."""
        self.now += timedelta(days=days)
        for _ in range(2):
            for row in life.to_seat(self.now, ZONE):
                pairing.seat(row)
            for row in life.to_close(self.now):
                finalising.review(row, self.now)
            for row in self.rows:
                finalising.finalise(row, self.now)
            for row in prize_money.to_let_go(self.now):
                assert prize_money.let_go(row, self.now)
                self.kept[row.id] = 0
            for number in deciding.overdue(self.now):
                assert deciding.expire(db.session.get_one(Redemption, number), self.now)

    @rule(pick=PICK, decline=st.booleans())
    def settle(self, pick: int, decline: bool) -> None:
        """A prize is handed over, or declined by whoever may: theirs, or nobody's any more."""
        waiting = handing.to_hand_over(handing.MOST)
        if not waiting:
            return
        award = waiting[pick % len(waiting)]
        winner = db.session.get(Person, award.person_id or 0)
        for turn in (True, False):
            if decline:
                by = winner if winner and winner.is_active else self.ada
                assert handing.decline(award, by=by, now=self.now) is turn
            else:
                assert handing.hand_over(award, by=self.ines, now=self.now) is turn

    @rule(who=WHO)
    def ask(self, who: int) -> None:
        key, facts = new_key(), {"now": self.now, "today": self.today, "level": None}
        made: list[Redemption] = []

        def ask() -> None:
            made.append(requesting.request(self.reward, self.people[who], key=key, **facts))  # type: ignore[arg-type] # each is of its own type

        if self._try(ask, Refused):
            ask()
            assert made[0] is made[1]
            self.asked.append(made[0])
            self.coins[who] -= self.reward.price

    @rule(pick=PICK, way=st.sampled_from(("approve", "fulfil", "decline", "cancel")))
    def answer(self, pick: int, way: str) -> None:
        if self.asked:
            row = self.asked[-1 - pick % min(3, len(self.asked))]
            by = db.session.get_one(Person, row.person_id) if way == "cancel" else self.ada
            getattr(deciding, way)(row, by=by, now=self.now)

    @rule(cents=CENTS, again=st.booleans())
    def give(self, cents: int, again: bool) -> None:
        facts: dict[str, Any] = {"by": self.ines, "now": self.now}
        if again and self.last_given:
            assert not funding.allot(self.here.budget.id, self.last_given[0], key=self.last_given[1], **facts)
            return
        self.last_given = cents, new_key()
        assert funding.allot(self.here.budget.id, cents, key=self.last_given[1], **facts)
        self.given += cents

    @rule(cents=CENTS)
    def withdraw(self, cents: int) -> None:
        facts: dict[str, Any] = {"by": self.ines, "now": self.now, "key": new_key()}
        if self._try(lambda: funding.withdraw(self.here.budget.id, cents, **facts), TooLittle):
            self.given -= cents

    @rule(who=WHO)
    def move(self, who: int) -> None:
        whose, scene = self.people[who], self.here.scene
        whose.team_id = scene.other_team_id if whose.team_id == scene.team_id else scene.team_id
        db.session.flush()

    @rule()
    def leave(self) -> None:
        if self.people[4].is_active:
            staff.deactivate(self.people[4], self.ada, self.now)

    def _awards(self, row: Competition) -> Sequence[PrizeAward]:
        return handing.awards_of(row.id)

    def _pots(self) -> tuple[int, int, int, int]:
        """What should be available, reserved, committed and spent."""
        pots = [0, 0, 0, 0]
        for asked in self.asked:
            pots[HELD.get(asked.state, 0)] += asked.cents if asked.state in HELD else 0
        for row in self.rows:
            if row.id in self.price and not (row.cancelled_at or row.final_at):
                pots[1] += self.price[row.id] - self._surprised(row)
            if row.final_at:
                pots[1] += self.kept[row.id]
            for award in self._awards(row):
                pots[2] += award.cents if not (award.handed_at or award.declined_at) else 0
                pots[3] += award.cents if award.handed_at else 0
        for given in self.surprises:
            pots[3 if given.handed_at else 2] += given.cents
        return self.given - sum(pots), pots[1], pots[2], pots[3]

    def _surprised(self, row: Competition) -> int:
        return sum(each.cents for each in self.surprises if each.competition_id == row.id)

    @invariant()
    def money_is_where_it_should_be(self) -> None:
        assert self.here.pots() == self._pots()
        assert min(self._pots()) >= 0
        assert [*budget_check.wrong_budgets(), *budget_check.wrong_holds(), *budget_check.wrong_redemptions()] == []

    @invariant()
    def coins_are_the_sums(self) -> None:
        coins = Counter({who: self.shop.coins(whose) for who, whose in enumerate(self.people)})
        back = Counter(row.person_id for row in self.asked if row.state in {"declined", "cancelled", "expired"})
        price = self.reward.price
        assert coins == {who: self.coins[who] + price * back[self.people[who].id] for who in range(5)}
        assert [*coin_check.wrong_balances(), *coin_check.unpaid()] == []

    @invariant()
    def what_ended_holds_nothing_more(self) -> None:
        for row in self.rows:
            hold = holding.of(SOURCE, row.id)
            assert (hold is None) == (not self.price.get(row.id))
            if hold and (row.cancelled_at or row.final_at):
                assert hold.reserved == self.kept[row.id]
            if hold and (row.cancelled_at or row.rewarded_at):
                assert hold.committed == 0
            if row.cancelled_at:
                assert (self._awards(row), hold.released if hold else 0) == ([], self.price[row.id])

    @invariant()
    def a_result_is_final_once_and_never_changes(self) -> None:
        db.session.flush()
        anew = {"populate_existing": True}
        for result in db.session.scalars(select(Result).where(Result.final.is_(True)), execution_options=anew):
            known = self.digests.setdefault(result.competition_id, result.digest)
            assert known == result.digest == finalising.digest(result.body)
        assert set(self.digests) == {row.id for row in self.rows if row.final_at}

    @invariant()
    def nobody_gets_a_prize_twice(self) -> None:
        for row in self.rows:
            awards = self._awards(row)
            assert sum(award.cents for award in awards) <= self.price.get(row.id, 0)
            prizes = {prize.id: prize for prize in prizes_of(row.id)}
            winners = Counter((prizes[award.prize_id].kind, award.person_id, award.side_id) for award in awards)
            assert all(times == 1 for what, times in winners.items() if what[0] != PrizeKind.TEAM)
            assert all(_is_right(prizes[award.prize_id], award) for award in awards)
            found = checking.check(row) if row.final_at else None
            assert found is None or found.holds


def _kept(row: Competition) -> int:
    return sum(each.cents * each.number for each in prizes_of(row.id) if each.kind == PrizeKind.SURPRISE)


def _is_right(prize: Prize, award: PrizeAward) -> bool:
    """Whoever wins the raffle, or what cannot be divided, gets all of it; nobody more than that."""
    whole = prize.kind == PrizeKind.RAFFLE or not prize.divisible
    most = prize.number if prize.kind != PrizeKind.TEAM and whole else award.nth
    return award.nth <= most and (award.cents == prize.cents if whole else award.cents >= 0)


def _run(here: Arena, examples: int = EXAMPLES) -> None:
    shop = Shop(here.scene, here.budget.id)
    facts = {"here": here, "shop": shop, "reward": shop.offer(stock=4, price=100, cents=1_000)}
    machine = type("Machine", (Prizes,), facts)
    asked = settings(max_examples=examples, stateful_step_count=STEPS, print_blob=False, phases=[Phase.generate])
    run_state_machine_as_test(machine, settings=asked)


@pytest.mark.slow
def test_no_sequence_loses_a_cent_a_coin_or_a_prize(session: None) -> None:
    _run(arena.start())


@pytest.mark.slow
def test_a_fault_is_found(session: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody won stays reserved after the result is final."""
    monkeypatch.setattr(holding, "release_part", lambda *_of, **_facts: True)
    with pytest.raises((AssertionError, ExceptionGroup)):
        _run(arena.start(), UNTIL_FOUND)
