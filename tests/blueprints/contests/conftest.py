"""A competition of this week between the people of every test, whom the board may name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing import finalising, life, pairing
from app.domain.game.competing.competition import Competition, Format
from tests.domain.game import scene
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import GRACE_OVER, Arena
from tests.domain.game.scene import ZONE
from tests.people import Browser, People

NOW = datetime(2026, 11, 18, 15, tzinfo=ZONE)


@dataclass
class Field:
    """The people, and what a test does before or between pages."""

    app: Flask
    here: Arena
    browser: Browser

    @property
    def people(self) -> People:
        return self.here.scene.people

    def contest(self, format_: Format = Format.MOST, **facts: Any) -> int:  # noqa: ANN401 - any part of a plan
        """Publish one and say which it is."""
        found: int = self.do(lambda: self.here.publish(format_, **facts).id)
        return found

    def earn(self, person: Person, points: int, candidate: int = 1) -> None:
        facts: dict[str, Any] = {"person_id": person.id, "candidate_id": candidate}
        self.do(lambda: self.here.scene.earn(points, **facts, source_id=person.id * 1000 + candidate))

    def do(self, command: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it gives
        with self.app.app_context():
            found = command()
            db.session.commit()
        return found

    def seat(self) -> None:
        """Draw the pairs, as the job does on the first day."""
        self.do(lambda: [pairing.seat(each) for each in life.to_seat(NOW, ZONE)])

    def review(self, contest: int, at: datetime = GRACE_OVER) -> None:
        """Grace is over."""
        self.do(lambda: finalising.review(db.session.get_one(Competition, contest), at))

    def finish(self, contest: int, review: datetime = GRACE_OVER) -> None:
        """The same, and two days later nobody objected."""
        self.review(contest, review)
        at = review + finalising.TO_OBJECT
        assert self.do(lambda: finalising.finalise(db.session.get_one(Competition, contest), at))

    def page(self, person: Person) -> Browser:
        return self.browser.sign_in(person)


@pytest.fixture
def pitch(app: Flask, browser: Browser) -> Iterator[Field]:
    with time_machine.travel(NOW, tick=False):
        with app.app_context():
            here = arena.start()
            scene.show_names(here.scene)
            db.session.commit()
        yield Field(app, here, browser)
