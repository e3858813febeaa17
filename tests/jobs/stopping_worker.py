"""The jobs process as it is started, with one job of three seconds and many that wait behind it: for test_stopping."""

import time
from datetime import datetime
from pathlib import Path

from app.config import Settings
from jobs import worker
from jobs.schedule import Job

FOLDER = Path(Settings().instance)
WAITING = 600
"""More than ten threads do within thirty seconds, so that a busy machine sends its signal in time."""


def slow(_owner: str, _now: datetime) -> int:
    (FOLDER / "begun").touch()
    time.sleep(3)
    (FOLDER / "ended").touch()
    return 1


def later(_owner: str, _now: datetime) -> int:
    time.sleep(0.5)
    return 1


if __name__ == "__main__":
    vars(worker)["JOBS"] = (Job("slow", 60, slow), *(Job(f"later {number}", 60, later) for number in range(WAITING)))
    worker.main()
