"""Fifty log for a minute while 200,000 rows come in, letters go out and backups are made: `make torture-crowd`.

The set-up is that of production: a web process, `python -m jobs` and, again and again, `flask backup`. Each of the
fifty logs an action, takes half a second to breathe, and logs the next; nobody is told that anything is locked, and
the slowest hundredth waits less than a second. Meanwhile rows of the import are written, everybody's weekly letter is
planned and sent, and backups are made, else nothing was tried. `--engine` is sqlite or postgresql, which is started
for it. The control takes the lock out that lets one write at a time on SQLite; on PostgreSQL somebody holds the table
of actions, as an import would that commits once. Then some are told.
"""

import argparse
import http.client
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select, text

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.agency import the_agency
from app.domain.notices import outbox
from app.domain.program.program import the_program
from tests import make
from tests.durability.server import Client, Server
from tests.durability.test_kill import client_of
from tests.people import make_people
from tests.torture import beside, reconcile
from tests.torture.beside import Backups, Done
from tests.torture.ground import INVITATION, Ground, chosen, conclude, ground

EACH = 40
BREATH = 0.5
LONGEST = 1.0
"""Seconds that the slowest hundredth may wait."""
LETTERS = 10
"""So many for each of the fifty."""
FORM = "application/x-www-form-urlencoded"
HELD = text("LOCK TABLE engagement_action IN ACCESS EXCLUSIVE MODE")
HOLDS = 4.0
"""Seconds: longer than anybody waits for a lock."""


@dataclass
class Crowd:
    """How long each waited for which answer."""

    clients: Sequence[Client]
    candidates: Sequence[int]
    seconds: float
    took: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)

    def log(self, client: Client, number: int) -> None:
        """One after the other, until the minute is over."""
        rng, until = random.Random(number), time.monotonic() + self.seconds
        time.sleep(rng.uniform(0, BREATH))
        while time.monotonic() < until:
            began = time.perf_counter()
            self.answers[self.ask(client, rng.choice(self.candidates))] += 1
            self.took.append(time.perf_counter() - began)
            time.sleep(rng.uniform(0, 2 * BREATH))

    def ask(self, client: Client, candidate: int) -> str:
        said = {"csrf_token": client.token, "candidate": candidate, "outcome": "no_answer", "key": uuid4().hex}
        connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
        try:
            headers = {"Cookie": f"fanfare={client.cookie}", "Content-Type": FORM}
            connection.request("POST", "/actions", urlencode(said), headers)
            answer = connection.getresponse()
            return f"{answer.status}{' locked' if b'locked' in answer.read() else ''}"
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            connection.close()

    def go(self) -> None:
        threads = [threading.Thread(target=self.log, args=pair[::-1]) for pair in enumerate(self.clients)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()

    @property
    def slowest(self) -> float:
        """What all but the slowest hundredth waited at most."""
        return sorted(self.took)[int(0.99 * len(self.took))] if self.took else 0.0


def fill(app: Flask, server: Server, options: argparse.Namespace) -> Crowd:
    """Fifty recruiters with forty candidates each, and letters to them that are due."""
    with app.test_request_context():
        make_people()
        people = [make.person(f"R{number} Jansen") for number in range(options.clients)]
        candidates = [make.candidate(owner=people[at // EACH]).id for at in range(EACH * len(people))]
        now, agency, program = clock.now(), the_agency(), the_program()
        assert agency
        assert program
        beside.hold_blocks_now(agency, people, program.id, now)
        for number in range(LETTERS * len(people)):
            when = {"due_at": now, "not_after": now + clock.DAY, "now": now}
            to = f"person:{people[number % len(people)].id}"
            outbox.plan(kind="invitation", recipient=to, period=str(number), payload=INVITATION, host="x.nl", **when)
        db.session.commit()
        clients = [client_of(app, server, person.id) for person in people]
        db.session.commit()
        db.session.remove()
    return Crowd(clients, candidates, options.seconds)


def told(run: Crowd) -> list[str]:
    """What those who logged were told but that it was done, and whether they waited."""
    found = [f"{number} times {answer}" for answer, number in run.answers.items() if answer != "303"]
    return found + [f"the slowest hundredth waited {run.slowest:.2f} s"] * (run.slowest >= LONGEST)


def one_by_one(run: Crowd) -> list[str]:
    """Each who was told something else, and each wait that was too long."""
    refused = [answer for answer, number in run.answers.items() for _ in range(number) if answer != "303"]
    return refused + [f"somebody waited {each:.2f} s" for each in run.took if each >= LONGEST]


def faults(run: Crowd, backups: Backups, at: Ground, meanwhile: Done) -> Iterator[str]:
    """What is not as promised, or was not tried at all."""
    yield from told(run)
    yield from backups.failed
    yield from meanwhile.missing()
    with at.app.app_context():
        there = db.session.scalar(select(func.count()).select_from(EngagementAction)) or 0
        db.session.remove()
    if there < run.answers["303"]:
        yield f"{there} actions of {run.answers['303']} that were acknowledged"


def everything(at: Ground, options: argparse.Namespace) -> tuple[Crowd, list[str], str]:
    server = Server(at.app.config["SETTINGS"])
    run = fill(at.app, server, options)
    import_id = beside.bring(at, options.rows)
    backups = Backups(server, Path(at.folder) / "backups")
    thread = threading.Thread(target=backups.go)
    try:
        server.start()
        with beside.jobs(server) as process:
            thread.start()
            run.go()
            meanwhile = beside.done(at, import_id, backups)
            backups.stop.set()
            thread.join()
            found = [] if process.poll() is None else ["the jobs process ended"]
    finally:
        server.close()
    found += faults(run, backups, at, meanwhile)
    return run, found + reconcile.differences(at.app), f", while {meanwhile}"


def unlocked(at: Ground, options: argparse.Namespace) -> tuple[Crowd, list[str], str]:
    """The control on SQLite: nothing beside it, and nobody's turn."""
    server = Server(at.app.config["SETTINGS"], "tests.torture.unlocked:app", workers=2)
    run = fill(at.app, server, options)
    try:
        server.start()
        run.go()
    finally:
        server.close()
    return run, one_by_one(run), ""


def held(at: Ground, options: argparse.Namespace) -> tuple[Crowd, list[str], str]:
    """The control on PostgreSQL: somebody writes much in one go."""
    server = Server(at.app.config["SETTINGS"])
    run = fill(at.app, server, options)
    crowd = threading.Thread(target=run.go)
    try:
        server.start()
        crowd.start()
        with at.app.app_context(), db.engine.connect() as connection:
            connection.execute(HELD)
            time.sleep(HOLDS)
            connection.rollback()
        crowd.join()
    finally:
        server.close()
    return run, one_by_one(run), ""


def main() -> None:
    options = chosen(__doc__, clients=50, seconds=60, rows=200_000)
    control = {"sqlite": unlocked, "postgresql": held}[options.engine]
    with ground(options.engine, durable=True) as at:
        run, found, meanwhile = (control if options.control else everything)(at, options)
    p50 = sorted(run.took)[len(run.took) // 2]
    said = f"{options.engine}: {len(run.took)} actions, half within {1000 * p50:.0f} ms, 99 % within"
    said = f"{said} {1000 * run.slowest:.0f} ms{meanwhile}, load {os.getloadavg()[0]:.1f}"
    conclude(len(run.took), found, control=options.control, told=said)


if __name__ == "__main__":
    main()
