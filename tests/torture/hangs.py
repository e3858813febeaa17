"""How long Today takes while the mail server takes the call and says nothing: `make torture-hangs`.

A web process as in production; a sender, beside it, either has nothing to send or waits for a server that is silent.
Both take turns, so that the machine is the same to them. The target: p99 grows by less than a tenth.
"""

import argparse
import http.client
import multiprocessing
import socket
import tempfile
import time
from contextlib import suppress
from multiprocessing.synchronize import Event
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from app import clock
from app.db import db
from app.domain.notices import outbox
from jobs import line
from jobs import outbox as sender
from tests import make
from tests.conftest import make_app
from tests.durability.server import Client, Server
from tests.durability.stem import AT_HAND
from tests.durability.test_kill import client_of
from tests.people import make_people
from tests.torture.ground import INVITATION, conclude

MOST = 1.1
LETTERS = 200


def fill(app: Flask, server: Server) -> Client:
    """Sanne with forty candidates, and mails for everybody that wait."""
    with app.test_request_context():
        people = make_people()
        for _ in range(40):
            make.candidate(owner=people.sanne)
        now = clock.now()
        when = {"due_at": now, "not_after": now + 30 * clock.DAY, "now": now}
        for number in range(LETTERS):
            to = f"person:{people.ada.id}"
            outbox.plan(kind="invitation", recipient=to, period=str(number), payload=INVITATION, host="x.nl", **when)
        client = client_of(app, server, people.sanne.id)
        db.session.commit()
    return client


def send(folder: str, url: str, on: Event) -> None:
    """Send while it is asked to, to a server that never answers, until it is killed."""
    line.TIMEOUT = 2.0
    app = make_app(Path(folder), mail_url=url, log_level="error")
    with app.app_context():
        while True:
            if on.wait(0.1):
                sender.send_due("hanging", clock.now())
                db.session.rollback()


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--times", type=int, default=50)
    chosen = parser.parse_args()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(AT_HAND)
    on = context.Event()
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0), backlog=500) as silent:
        app = make_app(Path(folder))
        with app.app_context():
            upgrade()
        server = Server(app.config["SETTINGS"])
        client = fill(app, server)
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        hanging = context.Process(target=send, args=(folder, url, on), daemon=True)
        hanging.start()
        took: dict[bool, list[float]] = {False: [], True: []}
        try:
            server.start()
            look(client, 30)
            for number in range(2 * chosen.rounds):
                hangs = bool(number % 2)
                (on.set if hangs else on.clear)()
                took[hangs] += look(client, chosen.times)
        finally:
            hanging.kill()
            hanging.join()
            server.close()
        called = callers(silent)
        with app.app_context():
            db.engine.dispose()
    for hangs, values in took.items():
        name = "while it hangs" if hangs else "nothing to send"
        print(f"{name:<16} p50 {share(values, 0.5):6.1f} ms  p99 {share(values, 0.99):6.1f} ms  of {len(values)} pages")
    more = share(took[True], 0.99) / share(took[False], 0.99)
    print(f"p99 is {100 * (more - 1):+.0f} % (< +{100 * (MOST - 1):.0f} %)")
    wrong = [f"p99 grows by {100 * (more - 1):.0f} %"] if more >= MOST else []
    wrong += [] if called else ["nobody called the mail server"]
    told = f"pages while a mail server hangs ({called} calls), and while none does"
    conclude(2 * chosen.rounds * chosen.times, wrong, told=told)


if __name__ == "__main__":
    main()
