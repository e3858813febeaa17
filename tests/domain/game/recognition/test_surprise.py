"""Tests of the sponsor's surprise: who gives it, what it takes of the budget, and that it is handed over once."""

from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.game import handing_out
from app.domain.game.adjustment import SentBefore
from app.domain.game.feed import FeedItem
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.recognition import surprise, surprise_mail
from app.domain.game.recognition.surprise import Gift, Surprise
from app.domain.game.rewarding import budget_check
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.rewarding.reward import RewardKind
from app.domain.game.running import NotAllowed
from app.domain.notices.outbox import OutboxRow
from app.domain.program.program import Program, the_program
from tests.domain.game.rewarding.shop import TODAY, Shop, new_key, open_shop

CAKE = Gift("Zo hielp jij Willem verder", 2_500, RewardKind.GOODS)


@pytest.fixture
def shop(session: None) -> Shop:
    return open_shop()


def program() -> Program:
    found = the_program()
    assert found
    return found


def give(shop: Shop, gift: Gift = CAKE, **facts: Any) -> Surprise:  # noqa: ANN401 - whoever gives it, to whom, when
    told: dict[str, Any] = {"by": shop.people.ines, "today": TODAY, "now": shop.now, "key": new_key()} | facts
    return surprise.give(program(), told.pop("to", shop.people.sanne), gift, **told)


def told_of() -> list[tuple[str, int | None]]:
    return [(row.kind, row.person_id) for row in db.session.scalars(select(FeedItem))]


def test_what_comes_with_it_is_promised_and_then_spent(shop: Shop) -> None:
    row = give(shop)
    assert shop.pots() == (7_500, 0, 2_500, 0)
    assert [each.id for each in handing_out.to_hand_over(shop.scene.program_id)] == [row.id]
    assert surprise.hand_over(row, by=shop.people.ines, now=shop.now)
    assert shop.pots() == (7_500, 0, 0, 2_500)
    assert not surprise.hand_over(row, by=shop.people.ada, now=shop.now)
    assert handing_out.to_hand_over(shop.scene.program_id) == []
    assert budget_check.wrong_holds() == []


def test_words_alone_take_nothing_and_wait_for_nobody(shop: Shop) -> None:
    row = give(shop, Gift("  Dank je wel  "))
    assert (row.text, shop.pots()) == ("Dank je wel", (10_000, 0, 0, 0))
    assert not surprise.hand_over(row, by=shop.people.ines, now=shop.now)
    assert surprise.given_since(shop.people.sanne.id, shop.now - clock.DAY) == [row]
    assert surprise.given_since(shop.people.sanne.id, shop.now) == []


def test_everybody_hears_of_it_and_no_points_move(shop: Shop) -> None:
    give(shop)
    assert told_of() == [("surprise", shop.people.sanne.id)]
    assert db.session.scalars(select(LedgerEntry)).all() == []


def test_sent_twice_it_is_given_once(shop: Shop) -> None:
    key = new_key()
    assert give(shop, key=key) is give(shop, key=key)
    assert shop.pots() == (7_500, 0, 2_500, 0)
    with pytest.raises(SentBefore):
        give(shop, key=key, to=shop.people.bram)


@pytest.mark.parametrize(("by", "to"), [("ada", "sanne"), ("lead", "sanne"), ("ines", "ines"), ("ines", "gone")])
def test_only_the_sponsor_surprises_and_never_themselves(shop: Shop, by: str, to: str) -> None:
    with pytest.raises(NotAllowed):
        give(shop, by=getattr(shop.people, by), to=getattr(shop.people, to))


def test_an_administrator_who_is_the_sponsor_does_too(shop: Shop) -> None:
    program().sponsor_id = shop.people.ada.id
    assert give(shop, by=shop.people.ada).giver_id == shop.people.ada.id


@pytest.mark.parametrize("who", ["lead", "ines"])
def test_nobody_hands_over_their_own(shop: Shop, who: str) -> None:
    program().sponsor_id = shop.people.ada.id
    person: Person = getattr(shop.people, who)
    row = give(shop, by=shop.people.ada, to=person)
    with pytest.raises(NotAllowed):
        surprise.hand_over(row, by=person, now=shop.now)


@pytest.mark.parametrize("cents", [10_001, 1])
def test_what_the_budget_has_not_leaves_nothing_behind(shop: Shop, cents: int) -> None:
    day = TODAY if cents > 1 else TODAY.replace(year=2027)
    with pytest.raises(TooLittle):
        give(shop, Gift("Bravo", cents), today=day)
    assert surprise.of_program(shop.scene.program_id).rows == []
    assert told_of() == []


@pytest.mark.parametrize("gift", [Gift("  "), Gift("a" * 281), Gift("Bravo", -1)])
def test_words_are_needed_and_not_too_many(shop: Shop, gift: Gift) -> None:
    with pytest.raises(ValueError, match="Gift"):
        give(shop, gift)


def test_the_mail_about_it_is_planned_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surprise_mail, "AT_ONCE", 1)
    people = shop.people.sanne, shop.people.bram
    for each in people:
        give(shop, to=each)
    assert [surprise_mail.plan_due(shop.now, "test") for _ in range(2)] == [2, 0]
    assert surprise_mail.plan_due(shop.now + 3 * clock.DAY, "test") == 0
    assert set(db.session.scalars(select(OutboxRow.recipient))) == {f"person:{each.id}" for each in people}
