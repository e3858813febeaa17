"""How long Today takes, and logging, while the mail server takes the call and says nothing: `make torture-hangs`.

A web process as in production; a sender, beside it, either has nothing to send or waits for a server that is silent.
Both take turns, so that the machine is the same to them. The target: p99 of pages grows by less than a tenth, and
nobody who logs waits a second. `--engine` is sqlite or postgresql, which is started for it. The control is a sender
that talks to the mail server while it holds what others want to write.
"""

import argparse
import http.client
import multiprocessing
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy import text

from app import clock
from app.db import db, is_sqlite, write
from app.domain.notices import outbox
from jobs import line
from jobs import outbox as sender
from tests import make
from tests.conftest import make_app
from tests.durability.server import Client, Server
from tests.durability.stem import AT_HAND
from tests.durability.test_kill import client_of
from tests.people import make_people
from tests.torture import reconcile
from tests.torture.ground import INVITATION, Ground, chosen, conclude, ground

MOST = 1.1
LONGEST = 1.0
"""Seconds that whoever logs may wait."""
LETTERS, CANDIDATES, FORMS = 200, 40, 5
"""So many forms are sent in each turn, beside the pages."""
SILENCE = 2.0
"""Seconds after which a sender gives up."""
HELD = text("LOCK TABLE engagement_action IN EXCLUSIVE MODE")


def fill(app: Flask, server: Server) -> tuple[Client, list[int]]:
    """Sanne with forty candidates, and mails for everybody that wait."""
    with app.test_request_context():
        people = make_people()
        candidates = [make.candidate(owner=people.sanne).id for _ in range(CANDIDATES)]
        now = clock.now()
        when = {"due_at": now, "not_after": now + 30 * clock.DAY, "now": now}
        for number in range(LETTERS):
            to = f"person:{people.ada.id}"
            outbox.plan(kind="invitation", recipient=to, period=str(number), payload=INVITATION, host="x.nl", **when)
        client = client_of(app, server, people.sanne.id)
        db.session.commit()
        db.session.remove()
    return client, candidates


def send(folder: str, url: str, port: int, on: Event, control: bool) -> None:
    """Send while it is asked to, to a server that never answers, until it is killed."""
    line.TIMEOUT = SILENCE
    app = make_app(Path(folder), url, mail_url=f"smtp://127.0.0.1:{port}", log_level="error")
    with app.app_context():
        while True:
            if on.wait(0.1):
                if control:
                    _talk_in_a_transaction(port)
                else:
                    sender.send_due("hanging", clock.now())
                db.session.rollback()
                time.sleep(0.05)


def _talk_in_a_transaction(port: int) -> None:
    write()
    if not is_sqlite():
        db.session.execute(HELD)
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=SILENCE) as call:
        call.recv(1)


def look(client: Client, times: int) -> list[float]:
    """Open Today so often; how many milliseconds each took."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=20)
        connection.request("GET", "/", headers={"Cookie": f"fanfare={client.cookie}"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status == 200
        found.append(1000 * (time.perf_counter() - began))
    return found


def callers(silent: socket.socket) -> int:
    """How often the mail server was called: a sender that is gone is in nobody's way."""
    silent.setblocking(False)
    found = 0
    with suppress(BlockingIOError):
        while True:
            silent.accept()[0].close()
            found += 1
    return found


def share(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]


@dataclass
class Took:
    """How many milliseconds pages and forms took, by whether the mail server was silent meanwhile."""

    client: Client
    candidates: list[int]
    pages: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})
    forms: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})

    def turn(self, times: int, *, hangs: bool) -> None:
        self.pages[hangs] += look(self.client, times)
        for number in range(FORMS):
            name, began = uuid4().hex, time.perf_counter()
            candidate = self.candidates[number % len(self.candidates)]
            said = {"candidate": candidate, "outcome": "no_answer", "note": name, "key": name}
            assert self.client.post("/actions", said) == 303
            self.forms[hangs].append(1000 * (time.perf_counter() - began))

    @property
    def more(self) -> float:
        return share(self.pages[True], 0.99) / share(self.pages[False], 0.99)

    def faults(self) -> Iterator[str]:
        if self.more >= MOST:
            yield f"p99 grows by {100 * (self.more - 1):.0f} %"
        yield from (f"logging took {each:.0f} ms" for each in self.forms[True] if each >= 1000 * LONGEST)

    def __str__(self) -> str:
        told = ", ".join(
            f"{name} p50 {share(values, 0.5):.1f} ms and p99 {share(values, 0.99):.1f} ms of {len(values)} pages"
            for name, values in (("nothing to send", self.pages[False]), ("while it hangs", self.pages[True]))
        )
        return f"{told} ({100 * (self.more - 1):+.0f} %), forms at most {max(self.forms[True]):.0f} ms"


@contextmanager
def sending(at: Ground, port: int, *, control: bool) -> Iterator[Event]:
    """A sender in a process of its own, which sends while it is told to."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(AT_HAND)
    on = context.Event()
    process = context.Process(target=send, args=(at.folder, at.url, port, on, control), daemon=True)
    process.start()
    try:
        yield on
    finally:
        process.kill()
        process.join()


def tried(at: Ground, options: argparse.Namespace, port: int) -> Took:
    """Turn by turn."""
    server = Server(at.app.config["SETTINGS"])
    took = Took(*fill(at.app, server))
    try:
        with sending(at, port, control=options.control) as on:
            server.start()
            look(took.client, 30)
            for number in range(2 * options.rounds):
                hangs = bool(number % 2)
                (on.set if hangs else on.clear)()
                took.turn(options.times, hangs=hangs)
    finally:
        server.close()
    return took


def main() -> None:
    options = chosen(__doc__, rounds=40, times=50)
    with ground(options.engine) as at, socket.create_server(("127.0.0.1", 0), backlog=500) as silent:
        took = tried(at, options, int(silent.getsockname()[1]))
        called = callers(silent)
        wrong = list(took.faults())
        wrong += [] if options.control else reconcile.differences(at.app)
    wrong += [] if called else ["nobody called the mail server"] * (not options.control)
    number = 2 * options.rounds * (options.times + FORMS)
    conclude(number, wrong, control=options.control, told=f"{options.engine}: {took}, {called} calls")


if __name__ == "__main__":
    main()
