"""The web process is killed hundreds of times under clients that repeat what nobody acknowledged: `make torture-kills`.

Eight clients log, most of them for a hundred candidates at once, and send every form again with the same key until
they are told that it is done. Nothing that was acknowledged is lost, nothing is there twice or by halves, and every
total is what the ledger says. `--engine` is sqlite or postgresql, which is started for it and writes through. Fewer
than `--enough` actions that were acknowledged are a fault too: what was hardly tried was not shown. The control sends
every form again under a new key, as if nothing knew it, and must double some.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.agency import the_zone
from tests.durability.server import Client, Server
from tests.durability.test_kill import SEED, Traffic, traffic
from tests.torture import reconcile
from tests.torture.ground import chosen, conclude, ground

AT_ONCE = 100
ALONE = 2
"""So many of the clients log for one candidate at a time."""
ENOUGH = 100_000
"""Actions; on both engines together as many as the design asks for."""


@dataclass
class Crowd(Traffic):
    """How many actions each form means, by its name."""

    means: dict[str, int] = field(default_factory=dict)

    def run(self, client: Client, number: int) -> None:
        rng = random.Random(SEED + number)
        with self.app.app_context():
            day = clock.local_day(clock.now(), the_zone()).isoformat()
        while not self.stop.is_set():
            name = uuid4().hex
            if number < ALONE:
                self.means[name] = 1
                self.log(client, rng.choice(self.candidates), name)
            else:
                self.means[name] = AT_ONCE
                ids = rng.sample(self.candidates, AT_ONCE)
                self.send(client, "/candidates/several", {"id": ids, "kind": "event", "day": day, "note": name})

    @property
    def actions(self) -> int:
        """How many were acknowledged."""
        return sum(self.means[name] for name in set(self.acknowledged))


def crowd(app: Flask, server: Server, *, same_key: bool) -> Crowd:
    made = traffic(app, server, same_key=same_key, candidates=4 * AT_ONCE)
    return Crowd(app, server, made.clients, made.candidates, same_key)


def faults(run: Crowd) -> Iterator[str]:
    """What is lost, there twice, or there by halves."""
    counts = select(EngagementAction.note, func.count()).group_by(EngagementAction.note)
    with run.app.app_context():
        there = Counter({note or "": number for note, number in db.session.execute(counts)})
        db.session.remove()
    acknowledged = set(run.acknowledged)
    for name in run.meant:
        wanted = run.means[name]
        if there[name] > wanted:
            yield f"{name}: {there[name]} actions instead of {wanted}"
        elif there[name] < wanted and (there[name] or name in acknowledged):
            yield f"{name}: {there[name]} actions of {wanted}"
    yield from (f"{note}: nobody meant it" for note in set(there) - set(run.means))
    yield from (f"refused with {status}" for status in run.refused)


def main() -> None:
    options = chosen(__doc__, kills=250, least=10, enough=ENOUGH)
    with ground(options.engine, durable=True) as at:
        server = Server(at.app.config["SETTINGS"])
        try:
            run = crowd(at.app, server, same_key=not options.control)
            run.with_kills(options.kills, options.least)
            found = list(faults(run))
            if not options.control:
                found += [f"only {run.actions} actions were acknowledged"] * (run.actions < options.enough)
                found += reconcile.differences(at.app)
        finally:
            server.close()
    forms = f"{len(run.acknowledged)} forms"
    told = f"{options.engine}: {options.kills} kills, {forms}, {run.actions} actions acknowledged"
    conclude(run.actions, found, control=options.control, told=told, asked=forms)


if __name__ == "__main__":
    main()
