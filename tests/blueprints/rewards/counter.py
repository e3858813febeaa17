"""A shop with a browser at its counter: what people see and press on the pages of rewards."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.rewarding.redemption import Redemption
from tests import page
from tests.domain.game.rewarding.shop import Shop, open_shop
from tests.people import Browser

URL = "/rewards"
PRICE = re.compile(r'name="price" value="(\d+)"')
KEY = re.compile(r'name="key" value="([0-9a-f]{32})"')


@dataclass
class Counter:
    browser: Browser
    shop: Shop

    @contextmanager
    def inside(self) -> Iterator[Shop]:
        """In the shop; what is done there is kept."""
        with self.browser.app.app_context():
            yield self.shop
            db.session.commit()

    def offer(self, **facts: Any) -> int:  # noqa: ANN401 - any fact of a reward
        with self.inside() as shop:
            return shop.offer(**facts).id

    def earn(self, coins: int, person: Person | None = None) -> int:
        with self.inside() as shop:
            return shop.earn(coins, person)

    def coins(self) -> int:
        with self.inside() as shop:
            return shop.coins()

    def requests(self) -> list[Redemption]:
        with self.inside():
            return list(db.session.scalars(select(Redemption).order_by(Redemption.id)))

    def at(self, person: Person | None = None) -> Browser:
        return self.browser.sign_in(person or self.shop.people.sanne)


def open_counter(browser: Browser) -> Counter:
    with browser.app.app_context():
        shop = open_shop()
        db.session.commit()
    return Counter(browser, shop)


def key_on(html: str) -> str:
    """The key of the first form with which something is asked for."""
    found = KEY.search(html)
    assert found, "there is nothing to press"
    return found[1]


def _price_on(html: str) -> int:
    found = PRICE.search(html)
    return int(found[1]) if found else 1


def press(browser: Browser, reward_id: int, key: str = "", price: int = 0) -> TestResponse:
    """Ask for it, with the key and the price of its own page; what answers is held to the house rules."""
    url = f"{URL}/{reward_id}"
    html = browser.get(url).text
    sent = {"key": key or key_on(html), "price": price or _price_on(html)}
    answer = browser.post(f"{url}/redemptions", sent)
    assert page.faults(answer) == []
    return answer
