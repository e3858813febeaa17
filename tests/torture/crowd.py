"""Fifty log for a minute while 200,000 rows come in, letters go out and a backup is made: `make torture-crowd`.

The set-up is that of production: a web process, `python -m jobs` and, again and again, `flask backup`. Each of the
fifty logs an action, takes half a second to breathe, and logs the next; nobody is told that anything is locked, and
the slowest hundredth waits less than a second. `--engine` is sqlite or postgresql, which is started for it. The control
takes the lock out that lets one write at a time on SQLite: then some are told.
"""

import argparse
import http.client
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.config import ROOT
from app.db import db, write
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person, Role
from app.domain.candidates.importing import candidate_import
from app.domain.candidates.importing.candidate_import import CandidateImport
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from app.web.importing import finish
from tests import make
from tests.bench.import_rows import put_file
from tests.durability.server import Client, Server
from tests.durability.test_kill import client_of
from tests.importing import guessed
from tests.people import make_people
from tests.torture import reconcile
from tests.torture.ground import INVITATION, Ground, chosen, conclude, ground

EACH = 40
BREATH = 0.5
LONGEST = 1.0
"""Seconds that the slowest hundredth may wait."""
LETTERS = 10
"""So many for each of the fifty."""
FORM = "application/x-www-form-urlencoded"


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
        now = clock.now()
        for number in range(LETTERS * len(people)):
            when = {"due_at": now, "not_after": now + clock.DAY, "now": now}
            to = f"person:{people[number % len(people)].id}"
            outbox.plan(kind="invitation", recipient=to, period=str(number), payload=INVITATION, host="x.nl", **when)
        db.session.commit()
        clients = [client_of(app, server, person.id) for person in people]
        db.session.commit()
        db.session.remove()
    return Crowd(clients, candidates, options.seconds)


def bring(at: Ground, rows: int) -> int:
    """A file is uploaded and rehearsed; what is left for the jobs is to write it. Answers which import it is."""
    path = Path(at.folder) / "candidates.csv"
    put_file(rows, "csv", path)
    with at.app.app_context():
        write()
        ada = db.session.scalars(select(Person).where(Person.role == Role.ADMIN)).one()
        read = candidate_import.read(path.read_bytes(), rows)
        row = candidate_import.receive(ada, "pool", read, make.START)
        db.session.commit()
        write()
        candidate_import.rehearse(row.id, candidate_import.checked_columns(guessed(row)))
        db.session.commit()
        finish(row.id)
        write()
        candidate_import.go_on(row.id)
        db.session.commit()
        db.session.remove()
        return row.id


@contextmanager
def jobs(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """As production starts them."""
    process = subprocess.Popen([sys.executable, "-m", "jobs"], cwd=ROOT, env=server.environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@dataclass
class Backups:
    """One after the other, for as long as the crowd logs."""

    server: Server
    folder: Path
    made: int = 0
    failed: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def go(self) -> None:
        self.folder.mkdir()
        while not self.stop.is_set():
            command = [sys.executable, "-m", "flask", "backup", str(self.folder / f"{self.made}.fanfare")]
            done = subprocess.run(
                command, cwd=ROOT, env=self.server.environment, capture_output=True, text=True, check=False
            )
            self.made += 1
            if done.returncode:
                self.failed.append(f"backup {self.made}: {done.stderr.strip()[-300:]}")
                return


def faults(run: Crowd, backups: Backups, at: Ground, import_id: int) -> Iterator[str]:
    """What is not as promised, or was not tried at all."""
    yield from (f"{number} times {answer}" for answer, number in run.answers.items() if answer != "303")
    if run.slowest >= LONGEST:
        yield f"the slowest hundredth waited {run.slowest:.2f} s"
    yield from backups.failed
    with at.app.app_context():
        there = db.session.scalar(select(func.count()).select_from(EngagementAction)) or 0
        sent = db.session.scalar(select(func.count()).where(OutboxRow.state != "pending")) or 0
        written = db.session.get_one(CandidateImport, import_id).written
        db.session.remove()
    if there < run.answers["303"]:
        yield f"{there} actions of {run.answers['303']} that were acknowledged"
    if not (written and sent and backups.made):
        yield f"beside it {written} rows were written, {sent} letters settled and {backups.made} backups made"
    print(f"  beside it {written} rows were written, {sent} letters settled and {backups.made} backups made")


def everything(at: Ground, options: argparse.Namespace) -> tuple[Crowd, list[str]]:
    server = Server(at.app.config["SETTINGS"])
    run = fill(at.app, server, options)
    import_id = bring(at, options.rows)
    backups = Backups(server, Path(at.folder) / "backups")
    beside = threading.Thread(target=backups.go)
    try:
        server.start()
        with jobs(server) as process:
            beside.start()
            run.go()
            backups.stop.set()
            beside.join()
            found = [] if process.poll() is None else ["the jobs process ended"]
    finally:
        server.close()
    found += faults(run, backups, at, import_id)
    return run, found + reconcile.differences(at.app)


def unlocked(at: Ground, options: argparse.Namespace) -> tuple[Crowd, list[str]]:
    """The control: nothing beside it, and nobody's turn."""
    server = Server(at.app.config["SETTINGS"], "tests.torture.unlocked:app", workers=2)
    run = fill(at.app, server, options)
    try:
        server.start()
        run.go()
    finally:
        server.close()
    return run, [answer for answer, number in run.answers.items() for _ in range(number) if answer != "303"]


def main() -> None:
    options = chosen(__doc__, clients=50, seconds=60, rows=200_000)
    with ground(options.engine, durable=True) as at:
        run, found = (unlocked if options.control else everything)(at, options)
    p50 = sorted(run.took)[len(run.took) // 2]
    told = f"{options.engine}: {len(run.took)} actions, half within {1000 * p50:.0f} ms, 99 % within"
    told = f"{told} {1000 * run.slowest:.0f} ms, load {os.getloadavg()[0]:.1f}"
    conclude(len(run.took), found, control=options.control, told=told)


if __name__ == "__main__":
    main()
