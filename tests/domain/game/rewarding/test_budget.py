"""Tests of the budget: what is given, taken back and held of it, always as rows."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.db import db
from app.domain.game.adjustment import SentBefore
from app.domain.game.rewarding import budget, funding, holding
from app.domain.game.rewarding.budget import Overlaps, Pot
from app.domain.game.rewarding.holding import NotHeld
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.running import NotAllowed
from tests.domain.game.rewarding.shop import Shop, new_key, open_shop, pots_of

KEY = b"0123456789abcdef"


@pytest.fixture
def shop(session: None) -> Shop:
    return open_shop()


def allot(shop: Shop, cents: int, key: bytes = KEY) -> bool:
    return funding.allot(shop.budget_id, cents, by=shop.people.ines, now=shop.now, key=key)


def withdraw(shop: Shop, cents: int, key: bytes = KEY) -> bool:
    return funding.withdraw(shop.budget_id, cents, by=shop.people.ada, now=shop.now, key=key)


def reserve(shop: Shop, cents: int, source_id: int = 1) -> int:
    return holding.reserve(shop.budget_id, "competition", source_id, cents, now=shop.now, actor_id=None).id


def test_what_is_given_and_taken_back_is_a_row_each(shop: Shop) -> None:
    assert [allot(shop, 500), withdraw(shop, 700, new_key())] == [True, True]
    assert shop.pots() == (9800, 0, 0, 0)
    rows = budget.entries(shop.budget_id).rows
    assert [(row.from_pot, row.to_pot, row.cents) for row in rows[:2]] == [
        ("available", "outside", 700),
        ("outside", "available", 500),
    ]


def test_the_same_gift_is_one(shop: Shop) -> None:
    assert [allot(shop, 500), allot(shop, 500)] == [True, False]
    with pytest.raises(SentBefore):
        allot(shop, 501)
    assert shop.pots() == (10_500, 0, 0, 0)


def test_what_is_held_cannot_be_taken_back(shop: Shop) -> None:
    reserve(shop, 9000)
    with pytest.raises(TooLittle) as refused:
        withdraw(shop, 1500)
    assert refused.value.missing == 500
    assert shop.pots() == (1000, 9000, 0, 0)


def test_more_than_there_is_cannot_be_reserved(shop: Shop) -> None:
    with pytest.raises(TooLittle) as refused:
        reserve(shop, 12_345)
    assert refused.value.missing == 2345
    assert holding.of("competition", 1) is None


def test_one_thing_holds_once(shop: Shop) -> None:
    assert reserve(shop, 4000) == reserve(shop, 4000)
    with pytest.raises(SentBefore):
        reserve(shop, 4001)
    assert shop.pots() == (6000, 4000, 0, 0)


def test_money_goes_its_way_and_the_rest_comes_back_once(shop: Shop) -> None:
    hold_id = reserve(shop, 4000)
    holding.commit(hold_id, 3000, now=shop.now, actor_id=None)
    holding.release_part(hold_id, Pot.RESERVED, 600, now=shop.now, actor_id=None)
    assert [holding.spend(hold_id, 1000, now=shop.now, actor_id=None, key=KEY) for _ in range(2)] == [True, False]
    assert shop.pots() == (6600, 400, 2000, 1000)
    assert [holding.release(hold_id, now=shop.now, actor_id=None) for _ in range(2)] == [2400, 0]
    assert shop.pots() == (9000, 0, 0, 1000)
    hold = holding.of("competition", 1)
    assert hold
    assert (hold.total, pots_of(hold)) == (4000, (0, 0, 1000, 3000))


def test_no_more_moves_than_is_held(shop: Shop) -> None:
    hold_id, _ = reserve(shop, 1000), reserve(shop, 1000, source_id=2)
    for move in (holding.commit, holding.spend):
        with pytest.raises(NotHeld):
            move(hold_id, 1001, now=shop.now, actor_id=None)
    with pytest.raises(NotHeld):
        holding.release_part(hold_id, Pot.SPENT, 1, now=shop.now, actor_id=None)
    assert shop.pots() == (8000, 2000, 0, 0)


@pytest.mark.parametrize("cents", [0, -1])
def test_cents_are_positive(shop: Shop, cents: int) -> None:
    hold_id = reserve(shop, 5)
    for move in (holding.commit, holding.spend):
        with pytest.raises(ValueError, match=str(cents)):
            move(hold_id, cents, now=shop.now, actor_id=None)
    for give in (allot, withdraw, reserve):
        with pytest.raises(ValueError, match=str(cents)):
            give(shop, cents)


def test_it_is_the_sponsors_and_the_administrators(shop: Shop) -> None:
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    with pytest.raises(NotAllowed):
        budget.make(shop.scene.program_id, "2027", first, last, by=shop.people.lead, now=shop.now)
    with pytest.raises(NotAllowed):
        funding.allot(shop.budget_id, 1, by=shop.people.lead, now=shop.now, key=KEY)


def test_budgets_do_not_overlap(shop: Shop) -> None:
    program_id, ines = shop.scene.program_id, shop.people.ines
    with pytest.raises(Overlaps):
        budget.make(program_id, "H2", date(2026, 12, 31), date(2027, 5, 1), by=ines, now=shop.now)
    with pytest.raises(ValueError, match="2027"):
        budget.make(program_id, "H2", date(2027, 1, 2), date(2027, 1, 1), by=ines, now=shop.now)
    made = budget.make(program_id, "2027", date(2027, 1, 1), date(2027, 12, 31), by=ines, now=shop.now)
    assert budget.current(program_id, date(2027, 1, 1)) is made
    assert budget.current(program_id, date(2028, 1, 1)) is None
    assert [each.name for each in budget.of_program(program_id)] == ["2027", "2026"]


def test_movements_say_on_whose_account(shop: Shop) -> None:
    hold_id = reserve(shop, 4000, source_id=7)
    newest = budget.entries(shop.budget_id).rows[0]
    assert newest.hold_id == hold_id
    assert budget.holds([hold_id])[hold_id].source_id == 7


@pytest.mark.parametrize("change", ["UPDATE budget_entry SET cents = 1", "DELETE FROM budget_entry"])
def test_a_movement_is_never_changed(shop: Shop, change: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
        db.session.execute(text(change))
