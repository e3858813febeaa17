"""PostgreSQL is stopped and started again six times under eight clients: `make torture-restarts`.

By turns it sends everybody away, and goes without a goodbye. Whoever sends a form meanwhile is told, in a second or
so, that nothing was saved and when to try again, and finds on that page what they entered; the web process goes on by
itself. Nothing that was acknowledged is lost or there twice. The control takes the cluster of the tests, which says
that something is committed before it is on the disk, and must lose some.
"""

import http.client
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from app.db import db
from tests.cluster import restart
from tests.durability.server import Client, Server
from tests.durability.test_kill import SEED, Traffic, found, traffic
from tests.torture import reconcile
from tests.torture.ground import Ground, chosen, conclude, ground

HOW = ("fast", "immediate")
MAY_PASS = 503
FORM = "application/x-www-form-urlencoded"
BETWEEN = 60
"""So many are acknowledged before the next time."""
LONGEST = 10.0
"""Seconds until somebody has an answer, while PostgreSQL is gone."""


@dataclass
class Patient(Traffic):
    """Clients that look at what they are told when something was not saved."""

    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def send(self, client: Client, path: str, form: dict[str, object]) -> None:
        name = str(form["note"])
        self.meant.append(name)
        body = urlencode({"csrf_token": client.token, **form, "key": name})
        while not self.stop.is_set():
            began = time.monotonic()
            status = self.once(client, path, body, name)
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.told[status] += 1
            if status == "303":
                self.acknowledged.append(name)
                return
            time.sleep(0.05)

    def once(self, client: Client, path: str, body: str, name: str) -> str:
        """The answer's status; one that tells too little is noted."""
        connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
        try:
            headers = {"Cookie": f"fanfare={client.cookie}", "Content-Type": FORM, "Accept-Language": "nl"}
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.wrong.append(f"no answer: {type(error).__name__}")
            return type(error).__name__
        finally:
            connection.close()
        if answer.status != 303:
            self.wrong += faults_of(answer.status, answer.headers.get("Retry-After"), text, name)
        return str(answer.status)


def faults_of(status: int, after: str | None, text: str, entered: str) -> list[str]:
    """What an answer lacks that is to say that something was not saved."""
    if status != MAY_PASS:
        return [f"answered {status}"]
    wanted = {"when to try again": after, "the language": 'lang="nl"' in text, "what was entered": entered in text}
    return [f"without {name}" for name, there in wanted.items() if not there]


def storm(run: Patient, url: str, times: int, *, control: bool = False) -> None:
    """So many restarts, each after some were acknowledged."""
    rng = random.Random(SEED)
    with run.at_work():
        for number in range(times):
            run.flow(BETWEEN)
            time.sleep(rng.uniform(0, 0.3))
            restart(url, HOW[number % len(HOW)] if not control else "immediate")
        run.flow(BETWEEN)


def faults(run: Patient, at: Ground) -> Iterator[str]:
    yield from run.wrong
    after = found(at.app, run)
    if after.lost or after.doubled:
        yield f"{after.lost} lost, {after.doubled} doubled"
    if run.slowest > LONGEST:
        yield f"somebody waited {run.slowest:.1f} s"


def main() -> None:
    options = chosen(__doc__, restarts=6)
    with ground("postgresql", durable=not options.control) as at:
        server = Server(at.app.config["SETTINGS"])
        made = traffic(at.app, server, same_key=True)
        run = Patient(at.app, server, made.clients, made.candidates, same_key=True)
        try:
            server.start()
            storm(run, at.url, options.restarts, control=options.control)
        finally:
            server.close()
        with at.app.app_context():
            db.engine.dispose()
        lost = list(faults(run, at))
        lost = [each for each in lost if "lost" in each] if options.control else lost + reconcile.differences(at.app)
    told = f"{options.restarts} restarts, {len(run.acknowledged)} acknowledged, answers {dict(run.told)}"
    conclude(len(run.acknowledged), lost, control=options.control, told=f"{told}, the slowest {run.slowest:.1f} s")


if __name__ == "__main__":
    main()
