"""Two web processes and three of the jobs share one PostgreSQL, and one of those is killed: `make torture-fleet`.

Eight clients log at both web processes, and send what was not acknowledged to the other one; letters become due all
the while. Every few seconds one process of the jobs is killed and a new one begins. Nothing that was acknowledged is
lost or there twice; each letter is handed over once, but for those that were in the hands of whoever was killed; as
many processes as there are at a time sent some. In the control nobody says what they claimed, and letters go out twice.
"""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.config import ROOT
from app.db import db
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from tests.durability.server import Client, Server
from tests.durability.test_kill import SEED, Traffic, found, traffic
from tests.torture import reconcile
from tests.torture.ground import INVITATION, Ground, chosen, conclude, ground

PROCESSES, WAVE = 3, 60
"""Processes of the jobs, and letters that become due between two kills."""
PATIENCE = 120.0


@dataclass
class Both(Traffic):
    """Clients that go to the other web process when one does not answer."""

    others: dict[str, Client] = field(default_factory=dict)

    def send(self, client: Client, path: str, form: dict[str, object]) -> None:
        here, name = client, str(form["note"])
        self.meant.append(name)
        while not self.stop.is_set():
            status = here.post(path, {**form, "key": name})
            if status == 303:
                self.acknowledged.append(name)
                return
            if status not in (None, 503):
                self.refused.append(status)
            here = self.others[client.cookie] if here is client else client


class Jobs:
    """Processes of the jobs, each of which notes what it hands over in a file of its own."""

    def __init__(self, server: Server, folder: Path, *, control: bool) -> None:
        self.environment = server.environment | {"FLEET_FOLDER": str(folder), "FLEET_CONTROL": "1" * control}
        self.running: list[subprocess.Popen[bytes]] = []

    def begin(self) -> None:
        command = [sys.executable, "-m", "tests.torture.fleet_jobs"]
        self.running.append(subprocess.Popen(command, cwd=ROOT, env=self.environment))

    def kill(self, number: int) -> int:
        """Without a goodbye; which process it was."""
        process = self.running.pop(number % len(self.running))
        process.kill()
        process.wait()
        return process.pid


def due(app: Flask, wave: int) -> None:
    """Letters for everybody who is there."""
    with app.app_context():
        now = clock.now()
        for number in range(WAVE):
            when = {"due_at": now, "not_after": now + clock.DAY, "now": now}
            to, period = f"person:{number % 8 + 1}", f"{wave} {number}"
            outbox.plan(kind="invitation", recipient=to, period=period, payload=INVITATION, host="x.nl", **when)
        db.session.commit()
        db.session.remove()


def storm(at: Ground, run: Both, jobs: Jobs, kills: int) -> set[str]:
    """The letters that were in the hands of whoever was killed."""
    held: set[str] = set()
    rng = random.Random(SEED)
    for _ in range(PROCESSES):
        jobs.begin()
    with run.at_work():
        for number in range(kills):
            due(at.app, number)
            run.flow(20)
            time.sleep(rng.uniform(2, 4))
            held |= _in_hand(at.app, jobs.kill(number))
            jobs.begin()
        _until_settled(at.app)
    return held


def _in_hand(app: Flask, process: int) -> set[str]:
    """Their leases end now, as they would in five minutes."""
    mine = OutboxRow.state == "sending", OutboxRow.lease_owner.contains(f":{process}:")
    with app.app_context():
        rows = db.session.scalars(select(OutboxRow).where(*mine)).all()
        held = {row.message_id for row in rows}
        for row in rows:
            row.lease_until = clock.now() - clock.DAY
        db.session.commit()
        db.session.remove()
    return held


def _until_settled(app: Flask) -> None:
    deadline = time.monotonic() + PATIENCE
    waiting = select(func.count()).where(OutboxRow.state.in_(("pending", "sending")))
    while time.monotonic() < deadline:
        with app.app_context():
            left = db.session.scalar(waiting)
            db.session.remove()
        if not left:
            return
        time.sleep(0.5)


def handed_over(folder: Path) -> tuple[Counter[str], int]:
    """How often each letter was handed over, and by how many processes."""
    files = list(folder.glob("letters *"))
    return Counter(line for file in files for line in file.read_text().splitlines()), len(files)


def faults(app: Flask, folder: Path, held: set[str]) -> Iterator[str]:
    """What is not as promised of the letters."""
    handed, senders = handed_over(folder)
    with app.app_context():
        rows = db.session.scalars(select(OutboxRow).where(OutboxRow.kind == "invitation")).all()
        db.session.remove()
    for row in rows:
        times = handed[row.message_id]
        if row.state != "sent" or not times:
            yield f"{row.recipient} {row.period}: {row.state}, handed over {times} times"
        elif times > 1 and row.message_id not in held:
            yield f"{row.recipient} {row.period}: handed over {times} times"
    if senders < PROCESSES:
        yield f"only {senders} processes sent"


def main() -> None:
    options = chosen(__doc__, kills=10)
    with ground("postgresql", durable=True) as at:
        folder = Path(at.folder)
        servers = [Server(at.app.config["SETTINGS"]) for _ in range(2)]
        made = traffic(at.app, servers[0], same_key=True)
        others = {one.cookie: replace(one, port=servers[1].port) for one in made.clients}
        run = Both(at.app, servers[0], made.clients, made.candidates, same_key=True, others=others)
        jobs = Jobs(servers[0], folder, control=options.control)
        try:
            for server in servers:
                server.start()
            held = storm(at, run, jobs, options.kills)
        finally:
            while jobs.running:
                jobs.kill(0)
            for server in servers:
                server.close()
        wrong = list(faults(at.app, folder, held))
        after = found(at.app, run)
        wrong += [f"{after.lost} lost, {after.doubled} doubled"] if after.lost or after.doubled else []
        wrong += [f"refused with {status}" for status in run.refused]
        wrong += [] if options.control else reconcile.differences(at.app)
        letters, senders = handed_over(folder)
    told = f"{options.kills} kills, {len(run.acknowledged)} actions, {len(letters)} letters by {senders} processes"
    conclude(len(run.acknowledged) + len(letters), wrong, control=options.control, told=told)


if __name__ == "__main__":
    main()
