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
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.game.doctor import standings_differences
from tests import make
from tests.bench.timeline import databases
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
    took: dict[str, list[float]] = field(default_factory=lambda: {"write": [], "read": []})
    answers: Counter[int | str] = field(default_factory=Counter)

    def hand(self) -> None:
        """One connection that stays open; it takes whatever is due."""
        connection = http.client.HTTPConnection("127.0.0.1", self.clients[0].port, timeout=30)
        while (job := self.due.get()) is not None:
            at, number = job
            kind = "write" if number % 2 else "read"
            try:
                self.answers[self.ask(connection, kind, number)] += 1
            except (OSError, http.client.HTTPException) as error:
                self.answers[type(error).__name__] += 1
                connection.close()
            self.took[kind].append((time.perf_counter() - at) * 1000)
        connection.close()

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


def fill() -> tuple[list[int], list[int]]:
    """An agency with recruiters and candidates."""
    sanne = make_people().sanne
    people = [sanne, *(make.person(f"R{number} Bakker") for number in range(PEOPLE - 1))]
    candidates = [make.candidate(f"Kandidaat {number}", owner=people[number % PEOPLE]) for number in range(CANDIDATES)]
    db.session.commit()
    return [each.id for each in people], [each.id for each in candidates]


def part(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(name: str, run: Run, load: float) -> bool:
    everything = [each for values in run.took.values() for each in values]
    wrong = {status: count for status, count in run.answers.items() if status != 200}
    for kind, values in run.took.items():
        print(
            f"  {name}: {kind:<6}{len(values):6} p50 {part(values, 0.5):6.1f} ms  p99 {part(values, 0.99):7.1f} ms"
            f"  longest {max(values):7.1f} ms",
            flush=True,
        )
    print(f"  {name}: {sum(run.answers.values())} answers, other than 200: {wrong or 'none'}; load {load:.1f}")
    return not wrong and part(everything, 0.99) < P99 and max(everything) < LONGEST


def exact(app: Flask, run: Run) -> bool:
    """Every answer to a write is an action, and the boards are what the ledger says."""
    with app.app_context():
        logged = db.session.scalar(select(func.count()).select_from(EngagementAction))
        differences = standings_differences()
        db.session.remove()
    print(f"  {logged} actions of {len(run.took['write'])} writes; {len(differences)} totals differ from the ledger")
    return logged == len(run.took["write"]) and not differences


def measure(app: Flask, workers: int, asked: argparse.Namespace) -> bool:
    server = Server(app.config["SETTINGS"], workers=workers)
    try:
        with app.test_request_context():
            upgrade()
            people, candidates = fill()
            run = Run([client_of(app, server, each) for each in people], candidates)
            db.session.commit()
            db.session.remove()
        server.start()
        warm = Run(run.clients, candidates)
        warm.go(20, 1)
        run.go(asked.rate, asked.seconds)
        good = report(f"{workers} process{'es' if workers > 1 else ''}", run, os.getloadavg()[0])
        run.took["write"] += warm.took["write"]
        return exact(app, run) and good
    finally:
        server.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=200, help="requests a second, half of them writes")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    good = True
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as urls:
            for engine, url in urls.items():
                if asked.engine in {None, engine}:
                    print(f"{engine}, {asked.rate} requests a second for {asked.seconds} s")
                    app = make_app(Path(folder), url)
                    good = measure(app, workers, asked) and good
                    with app.app_context():
                        db.engine.dispose()
    raise SystemExit(not good)


if __name__ == "__main__":
    main()
