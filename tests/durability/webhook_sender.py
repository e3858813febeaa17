"""Sends webhooks until somebody kills it: `python -m tests.durability.webhook_sender FOLDER DATABASE TRUSTED MOOD`.

Its leases are short, so that what it held when it was killed is soon taken by the next. `forgetful` never takes it.
"""

import ssl
import sys
import time
from datetime import timedelta
from pathlib import Path

from app import clock
from app.domain.notices import webhook_delivery
from app.web.fetching import Bounds
from jobs import webhooks
from jobs.outgoing import Way
from tests.conftest import make_app
from tests.jobs.test_outgoing import ANYTHING

SHORT = timedelta(milliseconds=500)
SOON = timedelta(milliseconds=50)


def hurry(trusted: Path, *, forgetful: bool = False) -> None:
    """Seconds instead of hours, and this machine is one of the internet."""
    webhook_delivery.LEASE = timedelta(days=1) if forgetful else SHORT
    webhook_delivery.BACK_OFF = (SOON,) * 9
    webhooks.WAY = Way(ANYTHING, Bounds(trusted=ssl.create_default_context(cafile=trusted), seconds=2))


def main(folder: str, url: str, trusted: str, mood: str) -> None:
    """Look again and again, as the scheduler would."""
    hurry(Path(trusted), forgetful=mood == "forgetful")
    app = make_app(Path(folder), url)
    with app.app_context():
        while True:
            webhooks.send_due("sender", clock.now())
            time.sleep(0.02)


if __name__ == "__main__":
    main(*sys.argv[1:])
