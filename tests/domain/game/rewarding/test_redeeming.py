"""Tests of redemptions: asking holds coins, stock and money, and every way out lets go of them once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.db import db
from app.domain.game import handing_out, ledger
from app.domain.game.adjustment import SentBefore
from app.domain.game.rewarding import deciding, redemption, requesting, reward
from app.domain.game.rewarding.budget_check import wrong_redemptions
from app.domain.game.rewarding.catalogue import Why
from app.domain.game.rewarding.redemption import Redemption
from app.domain.game.rewarding.reward import Reward
from app.domain.game.running import NotAllowed
from tests.domain.game.rewarding.shop import TODAY, Shop, new_key, open_shop

DAY = timedelta(days=1)


@pytest.fixture
def shop(session: None) -> Shop:
    found = open_shop()
    found.earn(100)
    return found


@pytest.fixture
def token(shop: Shop) -> Reward:
    return shop.offer()


def stock(of: Reward) -> int | None:
    db.session.refresh(of)
    return of.stock


def states(row: Redemption) -> list[str]:
    return [move.state for move in redemption.moves_of([row.id])[row.id]]


def test_asking_holds_coins_stock_and_money(shop: Shop, token: Reward) -> None:
    row = shop.ask(token)
    assert (shop.coins(), stock(token), shop.pots()) == (40, 2, (7500, 2500, 0, 0))
    assert (row.state, row.price, row.cents, row.budget_id) == ("requested", 60, 2500, shop.budget_id)
    assert states(row) == ["requested"]


def test_the_same_form_is_the_same_redemption(shop: Shop, token: Reward) -> None:
    key = new_key()
    assert shop.ask(token, key=key) is shop.ask(token, key=key)
    assert (shop.coins(), stock(token)) == (40, 2)
    for other in (shop.offer(price=1), shop.offer(price=1000)):
        with pytest.raises(SentBefore):
            shop.ask(other, key=key)


def test_it_is_approved_and_handed_over(shop: Shop, token: Reward) -> None:
    row, ines = shop.ask(token), shop.people.ines
    assert [deciding.approve(row, by=ines, now=shop.now) for _ in range(2)] == [True, False]
    assert shop.pots() == (7500, 0, 2500, 0)
    assert [deciding.fulfil(row, by=ines, now=shop.now, said="Op je bureau") for _ in range(2)] == [True, False]
    assert (shop.coins(), stock(token), shop.pots()) == (40, 2, (7500, 0, 0, 2500))
    assert states(row) == ["requested", "approved", "fulfilled"]
    assert not deciding.cancel(row, by=shop.people.sanne, now=shop.now)


def test_what_was_not_approved_is_not_handed_over(shop: Shop, token: Reward) -> None:
    assert not deciding.fulfil(shop.ask(token), by=shop.people.ines, now=shop.now)


@pytest.mark.parametrize("approved", [False, True])
@pytest.mark.parametrize("way", ["decline", "cancel", "expire"])
def test_every_way_out_lets_go_once(shop: Shop, token: Reward, way: str, approved: bool) -> None:
    row, later = shop.ask(token), shop.now + 91 * DAY
    if approved:
        deciding.approve(row, by=shop.people.ines, now=shop.now)
    ways: dict[str, Callable[[], bool]] = {
        "decline": lambda: deciding.decline(row, by=shop.people.ines, now=later),
        "cancel": lambda: deciding.cancel(row, by=shop.people.sanne, now=later),
        "expire": lambda: deciding.expire(row, later),
    }
    assert [ways[way](), ways[way]()] == [True, False]
    assert (shop.coins(), stock(token), shop.pots()) == (100, 3, (10_000, 0, 0, 0))
    assert wrong_redemptions() == []


def test_it_expires_in_its_time(shop: Shop, token: Reward) -> None:
    row = shop.ask(token)
    assert not deciding.expire(row, shop.now + 29 * DAY)
    deciding.approve(row, by=shop.people.ines, now=shop.now + 29 * DAY)
    assert deciding.overdue(shop.now + 31 * DAY) == []
    assert deciding.overdue(shop.now + 119 * DAY) == [row.id]


def test_what_needs_nobody_is_granted_at_once(shop: Shop) -> None:
    row = shop.ask(shop.offer(approval=False))
    assert (row.state, states(row), shop.pots()) == ("approved", ["requested", "approved"], (7500, 0, 2500, 0))


def test_what_is_worth_nothing_needs_no_budget(shop: Shop) -> None:
    row = shop.ask(shop.offer(cents=0, stock=None), today=TODAY.replace(year=2030))
    deciding.approve(row, by=shop.people.ines, now=shop.now)
    deciding.fulfil(row, by=shop.people.ines, now=shop.now)
    assert (row.budget_id, shop.pots()) == (None, (10_000, 0, 0, 0))


def test_nobody_decides_for_themselves(shop: Shop, token: Reward) -> None:
    ines = shop.people.ines
    shop.earn(60, ines)
    row = shop.ask(token, ines)
    for decide in (deciding.approve, deciding.decline, deciding.fulfil):
        with pytest.raises(NotAllowed):
            decide(row, by=ines, now=shop.now)
        with pytest.raises(NotAllowed):
            decide(row, by=shop.people.lead, now=shop.now)
    with pytest.raises(NotAllowed):
        deciding.cancel(row, by=shop.people.ada, now=shop.now)
    assert deciding.approve(row, by=shop.people.ada, now=shop.now)


@pytest.mark.parametrize(
    ("offer", "facts", "refused"),
    [
        ({"price": 130}, {}, (Why.TOO_FEW, 30)),
        ({"stock": 0}, {}, (Why.SOLD_OUT, 0)),
        ({"cents": 10_001}, {}, (Why.BUDGET, 0)),
        ({}, {"today": TODAY.replace(year=2030)}, (Why.BUDGET, 0)),
        ({"first": TODAY + DAY}, {}, (Why.NOT_YET, 0)),
        ({"last": TODAY - DAY}, {}, (Why.OVER, 0)),
        ({"level": 3}, {"level": 2}, (Why.LEVEL, 3)),
    ],
)
def test_a_refusal_says_why_and_holds_nothing(
    shop: Shop, offer: dict[str, Any], facts: dict[str, Any], refused: tuple[Why, int]
) -> None:
    of = shop.offer(**offer)
    before = stock(of)
    assert shop.refusal(of, **facts) == refused
    assert (shop.coins(), stock(of), shop.pots()) == (100, before, (10_000, 0, 0, 0))
    assert redemption.of_person(shop.people.sanne.id) == []


@pytest.mark.parametrize(
    ("offer", "facts", "refused"),
    [
        ({"price": 130}, {}, (Why.TOO_FEW, 30)),
        ({"stock": 0}, {}, (Why.SOLD_OUT, 0)),
        ({"cents": 10_001}, {}, (Why.BUDGET, 0)),
        ({}, {"today": TODAY.replace(year=2030)}, (Why.BUDGET, 0)),
        ({"price": 1, "per_person": 1}, {}, (Why.LIMIT, 1)),
    ],
)
def test_what_was_there_a_moment_ago_is_asked_for_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, offer: dict[str, Any], facts: dict[str, Any], refused: tuple[Why, int]
) -> None:
    of, key = shop.offer(**offer), new_key()
    had = [shop.ask(of, key=key)] if "per_person" in offer else []
    before = shop.coins(), stock(of), shop.pots()
    monkeypatch.setattr(requesting, "hindrance", lambda *_: None)
    assert shop.refusal(of, **facts) == refused
    assert (shop.coins(), stock(of), shop.pots()) == before
    assert [shop.ask(of, key=key) for _ in had] == had


def test_days_and_levels_that_fit_do_not_stand_in_the_way(shop: Shop) -> None:
    fits = shop.offer(price=1, level=3, first=TODAY, last=TODAY)
    assert [shop.ask(fits, level=level).state for level in (3, None)] == ["requested"] * 2


def test_one_person_may_have_so_many(shop: Shop) -> None:
    shop.earn(100)
    of, other = shop.offer(per_person=2), shop.offer(price=1)
    first, _, _ = shop.ask(of), shop.ask(of), shop.ask(other)
    assert shop.refusal(of) == (Why.LIMIT, 2)
    deciding.cancel(first, by=shop.people.sanne, now=shop.now)
    assert shop.ask(of).state == "requested"


def test_what_is_owed_stands_in_the_way(shop: Shop, token: Reward, monkeypatch: pytest.MonkeyPatch) -> None:
    number = shop.earn(30)
    shop.ask(shop.offer(price=130))
    ledger.reverse("action", number, by_id=None, now=shop.now)
    assert (shop.coins(), shop.refusal(token)) == (-30, (Why.OWING, 30))
    monkeypatch.setattr(requesting, "hindrance", lambda *_: None)
    assert shop.refusal(token) == (Why.OWING, 30)


def test_a_retired_reward_cannot_be_asked_for(shop: Shop, token: Reward) -> None:
    row = shop.ask(token)
    assert [reward.retire(token, by=shop.people.ines, now=shop.now) for _ in range(2)] == [True, False]
    shop.earn(60)
    assert shop.refusal(token) == (Why.RETIRED, 0)
    assert deciding.approve(row, by=shop.people.ines, now=shop.now)


def test_lists_are_for_whom_they_are(shop: Shop, token: Reward) -> None:
    people = shop.people
    shop.earn(60, people.ines)
    program_id, row, own = shop.scene.program_id, shop.ask(token), shop.ask(token, people.ines)
    assert [each.redemption for each in handing_out.requested(program_id)] == [row, own]
    deciding.approve(row, by=people.ines, now=shop.now)
    assert [each.person for each in handing_out.to_hand_over(program_id)] == [people.sanne.name]
    deciding.fulfil(row, by=people.ines, now=shop.now)
    assert handing_out.to_hand_over(program_id) == []
    assert [each.reward for each in redemption.of_person(people.sanne.id)] == [token]


def test_others_requests_do_not_exist(shop: Shop, token: Reward) -> None:
    row = shop.ask(token)
    seen = [name for name, who in vars(shop.people).items() if redemption.visible_to(who, row.id)]
    assert seen == ["sanne", "ines", "ada"]


def test_whoever_asked_is_told_what_others_did(shop: Shop, token: Reward) -> None:
    row = shop.ask(token)
    deciding.decline(row, by=shop.people.ines, now=shop.now, said="Uitverkocht bij de winkel")
    told = redemption.moves_of([row.id])[row.id][-1]
    assert (told.state, told.note) == ("declined", "Uitverkocht bij de winkel")
