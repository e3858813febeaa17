"""How long people wait while others log: so many writes and reads a second over HTTP, come what may: `make bench-open`.

The loop is open: a request is due at its moment whether or not the ones before it were answered, and its time runs from
that moment, so that a server that stands still for a second shows every request that came in that second.
"""

import argparse
import http.client
import os
import queue
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.game.doctor import standings_differences
from tests import make
from tests.bench.figure import Figure, parts, slowest
from tests.bench.timeline import ENGINES, databases
from tests.conftest import make_app
from tests.durability.server import Client, Server
from tests.durability.test_kill import client_of
from tests.people import make_people

PEOPLE, CANDIDATES = 24, 5_000
HANDS = 24
P99, LONGEST = 20.0, 250.0
FORM = "application/x-www-form-urlencoded"
OUTCOMES = ("spoke", "message_sent", "no_answer")


@dataclass
class Run:
    """Requests that wait for a hand, and how many milliseconds each took from the moment at which it was due."""

    clients: list[Client]
    candidates: list[int]
    due: queue.Queue[tuple[float, int] | None] = field(default_factory=queue.Queue)
    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: Counter[int | str] = field(default_factory=Counter)

    def hand(self) -> None:
        """One connection that stays open; it takes whatever is due."""
        connection = http.client.HTTPConnection("127.0.0.1", self.clients[0].port, timeout=30)
        while (job := self.due.get()) is not None:
            at, number = job
            kind = self.kind_of(number)
            try:
                self.answers[self.ask(connection, kind, number)] += 1
            except (OSError, http.client.HTTPException) as error:
                self.answers[type(error).__name__] += 1
                connection.close()
            self.took[kind].append((time.perf_counter() - at) * 1000)
        connection.close()

    def kind_of(self, number: int) -> str:
        return "write" if number % 2 else "read"

    def ask(self, connection: http.client.HTTPConnection, kind: str, number: int) -> int:
        client = self.clients[number % len(self.clients)]
        headers = {"Cookie": f"fanfare={client.cookie}", "HX-Request": "true", "HX-Request-Type": "partial"}
        if kind == "read":
            connection.request("GET", "/board", headers=headers)
        else:
            candidate = self.candidates[number * 7919 % len(self.candidates)]
            said = {"csrf_token": client.token, "candidate": candidate, "view": "sheet", "key": uuid4().hex}
            body = urlencode(said | {"outcome": OUTCOMES[number % len(OUTCOMES)]})
            connection.request("POST", "/actions", body, headers | {"Content-Type": FORM})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def go(self, rate: int, seconds: int) -> None:
        hands = [threading.Thread(target=self.hand) for _ in range(HANDS)]
        for each in hands:
            each.start()
        began = time.perf_counter()
        for number in range(rate * seconds):
            at = began + number / rate
            time.sleep(max(0.0, at - time.perf_counter()))
            self.due.put((at, number))
        for _ in hands:
            self.due.put(None)
        for each in hands:
            each.join()


def fill(number: int = CANDIDATES) -> tuple[list[int], list[int]]:
    """An agency with recruiters and candidates."""
    sanne = make_people().sanne
    people = [sanne, *(make.person(f"R{number} Bakker") for number in range(PEOPLE - 1))]
    candidates = [make.candidate(f"Kandidaat {one}", owner=people[one % PEOPLE]) for one in range(number)]
    db.session.commit()
    return [each.id for each in people], [each.id for each in candidates]


def report(name: str, run: Run, load: float) -> list[Figure]:
    everything = [each for values in run.took.values() for each in values]
    wrong = {status: count for status, count in run.answers.items() if status != 200}
    for kind, values in run.took.items():
        print(
            f"  {name}: {kind:<6}{len(values):6} p50 {slowest(values, 0.5):6.1f} ms  p99 {slowest(values):7.1f} ms"
            f"  longest {max(values):7.1f} ms",
            flush=True,
        )
    print(f"  {name}: {sum(run.answers.values())} answers, other than 200: {wrong or 'none'}; load {load:.1f}")
    return [
        Figure(f"{name}, errors", "", sum(wrong.values()), target=0),
        Figure(f"{name}, p99", "ms", slowest(everything), target=P99, rounds=parts(everything)),
        Figure(f"{name}, longest", "ms", max(everything), target=LONGEST),
    ]


def exact(name: str, app: Flask, run: Run) -> Figure:
    """Every answer to a write is an action, and the boards are what the ledger says."""
    with app.app_context():
        logged = db.session.scalar(select(func.count()).select_from(EngagementAction))
        differences = standings_differences()
        db.session.remove()
    print(f"  {logged} actions of {len(run.took['write'])} writes; {len(differences)} totals differ from the ledger")
    lost = abs((logged or 0) - len(run.took["write"]))
    return Figure(f"{name}, actions lost and totals that differ", "", lost + len(differences), target=0)


class Length(NamedTuple):
    """So many requests a second for so long, for so many candidates, with so many web processes."""

    rate: int = 200
    seconds: int = 30
    candidates: int = CANDIDATES
    workers: tuple[int, ...] = (1, 2)


def measure(app: Flask, engine: str, workers: int, length: Length) -> list[Figure]:
    server = Server(app.config["SETTINGS"], workers=workers)
    try:
        with app.test_request_context():
            upgrade()
            people, candidates = fill(length.candidates)
            run = Run([client_of(app, server, each) for each in people], candidates)
            db.session.commit()
            db.session.remove()
        if server.answers():
            raise SystemExit(f"port {server.port} is busy")
        server.start()
        warm = Run(run.clients, candidates)
        warm.go(20, 1)
        run.go(length.rate, length.seconds)
        name = f"{engine}, {workers} process{'es' if workers > 1 else ''}"
        found = report(name, run, os.getloadavg()[0])
        run.took["write"] += warm.took["write"]
        return [*found, exact(name, app, run)]
    finally:
        server.close()


def b9(quick: bool) -> list[Figure]:
    """A hundred write and a hundred read each second, with one process and with two."""
    return run_all(Length(40, 2, 200, (1,)) if quick else Length(), ["sqlite"])


def run_all(length: Length, engines: Sequence[str]) -> list[Figure]:
    """Every number of processes, on these engines."""
    found = []
    for workers in length.workers:
        with tempfile.TemporaryDirectory() as folder, databases(Path(folder), engines) as urls:
            for engine, url in urls.items():
                print(f"{engine}, {length.rate} requests a second for {length.seconds} s")
                app = make_app(Path(folder), url)
                found += measure(app, engine, workers, length)
                with app.app_context():
                    db.engine.dispose()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=200, help="requests a second, half of them writes")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    found = run_all(Length(asked.rate, asked.seconds), [asked.engine] if asked.engine else ENGINES)
    raise SystemExit(not all(each.met for each in found))


if __name__ == "__main__":
    main()
