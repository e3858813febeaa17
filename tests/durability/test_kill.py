"""The web process is killed again and again while clients log actions: nothing acknowledged is lost or doubled."""

import random
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask_wtf.csrf import generate_csrf
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency import session as sign_in
from app.domain.agency.person import Person
from app.domain.game.doctor import standings_differences
from app.domain.game.ledger import LedgerEntry
from tests import make
from tests.durability.server import Client, Server
from tests.people import make_people

KILLS, CLIENTS, SEED = 30, 8, 20261120


@dataclass
class Traffic:
    """Eight clients that log actions without a pause and repeat every request until it is acknowledged.

    With `same_key` a repeated request carries the key of the first try; without it (the control) a new one.
    """

    server: Server
    clients: list[Client]
    candidates: list[int]
    same_key: bool
    acknowledged: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, client: Client, number: int) -> None:
        rng = random.Random(SEED + number)
        while not self.stop.is_set():
            self.log(client, rng.choice(self.candidates), uuid.uuid4().hex)

    def log(self, client: Client, candidate: int, key: str) -> None:
        while not self.stop.is_set():
            sent = key if self.same_key else uuid.uuid4().hex
            if client.post("/actions", {"candidate": candidate, "outcome": "no_answer", "key": sent}) == 303:
                self.acknowledged.append(key)
                return
            time.sleep(0.01)

    def with_kills(self, kills: int) -> None:
        threads = [threading.Thread(target=self.run, args=(c, n)) for n, c in enumerate(self.clients)]
        rng = random.Random(SEED)
        self.server.start()
        for thread in threads:
            thread.start()
        for _ in range(kills):
            time.sleep(rng.uniform(0.1, 0.5))
            self.server.kill()
            self.server.start()
        time.sleep(0.3)
        self.stop.set()
        for thread in threads:
            thread.join()
        self.server.kill()


@pytest.fixture
def server(real_app: Flask) -> Iterator[Server]:
    found = Server(real_app.config["SETTINGS"])
    yield found
    found.kill()


def traffic(app: Flask, server: Server, *, same_key: bool) -> Traffic:
    with app.test_request_context():
        people = make_people()
        candidates = [make.candidate(owner=people.sanne).id for _ in range(40)]
        db.session.commit()
        clients = [client_of(app, server, people.sanne.id) for _ in range(CLIENTS)]
        db.session.commit()
    return Traffic(server, clients, candidates, same_key)


def client_of(app: Flask, server: Server, person_id: int) -> Client:
    from flask import g, session  # noqa: PLC0415 - a request context is needed first

    person = db.session.get_one(Person, person_id)
    session.clear()
    g.pop("csrf_token", None)
    token = sign_in.open_session(person, "client", clock.now())
    form_token = generate_csrf()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined] # Flask's default
    cookie = serializer.dumps({"_user_id": token, "_fresh": True, "csrf_token": session["csrf_token"]})
    return Client(server.port, str(cookie), form_token)


def logged(app: Flask) -> tuple[int, set[str]]:
    """How many actions there are, and their keys."""
    with app.app_context():
        keys = db.session.scalars(select(EngagementAction.key)).all()
        return len(keys), {uuid.UUID(bytes=key).hex for key in keys if key}


@pytest.mark.slow
def test_kills_lose_and_double_nothing(real_app: Flask, server: Server) -> None:
    run = traffic(real_app, server, same_key=True)
    run.with_kills(KILLS)
    count, keys = logged(real_app)
    assert len(run.acknowledged) > 10 * KILLS
    assert set(run.acknowledged) - keys == set(), "an acknowledged action is lost"
    assert count == len(keys), "an action is doubled"
    with real_app.app_context():
        earned = select(func.count()).select_from(LedgerEntry).where(LedgerEntry.kind == "earn")
        assert db.session.scalar(earned) == db.session.scalar(select(func.count(EngagementAction.id)))
        assert standings_differences() == []


@pytest.mark.slow
def test_without_the_key_kills_double_actions(real_app: Flask, server: Server) -> None:
    """The control: clients that repeat a request under a new key are seen to double actions."""
    run = traffic(real_app, server, same_key=False)
    run.with_kills(KILLS)
    count, _ = logged(real_app)
    assert count > len(run.acknowledged)
