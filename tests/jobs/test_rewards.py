"""The jobs of rewards: what nobody decided expires, coins whose day has come go, and neither happens twice."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.db import db
from app.domain.game.coins import balance_of
from app.domain.game.rewarding import lapse, lapsing
from jobs import rewards
from tests.domain.game.rewarding.shop import TODAY, Shop, open_shop

DAY = timedelta(days=1)
ZONE = ZoneInfo("Europe/Amsterdam")


def test_what_nobody_decided_expires_once(real_app: Flask) -> None:
    with real_app.app_context():
        shop = open_shop()
        shop.earn(120)
        first, second = (shop.ask(shop.offer()).id for _ in range(2))
        db.session.commit()
        late = shop.now + 31 * DAY
        assert [rewards.expire_due("me", at) for at in (shop.now, late, late)] == [0, 2, 0]
        assert (shop.coins(), shop.pots(), first != second) == (120, (10_000, 0, 0, 0), True)
        db.session.remove()


def announced(shop: Shop) -> None:
    shop.earn(50)
    shop.earn(30, shop.people.bram)
    lapse.announce(shop.scene.program_id, TODAY, TODAY + 60 * DAY, by=shop.people.ines, today=TODAY, now=shop.now)
    db.session.commit()


def test_coins_lapse_on_their_day_and_after_a_crash_not_again(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with real_app.app_context():
        shop = open_shop()
        announced(shop)
        who, goes = [shop.people.sanne.id, shop.people.bram.id], shop.now + 60 * DAY
        assert rewards.lapse_due("me", goes - DAY) == 0
        with monkeypatch.context() as broken:
            broken.setattr(lapsing, "holders", lambda: [who[0], 999_999])
            broken.setattr(lapse, "done", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                rewards.lapse_due("me", goes)
        db.session.rollback()
        assert [balance_of(one).balance for one in who] == [0, 30]
        assert [rewards.lapse_due("me", goes) for _ in range(2)] == [1, 0]
        assert [balance_of(one).balance for one in who] == [0, 0]
        db.session.remove()
