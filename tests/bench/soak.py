"""Whether Fanfare can be left alone: an hour of everything at twenty requests a second: `make bench-soak`.

Web and jobs run as in production, on a demo agency. People of every role look at pages, recruiters log and work through
their queues, and websites send events; each request is due at its moment, as in the open loop. Meanwhile the memory of
every process is noted: after it has warmed up it may grow by a twentieth. No answer may be a fault of ours.
"""

import argparse
import http.client
import os
import re
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

import orjson
from flask import Flask
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate
from app.domain.journey import source
from tests.bench.figure import Figure, slowest
from tests.bench.kept import FILE, demo
from tests.bench.open_loop import FORM, OUTCOMES, Run
from tests.bench.running import Memory, Running
from tests.bench.startup import OURS, settings, web
from tests.conftest import make_app
from tests.durability.server import Client
from tests.durability.test_kill import client_of

MOST_GROWTH, MOST_P99_MS = 1.05, 250.0
WARM, FIFTH, ALL_THE_TIME = 0.1, 0.2, 0.9
CARD = re.compile(r'action="(/block/cards/\d+/outcome)"')
PAGES: dict[Role, tuple[str, ...]] = {
    Role.RECRUITER: ("/", "/candidates", "/board", "/contests", "/rewards", "/notices", "/block"),
    Role.MEMBER: ("/", "/board", "/contests", "/rewards"),
    Role.LEAD: ("/", "/team", "/board", "/approvals"),
    Role.SPONSOR: ("/sponsor", "/lab", "/board"),
    Role.ADMIN: ("/people", "/operations", "/audit"),
}
TOLD = {"own": "memory of its own", "uss": "USS", "rss": "RSS"}
OFTEN = ("page", "page", "page", "board", "board", "log", "log", "queue", "queue", "event")
"""What ten requests are."""


class Signed(NamedTuple):
    client: Client
    role: Role


@dataclass
class Mixed(Run):
    """Requests of all kinds; `cards` are those that recruiters have before them."""

    people: Sequence[Signed] = ()
    key: str = ""
    cards: dict[str, str] = field(default_factory=dict)
    worked: int = 0

    def kind_of(self, number: int) -> str:
        return OFTEN[number % len(OFTEN)]

    def ask(self, connection: http.client.HTTPConnection, kind: str, number: int) -> int:
        turn = number // len(OFTEN)
        if kind == "event":
            return self._event(connection, number)
        if kind == "page":
            person = self.people[number * 31 % len(self.people)]
            return self._get(connection, person.client, PAGES[person.role][turn % len(PAGES[person.role])])
        client = self.clients[turn % len(self.clients)]
        if kind == "board":
            return self._get(connection, client, "/board")
        if kind == "queue":
            return self._card(connection, client)
        candidate = self.candidates[number * 7919 % len(self.candidates)]
        said = {"candidate": candidate, "view": "sheet", "outcome": OUTCOMES[number % len(OUTCOMES)]}
        return self._post(connection, client, "/actions", said)[0]

    def _get(self, connection: http.client.HTTPConnection, client: Client, path: str) -> int:
        connection.request("GET", path, headers={"Cookie": f"fanfare={client.cookie}", "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def _post(
        self, connection: http.client.HTTPConnection, client: Client, path: str, said: Mapping[str, object]
    ) -> tuple[int, str]:
        headers = {"Cookie": f"fanfare={client.cookie}", "HX-Request": "true", "HX-Request-Type": "partial"}
        body = urlencode({"csrf_token": client.token, "key": uuid4().hex, **said})
        connection.request("POST", path, body, headers | {"Content-Type": FORM})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def _card(self, connection: http.client.HTTPConnection, client: Client) -> int:
        """Log the card on the screen, or ask for one; an empty queue is ended, and begun anew the next time."""
        address = self.cards.pop(client.cookie, "")
        said = {"outcome": "no_answer"} if address else {}
        status, html = self._post(connection, client, address or "/block", said)
        self.worked += bool(address) and status == 200
        if found := CARD.search(html):
            self.cards[client.cookie] = found[1]
        elif status == 200:
            status, _html = self._post(connection, client, "/block/end", {})
        return status

    def _event(self, connection: http.client.HTTPConnection, number: int) -> int:
        said = {
            "type": "track",
            "messageId": uuid4().hex,
            "event": "Job Viewed",
            "userId": f"VB-{1 + number % 300:05}",
            "timestamp": clock.now().isoformat(),
            "writeKey": self.key,
        }
        connection.request("POST", "/v1/track", orjson.dumps(said))
        answer = connection.getresponse()
        answer.read()
        return answer.status


@dataclass
class Watch:
    """Notes the memory of processes, from time to time, until it is told to stop."""

    watched: Mapping[str, Running]
    every: float
    seen: defaultdict[tuple[str, int], list[Memory]] = field(default_factory=lambda: defaultdict(list))
    over: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        while not self.over.wait(self.every):
            for name, running in self.watched.items():
                for process, each in running.memory().items():
                    self.seen[name, process].append(each)

    @property
    def begun_anew(self) -> int:
        """How many were there for a part of the time only: what such a one had grown by went with it."""
        longest = max(map(len, self.seen.values()), default=0)
        return sum(len(each) < longest * ALL_THE_TIME for each in self.seen.values())


def grown(name: str, seen: Sequence[Memory]) -> list[Figure]:
    """What a process kept when it was warm, and at the end: each in the middle of a fifth of the time.

    What is its own may hardly grow; the others hold pages of the database file too, and are told beside it.
    """
    warm = seen[int(len(seen) * WARM) :]
    size = max(1, int(len(warm) * FIFTH))

    def of(kind: str, target: float | None = None) -> Figure:
        least, most = (statistics.median(getattr(each, kind) for each in part) for part in (warm[:size], warm[-size:]))
        return Figure(f"{name}, {TOLD[kind]}, when warm and at the end", "MB", most, least, target, of="ratio")

    return [of("own", MOST_GROWTH), of("uss"), of("rss")]


def everybody(app: Flask, running: Running) -> Mixed:
    """Some of every role, signed in; the key of a website; and those whom recruiters log for."""
    with app.test_request_context():
        rows = db.session.scalars(select(Person).where(Person.deactivated_at.is_(None)).order_by(Person.id)).all()
        people = [Signed(client_of(app, running, row.id), Role(row.role)) for row in rows]
        _, key = source.make("Soak", None, clock.now())
        owned = select(Candidate.id).where(Candidate.owner_id.is_not(None), Candidate.merged_into_id.is_(None))
        candidates = list(db.session.scalars(owned))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    recruiters = [each.client for each in people if each.role is Role.RECRUITER]
    return Mixed(recruiters, candidates, people=people, key=key)


def soak(rate: int, seconds: int) -> list[Figure]:
    """Run everything for so long, and tell what came of it."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as started:
        folder = Path(name)
        shutil.copy(demo() / FILE, folder)
        app = make_app(folder)
        jobs = [sys.executable, "-m", "jobs"]
        watched = {"web": started.enter_context(web(OURS[0], folder))}
        watched["web"].until(OURS[1])
        watched["jobs"] = started.enter_context(Running(jobs, settings(folder)))
        run = everybody(app, watched["web"])
        watch = Watch(watched, max(1.0, seconds / 200))
        looking = threading.Thread(target=watch.look, daemon=True)  # so that the whole can be ended before its time
        looking.start()
        run.go(rate, seconds)
        watch.over.set()
        looking.join()
        ended = sum(each.process.poll() is not None for each in watched.values())
    gone = Figure("processes that ended, or were begun anew", "", ended + watch.begun_anew, target=0)
    return [*answered(run), gone, *kept(watch)]


def answered(run: Mixed) -> list[Figure]:
    faults = sum(count for status, count in run.answers.items() if isinstance(status, str) or status >= 500)
    print(f"answers {dict(run.answers)}, cards worked {run.worked}")
    return [
        Figure("answers that are a fault of ours", "", faults, target=0),
        Figure("cards of the queue that were logged", "", run.worked, target=1, at_least=True),
        *(Figure(f"{kind}, p99", "ms", slowest(run.took[kind]), target=MOST_P99_MS) for kind in sorted(run.took)),
        *(Figure(f"{kind}, p50", "ms", statistics.median(run.took[kind])) for kind in sorted(run.took)),
    ]


def kept(watch: Watch) -> list[Figure]:
    """Of each process, numbered in the order in which they were begun."""
    found, numbers = list[Figure](), Counter[str]()
    for (name, _process), seen in sorted(watch.seen.items()):
        numbers[name] += 1
        found += grown(f"{name} {numbers[name]}", seen)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--rate", type=int, default=20, help="requests a second")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended before its time"))
    load = os.getloadavg()[0]
    began = time.perf_counter()
    found = soak(asked.rate, asked.seconds)
    for each in found:
        said = "" if each.target is None else "met" if each.met else "MISSED"
        beside = f" ({each.ratio:.3f} times {each.floor:.1f})" if each.ratio and each.floor else ""
        print(f"  {each.name:<46}{each.value:10.1f} {each.unit}{beside} {said}")
    print(f"{time.perf_counter() - began:.0f} s, load {load:.1f} to {os.getloadavg()[0]:.1f}")
    raise SystemExit(not all(each.met for each in found))


if __name__ == "__main__":
    main()
