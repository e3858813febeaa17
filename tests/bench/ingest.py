"""How many events a second come in over HTTP, beside the same without HTTP: `make bench-ingest`.

Each round sends other events, one in ten of them a second time, by turns over HTTP to granian and straight to the same
functions. CPU is the server's for HTTP, and this process's without. At the end every event must be there exactly once,
and every score must be what a replay gives.
"""

import argparse
import http.client
import os
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from app import clock
from app.blueprints.intake import batch
from app.blueprints.intake.agent import Judge
from app.blueprints.intake.asking import Asking
from app.blueprints.intake.segment import Told
from app.db import db
from app.domain.actions.event import Sender
from app.domain.candidates.contact_state import ContactState
from app.domain.journey import source
from app.domain.journey.touchpoint import Touchpoint
from app.domain.scoring.engagement import tau_as_of
from tests import make
from tests.bench.figure import Figure
from tests.bench.running import worked
from tests.bench.timeline import ENGINES, databases
from tests.conftest import make_app
from tests.durability.server import Server

PEOPLE = 2_000
BATCH = 500
TWICE = 10
KINDS = {"Job Viewed": "job_view", "Email Opened": "mail_open", "Event Attended": "event_attended", "Home": "Home"}
NAMES = tuple(KINDS)
LEAST = 0.6
NEAR = 0.01
Items = list[dict[str, Any]]


class Length(NamedTuple):
    """How many events by themselves and in batches in a round, of so many rounds; and straight in after them.

    `people` are those whom they are about.
    """

    singles: int = 300
    events: int = 5_000
    rounds: int = 5
    history: int = 50_000
    people: int = PEOPLE


@dataclass
class Events:
    """Events without end, always the same for a seed; one in ten is one that was sent before."""

    people: int = PEOPLE
    rng: random.Random = field(default_factory=lambda: random.Random(7))
    made: int = 0
    sent: Counter[str] = field(default_factory=Counter)

    def next(self, number: int) -> Items:
        return [self._again() if at % TWICE == TWICE - 1 else self._fresh() for at in range(number)]

    def _fresh(self) -> dict[str, Any]:
        self.made += 1
        self.sent[KINDS[NAMES[self.made % len(NAMES)]]] += 1
        return self._event(self.made)

    def _again(self) -> dict[str, Any]:
        return self._event(self.rng.randint(max(1, self.made - 5_000), max(1, self.made)))

    def _event(self, number: int) -> dict[str, Any]:
        at = make.START + timedelta(minutes=number * 7 % 86_400)
        return {
            "type": "track",
            "messageId": f"m-{number}",
            "event": NAMES[number % len(NAMES)],
            "userId": f"c-{number * 7919 % self.people}",
            "timestamp": at.isoformat(),
            "properties": {"job_id": number % 50, "job_title": "Lasser"},
        }


def fill(people: int) -> tuple[Sender, str]:
    """An agency with candidates and a server's key."""
    make.agency()
    for number in range(people):
        make.candidate(f"Kandidaat {number}", external_id=f"c-{number}")
    row, key = source.make("Bench", None, clock.now())
    db.session.commit()
    return Sender(row.id, row.name, trusted=True), key


@dataclass
class Post:
    """One connection that stays open, as clients keep it."""

    server: Server
    key: str

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)

    def __call__(self, items: Items) -> None:
        said = {"batch": items} if len(items) > 1 else items[0]
        path = "/v1/batch" if len(items) > 1 else "/v1/track"
        self.connection.request("POST", path, orjson.dumps({**said, "writeKey": self.key}))
        answer = self.connection.getresponse()
        body = answer.read()
        assert (answer.status, orjson.loads(body)["rejected"]) == (200, []), body


def straight(sender: Sender) -> Callable[[Items], None]:
    """The same without HTTP and without JSON, each in a database session of its own, as requests have."""

    def take(items: Items) -> None:
        db.session.remove()
        answer = batch.take_in(Asking(sender, Told(clock.now(), None, Judge("POST", None))), items)
        assert answer.rejected == []

    return take


@dataclass
class Way:
    """One way in, and how many events a second it took in each round, by CPU and by the clock."""

    name: str
    take: Callable[[Items], None]
    cpu: Callable[[], float]
    rates: list[tuple[float, float]] = field(default_factory=list)

    def round(self, portions: Sequence[Items]) -> None:
        computed, began = self.cpu(), time.perf_counter()
        for items in portions:
            self.take(items)
        number = sum(map(len, portions))
        took = time.perf_counter() - began
        self.rates.append((number / (self.cpu() - computed), number / took))

    def rate(self) -> tuple[float, float]:
        return statistics.median(cpu for cpu, _ in self.rates), statistics.median(wall for _, wall in self.rates)


def compare(name: str, size: int, ways: Sequence[Way], events: Events, *, number: int, rounds: int) -> Figure:
    """Rounds by turns: how many HTTP takes in for a second of work, beside the way without it."""
    for each in ways:
        each.take(events.next(size))
    for turn in range(rounds):
        for each in ways if turn % 2 else ways[::-1]:
            each.round([events.next(size) for _ in range(number // size)])
    (web_cpu, web), (own_cpu, own) = (each.rate() for each in ways)
    print(
        f"  {size:4} at once: over HTTP {web_cpu:7,.0f} a CPU second, {web:7,.0f} a second;"
        f" without {own_cpu:7,.0f} and {own:7,.0f}; {web_cpu / own_cpu:.2f}x and {web / own:.2f}x"
    )
    turns = tuple(cpu for cpu, _ in ways[0].rates)
    said = f"{name}, {'single' if size == 1 else f'{size} at once'}"
    return Figure(said, "events a second of work", web_cpu, own_cpu, LEAST, of="ratio", at_least=True, rounds=turns)


def exact(name: str, events: Events) -> Figure:
    """Every event is there once, and every score is that of a replay."""
    db.session.remove()
    there = dict(db.session.execute(select(Touchpoint.kind, func.count()).group_by(Touchpoint.kind)).all())
    stored = dict(db.session.execute(select(ContactState.candidate_id, ContactState.tau)).all())
    wrong = 0
    for start in range(0, len(ids := sorted(stored)), 100):
        portion = ids[start : start + 100]
        replayed = tau_as_of(portion, clock.now())
        wrong += sum(abs((stored[each] or 0) - (replayed.get(each) or 0)) > NEAR for each in portion)
    print(f"  {sum(there.values()):,} touchpoints of {sum(events.sent.values()):,} sent; {wrong} scores differ")
    lost = sum(abs(there.get(kind, 0) - sent) for kind, sent in events.sent.items())
    return Figure(f"{name}, events lost or twice, and scores that differ", "", lost + wrong, target=0)


def history(number: int, take: Callable[[Items], None], events: Events) -> None:
    """A long history in batches: so many touchpoints, beside those that are sent twice."""
    began, until, sent = time.perf_counter(), events.made + number, 0
    while events.made < until:
        take(events.next(BATCH))
        sent += BATCH
    took = time.perf_counter() - began
    print(f"  {number:,} touchpoints in batches of {BATCH}: {took:.0f} s, {sent / took:,.0f} events a second")


def measure(app: Flask, name: str, length: Length) -> list[Figure]:
    """All of it on one engine."""
    events = Events(length.people)
    with app.app_context():
        upgrade()
        sender, key = fill(length.people)
        own = straight(sender)
        server, found = Server(app.config["SETTINGS"]), list[Figure]()
        try:
            if server.answers():
                raise SystemExit(f"port {server.port} is busy")
            server.start()
            assert server.group
            post, web = Post(server, key), partial(worked, server.group)
            for size, number in ((1, length.singles), (BATCH, length.events)):
                ways = [
                    Way("http", post, web),
                    Way("straight", own, time.process_time),
                ]
                found.append(compare(name, size, ways, events, number=number, rounds=length.rounds))
        finally:
            server.close()
        if length.history:
            history(length.history, own, events)
        return [*found, exact(name, events)]


def b7(quick: bool) -> list[Figure]:
    """Both engines; SQLite alone when it has to be quick."""
    return run(Length(40, 500, 2, 0, 200), ["sqlite"]) if quick else run(Length(history=0), ENGINES)


def run(length: Length, engines: Sequence[str]) -> list[Figure]:
    found = []
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder), engines) as urls:
        for engine, url in urls.items():
            print(f"{engine}, load {os.getloadavg()[0]:.1f}")
            found += measure(make_app(Path(folder), url), engine, length)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--singles", type=int, default=300, help="events by themselves, in a round")
    parser.add_argument("--events", type=int, default=5_000, help="events in batches, in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--history", type=int, default=50_000, help="touchpoints straight in, after the rounds")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    chosen = parser.parse_args()
    length = Length(chosen.singles, chosen.events, chosen.rounds, chosen.history)
    found = run(length, [chosen.engine] if chosen.engine else ENGINES)
    if not all(each.met for each in found):
        raise SystemExit(f"less than {LEAST}x, or not exact")


if __name__ == "__main__":
    main()
