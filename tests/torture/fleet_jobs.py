"""`python -m jobs` for `make torture-fleet`: every second, with a mail server that notes what it was handed."""

import os
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from jobs import post, schedule, worker
from tests.torture.reminders import _look_only

FOLDER = Path(os.environ["FLEET_FOLDER"])
QUICK = {"outbox", "reminders", "boards"}


def hand_over(_post: post.Post, letter: dict[str, str]) -> None:
    """One line for each, in a file that is only this process's."""
    with (FOLDER / f"letters {os.getpid()}").open("a", encoding="utf-8") as kept:
        kept.write(f"{letter['Message-ID']}\n")


def main() -> None:
    often = tuple(replace(job, every_seconds=1) if job.name in QUICK else job for job in schedule.JOBS)
    with patch.object(post.Post, "send", hand_over), patch.object(worker, "JOBS", often):
        if os.environ["FLEET_CONTROL"]:
            patch("app.domain.notices.delivery.claim", _look_only).start()
        worker.main()


if __name__ == "__main__":
    main()
