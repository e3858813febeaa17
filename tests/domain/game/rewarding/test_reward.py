"""Tests of rewards and their catalogue: what is said of them, how many there are, and who can ask."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.db import db
from app.domain.agency.picture import NotAPicture
from app.domain.game import ledger
from app.domain.game.rewarding import catalogue, reward
from app.domain.game.rewarding.catalogue import Hindrance, Why
from app.domain.game.rewarding.reward import StockMoved
from app.domain.game.running import NotAllowed
from tests.domain.game.rewarding.shop import OFFER, TODAY, Shop, open_shop
from tests.make import PNG

DAY = timedelta(days=1)


@pytest.fixture
def shop(session: None) -> Shop:
    found = open_shop()
    found.earn(100)
    return found


def shown(shop: Shop, level: int | None = None) -> dict[str, Hindrance | None]:
    asked = catalogue.catalogue(shop.people.sanne, TODAY, program_id=shop.scene.program_id, level=level)
    return {each.reward.title_nl: each.hindrance for each in asked}


def test_the_catalogue_says_what_stands_in_the_way(shop: Shop) -> None:
    had = shop.offer(title_nl="Gehad", price=5, cents=0, per_person=1)
    shop.ask(had)
    offers: dict[str, dict[str, Any]] = {
        "Kan": {},
        "Te duur": {"price": 100},
        "Op": {"stock": 0},
        "Later": {"first": TODAY + DAY},
        "Voorbij": {"last": TODAY - DAY},
        "Niveau": {"level": 4},
        "Te veel geld": {"cents": 10_001},
    }
    for title, facts in offers.items():
        shop.offer(title_nl=title, **facts)
    assert shown(shop, level=3) == {
        "Gehad": (Why.LIMIT, 1),
        "Kan": None,
        "Te duur": (Why.TOO_FEW, 5),
        "Op": (Why.SOLD_OUT, 0),
        "Later": (Why.NOT_YET, 0),
        "Voorbij": (Why.OVER, 0),
        "Niveau": (Why.LEVEL, 4),
        "Te veel geld": (Why.BUDGET, 0),
    }
    assert shown(shop)["Niveau"] is None


def test_it_says_the_same_as_asking(shop: Shop) -> None:
    several: list[dict[str, Any]] = [{"price": 130}, {"stock": 0}, {"cents": 10_001}, {"last": TODAY - DAY}]
    for facts in several:
        of = shop.offer(**facts)
        (_, hindrance) = catalogue.offered(shop.people.sanne, TODAY, of=of, level=None)
        assert hindrance == shop.refusal(of)


def test_what_is_owed_is_said(shop: Shop) -> None:
    number = shop.earn(30)
    shop.ask(shop.offer(price=130))
    ledger.reverse("action", number, by_id=None, now=shop.now)
    assert list(shown(shop).values()) == [(Why.OWING, 30)]


def test_a_retired_reward_is_no_longer_shown(shop: Shop) -> None:
    gone = shop.offer(title_nl="Weg")
    shop.offer()
    reward.retire(gone, by=shop.people.ines, now=shop.now)
    assert list(shown(shop)) == ["Boekenbon"]
    assert reward.of_program(shop.scene.program_id, retired=True) == [gone]
    assert reward.find(shop.scene.program_id, gone.id) is gone


def test_a_change_leaves_what_was_asked_for_as_it_was(shop: Shop) -> None:
    of = shop.offer()
    row = shop.ask(of)
    reward.change(of, by=shop.people.ines, **(OFFER | {"price": 80, "cents": 3000}))
    db.session.refresh(row)
    assert (of.price, of.cents, row.price, row.cents) == (80, 3000, 60, 2500)


@pytest.mark.parametrize(
    ("name", "value"),
    [("title_nl", "  "), ("price", 0), ("cents", -1), ("per_person", 0), ("level", -1), ("last", TODAY)],
)
def test_what_cannot_be_is_refused(shop: Shop, name: str, value: object) -> None:
    facts: dict[str, Any] = {name: value} | ({"first": TODAY + DAY} if name == "last" else {})
    with pytest.raises(ValueError, match=name):
        shop.offer(**facts)


def test_stock_moves_from_what_was_seen(shop: Shop) -> None:
    of, ines = shop.offer(stock=3), shop.people.ines
    shop.ask(of)
    with pytest.raises(StockMoved) as moved:
        reward.restock(of, 10, seen=3, by=ines)
    assert moved.value.stock == 2
    reward.restock(of, 10, seen=2, by=ines)
    reward.restock(of, None, seen=10, by=ines)
    reward.restock(of, 4, seen=None, by=ines)
    with pytest.raises(ValueError, match="stock"):
        reward.restock(of, -1, seen=4, by=ines)
    assert of.stock == 4


def test_it_gets_a_picture(shop: Shop) -> None:
    of = shop.offer()
    reward.illustrate(of, PNG, by=shop.people.ines, now=shop.now)
    assert of.picture_id
    with pytest.raises(NotAPicture):
        reward.illustrate(of, b"<svg>", by=shop.people.ines, now=shop.now)


def test_it_is_the_sponsors_and_the_administrators(shop: Shop) -> None:
    of, lead = shop.offer(), shop.people.lead
    commands: list[Callable[[], object]] = [
        lambda: reward.add(shop.scene.program_id, stock=1, by=lead, now=shop.now, **OFFER),
        lambda: reward.change(of, by=lead, **OFFER),
        lambda: reward.restock(of, 9, seen=3, by=lead),
        lambda: reward.illustrate(of, PNG, by=lead, now=shop.now),
        lambda: reward.retire(of, by=lead, now=shop.now),
    ]
    for command in commands:
        with pytest.raises(NotAllowed):
            command()
