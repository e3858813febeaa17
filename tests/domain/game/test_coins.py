"""Tests of coins: they follow points, are spent once, come back once, and what is owed comes off the next."""

import pytest

from app.domain.game import coins, ledger
from app.domain.game.coins import TooFewCoins, balance_of
from tests.domain.game.scene import Scene, start

KEY = b"0123456789abcdef"


@pytest.fixture
def scene(session: None) -> Scene:
    return start()


def spend(scene: Scene, price: int, key: bytes = KEY) -> int:
    facts = {"source_kind": "redemption", "source_id": 1, "now": scene.now, "actor_id": scene.person_id}
    return coins.spend(scene.person_id, price, key=key, **facts)  # type: ignore[arg-type] # each is of its own type


def has(scene: Scene) -> tuple[int, int]:
    found = balance_of(scene.person_id)
    return found.balance, found.owed


def test_every_point_is_a_coin(scene: Scene) -> None:
    assert has(scene) == (0, 0)
    scene.earn(30)
    scene.earn(0)
    assert has(scene) == (30, 0)


def test_what_was_spent_before_it_was_taken_back_is_owed(scene: Scene) -> None:
    scene.earn(30, source_id=7)
    spend(scene, 20)
    ledger.reverse("action", 7, by_id=None, now=scene.now)
    assert has(scene) == (0, 20)
    scene.earn(50)
    assert has(scene) == (30, 0)


def test_the_same_purchase_is_one(scene: Scene) -> None:
    scene.earn(30)
    assert spend(scene, 20) == spend(scene, 20)
    assert has(scene) == (10, 0)


def test_more_than_there_is_cannot_be_spent(scene: Scene) -> None:
    scene.earn(30)
    with pytest.raises(TooFewCoins):
        spend(scene, 31)
    with pytest.raises(ValueError, match="positive"):
        spend(scene, 0)
    assert has(scene) == (30, 0)


def test_what_comes_back_comes_back_once_and_pays_what_is_owed(scene: Scene) -> None:
    scene.earn(30, source_id=7)
    spent = spend(scene, 30)
    ledger.reverse("action", 7, by_id=None, now=scene.now)
    again = [coins.release(spent, now=scene.now, actor_id=None) for _ in range(2)]
    assert again[0] == again[1]
    assert has(scene) == (0, 0)


def test_only_what_was_spent_comes_back(scene: Scene) -> None:
    scene.earn(30)
    with pytest.raises(ValueError, match="spent"):
        coins.release(1_000_000, now=scene.now, actor_id=None)


def test_coins_that_were_kept_too_long_go(scene: Scene) -> None:
    scene.earn(30)
    coins.expire(scene.person_id, 10, source_id=1, key=KEY, now=scene.now)
    assert has(scene) == (20, 0)
