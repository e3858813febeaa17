"""The same form sent twenty times at once is logged and paid once, and all who sent it get the same answer."""

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.game.doctor import standings_differences
from app.domain.game.ledger import LedgerEntry
from tests import make
from tests.durability.server import Client, Server
from tests.durability.test_kill import client_of
from tests.people import make_people

TIMES = 20
EARNED = 30 + 20
"""A conversation, with somebody who waited too long."""
Sent = tuple[str, dict[str, object]]


class Desk:
    """Two browsers of Sanne's, and one of an administrator, at a web process that runs."""

    def __init__(self, app: Flask, server: Server) -> None:
        self.app = app
        with app.test_request_context():
            people = make_people()
            self.candidate = make.candidate(owner=people.sanne).id
            db.session.commit()
            self.sanne, self.ada = (client_of(app, server, who.id) for who in (people.sanne, people.ada))
            db.session.commit()

    def form(self, key: str, outcome: str = "spoke") -> Sent:
        return "/actions", {"candidate": self.candidate, "outcome": outcome, "key": key}

    def ids(self) -> Sequence[int]:
        with self.app.app_context():
            return db.session.scalars(select(EngagementAction.id)).all()

    def earned(self) -> int:
        """What the ledger holds, after the standings were found to agree with it."""
        with self.app.app_context():
            assert standings_differences() == []
            return db.session.scalar(select(func.coalesce(func.sum(LedgerEntry.points), 0))) or 0


def at_once(sent: Sequence[tuple[Client, Sent]]) -> Counter[int | None]:
    """Send all of them in threads that start together, and count the answers."""
    start = Barrier(len(sent))

    def send(client: Client, post: Sent) -> int | None:
        start.wait(timeout=20)
        return client.post(*post)

    with ThreadPoolExecutor(len(sent)) as pool:
        return Counter(pool.map(lambda each: send(*each), sent))


@pytest.fixture
def desk(real_app: Flask) -> Iterator[Desk]:
    server = Server(real_app.config["SETTINGS"])
    made = Desk(real_app, server)
    server.start()
    yield made
    server.close()


def test_twenty_equal_posts_earn_once(desk: Desk) -> None:
    form = desk.form(uuid.uuid4().hex)
    assert at_once([(desk.sanne, form)] * TIMES) == {303: TIMES}
    assert (len(desk.ids()), desk.earned()) == (1, EARNED)


def test_twenty_posts_with_keys_of_their_own_are_twenty_actions(desk: Desk) -> None:
    """The control: nothing but the key makes them one; the day's rule pays the first all the same."""
    assert at_once([(desk.sanne, desk.form(uuid.uuid4().hex)) for _ in range(TIMES)]) == {303: TIMES}
    assert (len(desk.ids()), desk.earned()) == (TIMES, EARNED)


def test_one_key_for_two_bodies_at_once_keeps_one_and_refuses_the_other(desk: Desk) -> None:
    key = uuid.uuid4().hex
    forms = [desk.form(key, "spoke"), desk.form(key, "no_answer")]
    assert at_once([(desk.sanne, form) for form in forms * 5]) == {303: 5, 422: 5}
    assert len(desk.ids()) == 1


def test_undoing_at_once_by_two_people_takes_back_once(desk: Desk) -> None:
    desk.sanne.post(*desk.form(uuid.uuid4().hex))
    undo: Sent = (f"/actions/{desk.ids()[0]}/undo", {})
    assert at_once([(desk.sanne, undo), (desk.ada, undo)] * 5) == {303: 10}
    assert desk.earned() == 0


def test_logging_while_another_action_is_undone_leaves_one_that_counts(desk: Desk) -> None:
    desk.sanne.post(*desk.form(uuid.uuid4().hex))
    undo: Sent = (f"/actions/{desk.ids()[0]}/undo", {})
    again = desk.form(uuid.uuid4().hex)
    assert at_once([(desk.sanne, undo), (desk.sanne, again)]) == {303: 2}
    assert len(desk.ids()) == 2
    assert desk.earned() in (0, EARNED)
