"""A block of Sanne in a browser: the cards on her screen, and what stands in the database."""

import re
from uuid import uuid4

from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.queue import QueueCard
from tests import page
from tests.blueprints.today.scene import NOW, Desk
from tests.people import Browser


class Block(Desk):
    """Three candidates: Bram was to be called yesterday, Chantal today, Dirk has to wait for nothing."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser)
        with browser.app.app_context():
            self.promise(self.chantal, NOW)
            self.dirk = self.candidate("Dirk Smit")
            db.session.commit()

    def begin(self, **facts: object) -> TestResponse:
        return self.sanne.post("/block", facts)

    def page(self, browser: Browser | None = None) -> str:
        return (browser or self.sanne).get("/block", budget=page.BUDGET).text

    def card(self) -> int:
        found = re.search(r"/block/cards/(\d+)/outcome", self.page())
        assert found
        return int(found[1])

    def name(self) -> str:
        """Whose card is on the screen."""
        found = re.search(r'<h2 id="queue-name"[^>]*>([^<]*)<', self.page())
        return found[1] if found else ""

    def press(self, what: str, card: int = 0, *, part: bool = False, **facts: object) -> TestResponse:
        return self.sanne.post(f"/block/cards/{card or self.card()}/{what}", facts, part=part)

    def log(self, outcome: str = "spoke", card: int = 0, *, part: bool = False, **facts: object) -> TestResponse:
        said = {"key": uuid4().hex, "outcome": outcome} | facts
        return self.press("outcome", card, part=part, **said)

    def logged(self) -> list[str]:
        with self.sanne.app.app_context():
            standing = select(EngagementAction.outcome).where(EngagementAction.undone_at.is_(None))
            return list(db.session.scalars(standing.order_by(EngagementAction.id)))

    def states(self) -> list[str]:
        with self.sanne.app.app_context():
            return [str(state) for state in db.session.scalars(select(QueueCard.state).order_by(QueueCard.id))]
