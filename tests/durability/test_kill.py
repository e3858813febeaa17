"""The web process is killed again and again while clients log actions: nothing acknowledged is lost or doubled."""

import random
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
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
from tests.durability.server import PATIENCE, Client, Listening, Server
from tests.people import make_people

KILLS, CLIENTS, SEED = 30, 8, 20261120
LEAST = 5


@dataclass
class Traffic:
    """Eight clients that log actions without a pause and repeat every request until it is acknowledged.

    What a client means to log is named in the note. With `same_key` a repeated request carries the key of the first
    try; without it (the control) a new one.
    """

    app: Flask
    server: Server
    clients: list[Client]
    candidates: list[int]
    same_key: bool
    meant: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, client: Client, number: int) -> None:
        rng = random.Random(SEED + number)
        while not self.stop.is_set():
            self.log(client, rng.choice(self.candidates), uuid.uuid4().hex)

    def log(self, client: Client, candidate: int, name: str) -> None:
        self.send(client, "/actions", {"candidate": candidate, "outcome": "no_answer", "note": name})

    def send(self, client: Client, path: str, form: dict[str, object]) -> None:
        """Until it is acknowledged; the note is its name."""
        name = str(form["note"])
        self.meant.append(name)
        while not self.stop.is_set():
            key = name if self.same_key else uuid.uuid4().hex
            status = client.post(path, {**form, "key": key})
            if status == 303:
                self.acknowledged.append(name)
                return
            if status not in (None, 503):
                self.refused.append(status)
            time.sleep(0.02)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """All clients log until the block is left, whatever happened in it."""
        threads = [threading.Thread(target=self.run, args=(c, n), daemon=True) for n, c in enumerate(self.clients)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in threads:
                thread.join()

    def with_kills(self, kills: int, least: int = LEAST) -> None:
        rng = random.Random(SEED)
        self.server.start()
        with self.at_work():
            for number in range(kills):
                self.flow(least)
                if number % 2:
                    self.commit()
                else:
                    time.sleep(rng.uniform(0, 0.2))
                self.server.kill()
                self.server.start()
            self.flow(least)
        self.server.kill()

    def flow(self, more: int) -> None:
        """Until some more are acknowledged, however slow the machine is."""
        goal, deadline = len(self.acknowledged) + more, time.monotonic() + PATIENCE
        while len(self.acknowledged) < goal:
            assert time.monotonic() < deadline, "nothing is acknowledged any more"
            time.sleep(0.005)

    def commit(self) -> None:
        """Until the next commit, which nobody may have been told of yet: the worst moment to be killed."""
        newest, deadline = select(func.max(EngagementAction.id)), time.monotonic() + PATIENCE
        with self.app.app_context(), db.engine.connect() as connection:
            before = connection.scalar(newest)
            while connection.scalar(newest) == before:
                assert time.monotonic() < deadline, "nothing is committed any more"
                connection.rollback()


@dataclass(frozen=True)
class Found:
    """What the database holds after all: rows, and how many of them were meant once but are there again."""

    rows: int
    doubled: int
    lost: int


@pytest.fixture
def server(real_app: Flask) -> Iterator[Server]:
    found = Server(real_app.config["SETTINGS"])
    yield found
    found.close()


def traffic(app: Flask, server: Server, *, same_key: bool, candidates: int = 40) -> Traffic:
    with app.test_request_context():
        people = make_people()
        ids = [make.candidate(owner=people.sanne).id for _ in range(candidates)]
        db.session.commit()
        clients = [client_of(app, server, people.sanne.id) for _ in range(CLIENTS)]
        db.session.commit()
    return Traffic(app, server, clients, ids, same_key)


def client_of(app: Flask, server: Listening, person_id: int) -> Client:
    from flask import g, session  # noqa: PLC0415 - a request context is needed first

    person = db.session.get_one(Person, person_id)
    session.clear()
    g.pop("csrf_token", None)
    token = sign_in.open_session(person, "client", clock.now())
    form_token = generate_csrf()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined] # Flask's default
    cookie = serializer.dumps({"_user_id": token, "_fresh": True, "csrf_token": session["csrf_token"]})
    return Client(server.port, str(cookie), form_token)


def found(app: Flask, run: Traffic) -> Found:
    with app.app_context():
        names = [note or "" for note in db.session.scalars(select(EngagementAction.note))]
    assert set(names) <= set(run.meant)
    answer = Found(len(names), len(names) - len(set(names)), len(set(run.acknowledged) - set(names)))
    print(f"{len(run.acknowledged)} acknowledged: {answer}")  # pytest shows it with -s
    return answer


@pytest.mark.slow
def test_kills_lose_and_double_nothing(real_app: Flask, server: Server) -> None:
    run = traffic(real_app, server, same_key=True)
    run.with_kills(KILLS)
    after = found(real_app, run)
    assert len(run.acknowledged) > LEAST * KILLS
    assert (after.lost, after.doubled, run.refused) == (0, 0, [])
    with real_app.app_context():
        earned = select(func.count()).select_from(LedgerEntry).where(LedgerEntry.kind == "earn")
        assert db.session.scalar(earned) == after.rows
        assert standings_differences() == []


@pytest.mark.slow
def test_without_the_key_kills_double_actions(real_app: Flask, server: Server) -> None:
    """The control: clients that repeat a request under a new key are seen to double actions."""
    run = traffic(real_app, server, same_key=False)
    run.with_kills(KILLS)
    assert found(real_app, run).doubled > 0
