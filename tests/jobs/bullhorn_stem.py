"""Has everything imported, and forks a process that polls Bullhorn without end for every line that it reads.

As a control it polls as one would without a second thought: what was read is settled at once, and kept nowhere before.
"""

import json
import os
import signal
import sys
from pathlib import Path

from app import clock
from app.config import Settings
from app.db import db, write
from jobs import bullhorn, bullhorn_settling
from tests.conftest import make_app


def careless(self: bullhorn.Desk) -> None:
    """What was read and not settled yet ends with the process."""
    with self._account() as row:
        subscription, listening = row.subscription, row.subscribed_at
    if not listening:
        self._subscribe()
    told = self.door.ask(f"event/subscription/{subscription}", maxEvents=100) or {}
    for (entity, number), new in bullhorn_settling.concerned(told.get("events") or []).items():
        self._one(entity, number, new=new)


def main() -> None:
    folder, url, chosen, manner = sys.argv[1:]
    app = make_app(Path(folder), url, **json.loads(chosen))
    assert isinstance(app.config["SETTINGS"], Settings)
    if manner == "careless":
        bullhorn.Desk.listen = careless  # type: ignore[method-assign] # it is the control
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with app.app_context():
        write()
        db.session.rollback()
        db.engine.dispose()
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            with app.app_context():
                while True:
                    bullhorn.poll("me", clock.now())
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
