"""The same Idempotency-Key twenty times at once is done once, and all who sent it get the same answer."""

import http.client
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency import api_token
from app.domain.agency.api_token import Scope
from app.domain.candidates.candidate import Candidate
from app.domain.game.doctor import standings_differences
from app.domain.game.ledger import LedgerEntry
from tests import make
from tests.durability.server import Server
from tests.people import make_people

TIMES = 20
EARNED = 30 + 20
"""A conversation, with somebody who waited too long."""
BUSY = 503
PATIENCE = 60
"""Seconds."""
Sent = tuple[str, dict[str, object], str | None]
"""The address, the body and the key."""


class Software:
    """A program of Sanne's, and a candidate of hers, at web processes that run."""

    def __init__(self, app: Flask, server: Server) -> None:
        self.app, self.port = app, server.port
        with app.app_context():
            people = make_people()
            self.candidate, now = make.candidate(owner=people.sanne).id, clock.now()
            self.token = api_token.make(people.sanne, "Proef", list(Scope), now + clock.DAY, now)[1]
            db.session.commit()

    def send(self, path: str, body: dict[str, object], key: str | None) -> tuple[int, Any]:
        """The status and what came back; whoever is told that it is busy sends it again, as the API says."""
        named = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers = named | ({"Idempotency-Key": key} if key else {})
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            connection.request("POST", f"/api/v1{path}", orjson.dumps(body), headers)
            answer = connection.getresponse()
            told = orjson.loads(answer.read())
            connection.close()
            if answer.status != BUSY:
                return answer.status, told

    def at_once(self, sent: Sequence[Sent]) -> list[tuple[int, Any]]:
        """All of them in threads that start together."""
        start = Barrier(len(sent))

        def send(one: Sent) -> tuple[int, Any]:
            start.wait(timeout=PATIENCE)
            return self.send(*one)

        with ThreadPoolExecutor(len(sent)) as pool:
            return list(pool.map(send, sent))

    def number_of(self, what: type[Candidate] | type[EngagementAction]) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(what)) or 0

    def earned(self) -> int:
        """What the ledger holds, after the standings were found to agree with it."""
        with self.app.app_context():
            assert standings_differences() == []
            return db.session.scalar(select(func.coalesce(func.sum(LedgerEntry.points), 0))) or 0

    def candidates(self, *keys: str | None) -> list[Sent]:
        return [("/candidates", {"name": "Noor Willems"}, key) for key in keys]

    def actions(self, *keys: str | None, outcome: str = "spoke") -> list[Sent]:
        return [("/actions", {"candidate_id": self.candidate, "outcome": outcome}, key) for key in keys]


@pytest.fixture
def software(real_app: Flask) -> Iterator[Software]:
    server = Server(real_app.config["SETTINGS"], workers=2)
    made = Software(real_app, server)
    server.start()
    yield made
    server.close()


def new() -> str:
    return str(uuid.uuid4())


def statuses(answers: Sequence[tuple[int, Any]]) -> Counter[int]:
    return Counter(status for status, _told in answers)


def test_one_candidate_is_added(software: Software) -> None:
    answers = software.at_once(software.candidates(*[new()] * TIMES))
    assert statuses(answers) == {201: TIMES}
    assert len({told["id"] for _status, told in answers}) == 1
    assert software.number_of(Candidate) == 2


def test_one_action_is_logged_and_paid(software: Software) -> None:
    answers = software.at_once(software.actions(*[new()] * TIMES))
    assert statuses(answers) == {201: TIMES}
    assert {(told["id"], told["points"]) for _status, told in answers} == {(answers[0][1]["id"], EARNED)}
    assert (software.number_of(EngagementAction), software.earned()) == (1, EARNED)


def test_nothing_but_the_key_makes_them_one(software: Software) -> None:
    """The control: without a key, or with keys of their own, each is done; the day's rule pays the first alone."""
    sent = software.candidates(*[None] * TIMES) + software.actions(*(new() for _ in range(TIMES)))
    assert statuses(software.at_once(sent)) == {201: 2 * TIMES}
    assert (software.number_of(Candidate), software.number_of(EngagementAction)) == (1 + TIMES, TIMES)
    assert software.earned() == EARNED


def test_one_key_for_two_bodies_does_one_and_refuses_the_other(software: Software) -> None:
    key = new()
    sent = software.actions(*[key] * 10) + software.actions(*[key] * 10, outcome="no_answer")
    assert statuses(software.at_once(sent)) == {201: 10, 422: 10}
    assert software.number_of(EngagementAction) == 1
