"""The counter of those who run rewards: a shop with its people, and browsers that stand at one moment."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import uuid4

import time_machine
from werkzeug.test import TestResponse

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.rewarding import deciding
from app.domain.game.rewarding.redemption import Redemption
from tests.domain.game.rewarding.shop import open_shop
from tests.domain.game.scene import Scene
from tests.people import Browser

Answer = TypeVar("Answer")
URL = "/budget"


class Counter:
    """Somebody's browser, and what stands behind it."""

    def __init__(self, browser: Browser, cents: int) -> None:
        self.browser = browser
        self.shop = self.behind(lambda: open_shop(cents))
        self.people = self.shop.people
        self.address = f"{URL}/{self.shop.budget_id}"

    def behind(self, what: Callable[[], Answer]) -> Answer:
        """Do or ask something of the domain, and keep it."""
        with self.browser.app.app_context():
            answer = what()
            db.session.commit()
            return answer

    def ask(self, who: Person | None = None, **offer: Any) -> int:  # noqa: ANN401 - any fact of a reward
        """Somebody asked for a book token of 25 euros and 60 coins."""
        person = who or self.people.sanne

        def asks() -> int:
            self.shop.earn(60, person)
            return self.shop.ask(self.shop.offer(**offer), person).id

        return self.behind(asks)

    def granted(self, who: Person | None = None, by: Person | None = None) -> int:
        """What was asked for and granted."""
        number = self.ask(who)
        row = by or self.people.ines
        self.behind(lambda: deciding.approve(db.session.get_one(Redemption, number), by=row, now=self.shop.now))
        return number

    def state_of(self, redemption_id: int) -> str:
        return self.behind(lambda: db.session.get_one(Redemption, redemption_id).state)

    def pots(self) -> tuple[int, ...]:
        return self.behind(self.shop.pots)

    def get(self, url: str, who: Person | None = None) -> str:
        return self.browser.sign_in(who or self.people.ines).get(url).text

    def post(
        self, url: str, data: Mapping[str, object] | None = None, *, who: Person | None = None, key: str = ""
    ) -> TestResponse:
        """As the sponsor, with a fresh key if no other is given; the form's token is that of the first page."""
        sent = {"key": key or uuid4().hex, **(data or {})}
        return self.browser.sign_in(who or self.people.ines).post(url, sent, at=f"{URL}/new")


@contextmanager
def standing(browser: Browser, cents: int = 10_000) -> Iterator[Counter]:
    """On Friday 20 November 2026."""
    with time_machine.travel(Scene.now, tick=False):
        yield Counter(browser, cents)
