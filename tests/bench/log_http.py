"""What logging an action costs over HTTP, beside a server that says hello and sends the same statements: B2.

`make bench-log`. The person is signed in, the form has its token and its key, the answer is the part that htmx puts
into the page. Both servers run as in production, and take turns; their work is what the processes used. Then eight
people log at once, and it is counted how long they wait.
"""

import http.client
import os
import pickle
import shutil
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID, uuid4

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, event, make_url, text

from app import clock
from app.db import db, write
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.program.program import the_program
from tests.bench.figure import Figure, slowest
from tests.bench.log_floor import Sent
from tests.bench.open_loop import FORM, fill
from tests.bench.running import worked
from tests.bench.timeline import ENGINES, databases
from tests.conftest import make_app
from tests.durability.server import Client, Server
from tests.durability.test_kill import client_of

HANDS = 8
TARGET_B2, PEER_US, FASTER = 4.0, 45_000, 30
HTMX = {
    "HX-Request": "true",
    "HX-Request-Type": "partial",
    "HX-Source": "form",
    "HX-Target": "div#log-sheet",
    "Accept": "text/html",
    "Accept-Encoding": "gzip, deflate, br",
    "Sec-Fetch-Site": "same-origin",
}


class Length(NamedTuple):
    """How many rounds of how many actions by turns, and how many each of those who log at once."""

    rounds: int = 7
    a_round: int = 60
    each: int = 50

    @property
    def recorded(self) -> int:
        return (self.rounds + 1) * self.a_round

    @property
    def candidates(self) -> int:
        """One for every action: nobody is logged for twice."""
        return 3 * self.recorded + HANDS * self.each


class Cost(NamedTuple):
    """Microseconds a request: of the server's work, and of waiting."""

    work: float
    waited: float


class Door:
    """A connection that stays open, by which one person logs."""

    def __init__(self, client: Client, path: str = "/actions") -> None:
        self.client, self.path = client, path
        self.connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)

    def log(self, candidate: int, outcome: Outcome) -> float:
        """Microseconds until the answer was there."""
        said = {"csrf_token": self.client.token, "candidate": candidate, "view": "sheet", "key": uuid4().hex}
        body = urlencode(said | {"outcome": outcome.value})
        began = time.perf_counter()
        headers = HTMX | {"Cookie": f"fanfare={self.client.cookie}", "Content-Type": FORM}
        self.connection.request("POST", self.path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{self.path} answered {answer.status}")
        return (time.perf_counter() - began) * 1e6


def started(server: Server) -> int:
    """Refuses when somebody answers at its port already: a server left over would be measured."""
    if server.answers():
        raise SystemExit(f"port {server.port} is busy")
    server.start()
    assert server.group
    return server.group


def record(people: Sequence[int], candidates: Sequence[int]) -> list[Sent]:
    """The statements of an action for each of these, as ours sends them."""
    found: list[Sent] = []
    sent: Sent = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, sql, values, *_: sent.append((sql, values)))
    for number, candidate_id in enumerate(candidates, 1):
        db.session.remove()
        person = db.session.get_one(Person, people[number % len(people)])
        held, candidate = (the_agency(), the_program()), db.session.get_one(Candidate, candidate_id)
        write(person, candidate, *held)
        sent.clear()
        at = clock.now() - timedelta(minutes=1)
        action.log(person, candidate, _outcome(number), at=at, now=at, key=UUID(int=number).bytes)
        db.session.commit()
        found.append([(str(sql), values) for sql, values in sent if not sql.startswith("BEGIN")])
    db.session.remove()
    return found


def _outcome(number: int) -> Outcome:
    return (Outcome.SPOKE, Outcome.MESSAGE_SENT, Outcome.NO_ANSWER)[number % 3]


def in_turns(doors: Sequence[tuple[Door, int]], candidates: Iterator[int], length: Length) -> list[list[Cost]]:
    """Rounds of every door with its group of processes, one after the other; the first warms them."""
    found: list[list[Cost]] = [[] for _ in doors]
    for _ in range(length.rounds + 1):
        for costs, (door, processes) in zip(found, doors, strict=True):
            before = worked(processes)
            waited = [door.log(next(candidates), _outcome(number)) for number in range(length.a_round)]
            costs.append(Cost(1e6 * (worked(processes) - before) / length.a_round, statistics.median(waited)))
    return [costs[1:] for costs in found]


def at_once(doors: Sequence[Door], candidates: Iterator[int], each: int) -> list[float]:
    """How long everybody waits while eight log one action after another, in milliseconds."""
    shares = [[next(candidates) for _ in range(each)] for _ in doors]
    waited: list[float] = []

    def hand(door: Door, share: Sequence[int]) -> None:
        waited.extend(door.log(candidate, _outcome(number)) / 1000 for number, candidate in enumerate(share))

    hands = [threading.Thread(target=hand, args=pair) for pair in zip(doors, shares, strict=True)]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    return waited


def copied(app: Flask, folder: Path) -> str:
    """Where the floor works: a copy of the database, which nobody is connected to meanwhile."""
    url = app.config["SETTINGS"].database_url
    if url.startswith("sqlite"):
        shutil.copy(str(make_url(url).database), folder / "floor.sqlite")
        return f"{folder}/floor.sqlite"
    server = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE floor TEMPLATE bench"))
    server.dispose()
    return make_url(url).set(drivername="postgresql", database="floor").render_as_string(hide_password=False)


def measure(engine: str, app: Flask, folder: Path, length: Length) -> list[Figure]:
    product = Server(app.config["SETTINGS"])
    with app.test_request_context():
        upgrade()
        people, ids = fill(length.candidates)
        clients = [client_of(app, product, person) for person in people[:HANDS]]
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
        address, recording = copied(app, folder), folder / f"{engine}.recording"
        recording.write_bytes(pickle.dumps(record(people, ids[: length.recorded])))
        db.engine.dispose()
    bare = Server(
        app.config["SETTINGS"],
        "tests.bench.log_floor:app",
        FANFARE_BENCH_FLOOR=address,
        FANFARE_BENCH_RECORDING=str(recording),
    )
    try:
        groups = started(product), started(bare)
        candidates = iter(ids[length.recorded :])
        floor = Door(Client(bare.port, clients[0].cookie, clients[0].token), "/")
        ours, hello = in_turns([(Door(clients[0]), groups[0]), (floor, groups[1])], candidates, length)
        waited = at_once([Door(client) for client in clients], candidates, length.each)
        return report(engine, ours, hello, waited)
    finally:
        product.close()
        bare.close()


def report(engine: str, ours: Sequence[Cost], hello: Sequence[Cost], waited: list[float]) -> list[Figure]:
    (work, wait), (least, least_wait) = (
        [statistics.median(values) for values in zip(*costs, strict=True)] for costs in (ours, hello)
    )
    print(
        f"B2 {engine}: ours {work:.0f} us of work ({wait:.0f} waited), hello and the statements {least:.0f}"
        f" ({least_wait:.0f}): {work / least:.2f}x, target {TARGET_B2}x;"
        f" {PEER_US / wait:.0f} times as fast as 45 ms, target {FASTER}"
    )
    print(
        f"   {HANDS} at once: p50 {slowest(waited, 0.5):.1f} ms, p99 {slowest(waited):.1f}, longest {max(waited):.1f}"
    )
    print(f"   {len(waited)} logged at once, load {os.getloadavg()[0]:.1f}", flush=True)
    rounds = tuple(each.work for each in ours)
    return [
        Figure(f"over HTTP, {engine}, work", "us", work, least, TARGET_B2, of="ratio", rounds=rounds),
        Figure(f"over HTTP, {engine}, beside 45 ms", "times as fast", PEER_US / wait, None, FASTER, at_least=True),
        Figure(f"over HTTP, {engine}, {HANDS} at once, p99", "ms", slowest(waited)),
    ]


def b2(quick: bool) -> list[Figure]:
    """Both engines; SQLite alone when it has to be quick."""
    return run(Length(2, 10, 5), "sqlite") if quick else run(Length(), None)


def run(length: Length, only: str | None) -> list[Figure]:
    """Both engines, or the one that is named."""
    found: list[Figure] = []
    with TemporaryDirectory() as name, databases(Path(name), [only] if only else ENGINES) as urls:
        for engine, url in urls.items():
            found += measure(engine, make_app(Path(name), url), Path(name), length)
    return found
