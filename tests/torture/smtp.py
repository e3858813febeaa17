"""A sender is killed again and again before a mail server of every mood: `make torture-mail`.

The server, a real one, says 421, 451 and 550, hangs, takes a letter and is gone before it says so, is slow, cannot
prove who it is, and refuses the password. All that can be delivered is, 550 is tried once, and a letter comes twice
only when its answer was lost, with the same Message-ID. `--engine` is sqlite or postgresql, which is started for it.
The control never takes a message from a sender that is gone, and must lose some.
"""

import argparse
import asyncio
import logging
import multiprocessing
import os
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from email import message_from_bytes
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.notices import delivery, outbox
from app.domain.notices.outbox import OutboxRow
from jobs import line
from jobs import outbox as sender
from tests import make
from tests.certificates import Authority
from tests.cluster import cluster
from tests.conftest import make_app
from tests.durability.stem import AT_HAND
from tests.mailbox import hung_up
from tests.ports import held_port, number_of
from tests.torture.ground import INVITATION, conclude

MOODS = ("fine", "fine", "fine", "421", "451", "550", "hang", "drop", "slow")
"""What happens to a letter by the beginning of its address; all but 550 the first time only."""
WEATHER = ("fair", "fair", "no password", "no proof", "closed")
PASSWORD = b"geheim"
SHORT = timedelta(milliseconds=300)
PATIENCE, HANGS = 1.0, 5.0
"""Seconds: a sender waits this long for an answer, which a server that hangs never gives in time."""


class Server:
    """Keeps what it took: to whom, and under which id; `weather` is how all that call fare."""

    def __init__(self, authority: Authority) -> None:
        self.tries, self.taken = Counter[str](), defaultdict[str, list[str]](list)
        self.weather, self.authority = "fair", authority
        self.door = held_port()
        self.port = number_of(self.door)

    @property
    def url(self) -> str:
        return f"smtp://me:{PASSWORD.decode()}@localhost:{self.port}?starttls=1"

    @contextmanager
    def open(self) -> Iterator[None]:
        server = _Doors(self)
        server.start()
        try:
            yield
        finally:
            asyncio.run_coroutine_threadsafe(hung_up(), server.loop).result()
            server.stop()
            self.door.close()

    def knows(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, told: Any) -> AuthResult:  # noqa: ANN401 - aiosmtpd's own
        return AuthResult(success=self.weather != "no password" and told.password == PASSWORD)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.tries[address] += 1
        mood, first = address.partition("-")[0], self.tries[address] == 1
        if mood == "550" or (first and mood in {"421", "451"}):
            return f"{mood} as asked"
        if first and mood == "hang":
            await asyncio.sleep(HANGS)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        (address,), content = envelope.rcpt_tos, envelope.content
        assert isinstance(content, bytes)
        mood = address.partition("-")[0]
        if mood == "slow":
            await asyncio.sleep(PATIENCE / 2)
        self.taken[address].append(str(message_from_bytes(content)["Message-ID"]))
        if mood == "drop" and len(self.taken[address]) == 1:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"


class _Doors(Controller):
    """A connection in this weather: behind a certificate that proves nothing, or not at all."""

    def __init__(self, server: Server) -> None:
        super().__init__(server, hostname="localhost", port=server.port)
        self.server_of_all = server

    def factory(self) -> SMTP:
        mine = self.server_of_all
        if mine.weather == "closed":
            raise ConnectionRefusedError
        context = mine.authority.context(proves=mine.weather != "no proof")
        return SMTP(mine, tls_context=context, require_starttls=True, authenticator=mine.knows, auth_required=True)


class Trial(NamedTuple):
    """Where the sender works, and what is taken out."""

    folder: str
    database: str
    url: str
    trusted: str
    control: bool = False


def send(trial: Trial, stop: Event) -> None:
    """The sender: every wait is short, so that hours of trouble are seconds."""
    os.environ["SSL_CERT_FILE"] = trial.trusted
    line.TIMEOUT, line.LONGEST = PATIENCE, 2 * PATIENCE
    delivery.BACK_OFF, delivery.DAILY = (SHORT,) * 5, SHORT
    delivery.LEASE = timedelta(hours=1) if trial.control else timedelta(seconds=3)
    delivery.MARGIN, sender.BATCH = timedelta(seconds=2), 10
    app = make_app(
        Path(trial.folder), trial.database, mail_url=trial.url, log_level="error", sqlite_synchronous="NORMAL"
    )
    with app.app_context():
        while not stop.is_set():
            sender.send_due(f"sender {os.getpid()}", clock.now())
            db.session.rollback()
            time.sleep(0.02)


def plan(app: Flask, number: int) -> None:
    """So many letters, a person each, in every mood."""
    with app.app_context():
        upgrade()
        make.agency()
        make.program()
        now = clock.now()
        for each in range(number):
            person = make.person(f"R{each} Jansen")
            person.email = f"{MOODS[each % len(MOODS)]}-{each}@voorbeeld.nl"
            when = {"due_at": now, "not_after": now + timedelta(days=30), "now": now}
            to = f"person:{person.id}"
            outbox.plan(kind="invitation", recipient=to, period="x", payload=INVITATION, host="x.nl", **when)
        db.session.commit()
        db.session.remove()


def in_hand(app: Flask, owner: str) -> set[str]:
    """Which letters a sender has claimed."""
    mine = OutboxRow.state == "sending", OutboxRow.lease_owner == owner
    with app.app_context():
        found = set(db.session.scalars(select(OutboxRow.message_id).where(*mine)))
        db.session.remove()
    return found


def unsettled(app: Flask) -> int:
    with app.app_context():
        waiting = select(func.count()).select_from(OutboxRow).where(OutboxRow.state.in_(("pending", "sending")))
        found = db.session.scalar(waiting) or 0
        db.session.remove()
    return found


def run(app: Flask, server: Server, trial: Trial, *, kills: int, seed: int, patience: float) -> set[str]:
    """Start a sender, kill it in the middle, and so on; which letters were in a killed sender's hands."""
    rng, context = random.Random(seed), multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(AT_HAND)
    stop, held = context.Event(), set[str]()
    with server.open():
        for number in range(kills):
            server.weather = WEATHER[number % len(WEATHER)]
            process = _begin(context.Process(target=send, args=(trial, stop)))
            owner = f"sender {process.pid}"
            _until_something_is_in_hand(app, owner)
            time.sleep(rng.uniform(0, 0.4))
            process.kill()
            process.join()
            held |= in_hand(app, owner)
        server.weather = "fair"
        last = _begin(context.Process(target=send, args=(trial, stop)))
        deadline = time.monotonic() + patience
        while unsettled(app) and time.monotonic() < deadline:
            time.sleep(0.1)
        stop.set()
        last.join(timeout=30)
        last.kill()
    return held


def _begin(process: ForkServerProcess) -> ForkServerProcess:
    process.start()
    return process


def _until_something_is_in_hand(app: Flask, owner: str) -> None:
    deadline = time.monotonic() + 60
    while not in_hand(app, owner) and time.monotonic() < deadline:
        time.sleep(0.02)


def faults(app: Flask, server: Server, held: set[str]) -> list[str]:
    """What is not as promised."""
    with app.app_context():
        rows = db.session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
        found = [fault for row in rows for fault in _faults_of(row, server, was_held=row.message_id in held)]
        db.session.remove()
    return found


def _faults_of(row: OutboxRow, server: Server, *, was_held: bool) -> Iterator[str]:
    number = row.id - 1
    mood = MOODS[number % len(MOODS)]
    address = f"{mood}-{number}@voorbeeld.nl"
    taken, tries = server.taken[address], server.tries[address]
    if row.state != ("failed" if mood == "550" else "sent"):
        yield f"{address}: {row.state} {row.last_error}"
    if mood == "550" and tries != 1 and not was_held:
        yield f"{address}: tried {tries} times"
    if mood != "550" and not taken:
        yield f"{address}: lost"
    if len(taken) > 1 and mood != "drop" and not was_held:
        yield f"{address}: {len(taken)} times"
    if set(taken) - {row.message_id}:
        yield f"{address}: another id"


def told(server: Server, held: Sequence[str] | set[str], kills: int) -> str:
    """The figures in one line."""
    twice = {address: ids for address, ids in server.taken.items() if len(ids) > 1}
    delivered = sum(map(bool, server.taken.values()))
    dropped = sum(address.startswith("drop") for address in twice)
    return (
        f"{kills} kills with {len(held)} letters in hand, {delivered} delivered, {dropped} twice after a drop,"
        f" {len(twice) - dropped} twice after a kill"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=900)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--control", action="store_true")
    chosen = parser.parse_args()
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    database = nullcontext("") if chosen.engine == "sqlite" else cluster()
    with tempfile.TemporaryDirectory() as folder, database as url:
        app, authority = make_app(Path(folder), url), Authority(Path(folder))
        plan(app, chosen.letters)
        server = Server(authority)
        trial = Trial(folder, url, server.url, str(authority.trusted), chosen.control)
        patience = 20 if chosen.control else 600
        began = time.perf_counter()
        held = run(app, server, trial, kills=chosen.kills, seed=chosen.seed, patience=patience)
        wrong = faults(app, server, held)
        with app.app_context():
            db.engine.dispose()
    said = f"{chosen.engine}: {told(server, held, chosen.kills)} in {time.perf_counter() - began:.0f} s"
    conclude(chosen.letters, wrong, control=chosen.control, told=said)


if __name__ == "__main__":
    main()
