"""Has everything imported, and forks a process that polls Bullhorn without end for every line that it reads.

As a control it polls as one would without a second thought: careless, so that what was read is settled at once and kept
nowhere before; or trusting, so that nothing is asked for again. What Bullhorn does not give is waited for briefly.
"""

import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.actions.bullhorn import batch, patience
from jobs import bullhorn, bullhorn_settling
from jobs.bullhorn_listening import Listening
from jobs.bullhorn_records import Records
from tests.conftest import make_app


def careless(self: Listening) -> None:
    """What was read and not settled yet ends with the process."""
    with self.desk.account() as row:
        listening = row.subscribed_at
    if not listening:
        self._subscribe()
    told = self._ask(maxEvents=100) or {}
    records = Records(self.desk)
    for (entity, number), changes in bullhorn_settling.concerned(told.get("events") or []).items():
        records._one(entity, number, changes)


def main() -> None:
    folder, url, chosen, manner = sys.argv[1:]
    app = make_app(Path(folder), url, **json.loads(chosen))
    assert isinstance(app.config["SETTINGS"], Settings)
    patience.FIRST = timedelta(milliseconds=20)
    if manner == "careless":
        Listening.listen = careless  # type: ignore[method-assign] # it is the control
    elif manner == "trusting":
        batch.missing = lambda *_: []  # it is the control
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
