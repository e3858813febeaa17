"""Tests of the proof that money is where its movements say: what is well passes, and every planted fault is named."""

import pytest
from sqlalchemy import text

from app.cli import doctor
from app.db import db
from app.domain.game.rewarding import budget_check, deciding, holding
from app.domain.game.rewarding.redemption import Redemption
from tests.domain.game.rewarding.shop import Shop, open_shop


@pytest.fixture
def shop(session: None) -> Shop:
    return open_shop()


@pytest.fixture
def row(shop: Shop) -> Redemption:
    shop.earn(60)
    return shop.ask(shop.offer())


def planted(sql: str, **facts: object) -> list[str]:
    """What the doctor says of it."""
    db.session.execute(text(sql), facts)
    return list(doctor.budget(Shop.now))


def test_what_is_well_passes(shop: Shop, row: Redemption) -> None:
    holding.reserve(shop.budget_id, "competition", 1, 700, now=shop.now, actor_id=None)
    deciding.approve(row, by=shop.people.ines, now=shop.now)
    deciding.fulfil(row, by=shop.people.ines, now=shop.now)
    assert list(doctor.budget(shop.now)) == []


def test_a_pot_that_is_not_its_movements_is_named(shop: Shop, row: Redemption) -> None:
    (said,) = planted("UPDATE budget SET available = available - 1, spent = spent + 1")
    assert said == (
        f"budget {shop.budget_id} has (10000, 7499, 2500, 0, 1) cents in its pots,"
        " but the movements sum to (10000, 7500, 2500, 0, 0)"
    )


def test_a_hold_that_is_not_its_movements_is_named(row: Redemption) -> None:
    assert len(planted("UPDATE budget_hold SET reserved = 2499, released = 1")) == 2
    (found,) = budget_check.wrong_holds()
    assert (found.stored, found.computed) == ((2500, 1, 2499, 0, 0), (2500, 0, 2500, 0, 0))


@pytest.mark.parametrize(
    "change",
    [
        "state = 'approved'",
        "state = 'cancelled'",
        "coin_entry_id = NULL",
        "cents = 1",
    ],
)
def test_a_redemption_that_does_not_hold_what_it_says_is_named(row: Redemption, change: str) -> None:
    said = planted(f"UPDATE redemption SET {change}")
    assert said == [f"redemption {row.id} does not hold the coins or the money that its state says"]


def test_what_was_let_go_of_holds_nothing(shop: Shop, row: Redemption) -> None:
    deciding.cancel(row, by=shop.people.sanne, now=shop.now)
    assert list(doctor.budget(shop.now)) == []
    assert len(planted("UPDATE redemption SET state = 'requested'")) == 1
