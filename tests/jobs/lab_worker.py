"""The lab's job in a process of its own, which lingers in the middle of a run: a test kills it there."""

import time
from collections.abc import Iterator
from datetime import datetime

from app import clock, create_app
from app.domain.lab import work
from app.domain.lab.run import LabRun
from app.domain.lab.work import Step
from jobs import lab

PAUSE = 600.0
whole = work.steps


def half(row: LabRun, now: datetime) -> Iterator[Step]:
    """The real steps; beyond the middle it goes on only after a long pause."""
    for step in whole(row, now):
        yield step
        if step.share > 0.5:
            time.sleep(PAUSE)


def main() -> None:
    lab.SECOND = 0.0
    work.steps = half
    with create_app().app_context():
        lab.work_due("killed", clock.now())


if __name__ == "__main__":
    main()
