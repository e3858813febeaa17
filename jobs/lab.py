"""Works through the runs of the lab: says every second how far it is, and lets go of a run that was stopped."""

import time
from datetime import datetime

import structlog

from app import clock
from app.db import db, write
from app.domain.lab import run, work
from app.domain.lab.run import LabRun

log = structlog.get_logger()
SECOND = 1.0
KILLED = "killed"


def work_due(_owner: str, now: datetime) -> int:
    """Take up the oldest run that waits, or whose worker was killed; answers how many were brought to an end."""
    due = run.next_due(now)
    if due is None:
        return 0
    write()
    mine = run.take_up(due.id, clock.now())
    db.session.commit()
    if mine and run.is_hopeless(due.id):
        _end(due.id, failure=KILLED)
        return 0
    return int(mine and _work(due.id))


def _work(run_id: int) -> bool:
    row = db.session.get_one(LabRun, run_id)
    try:
        result = _result(row)
    except Exception as fault:  # whoever asked for it reads what is the case
        db.session.rollback()
        log.exception("lab_run_failed", run_id=run_id)
        _end(run_id, failure=type(fault).__name__)
        return False
    if result is not None:
        _end(run_id, result=result)
    return result is not None


def _result(row: LabRun) -> dict[str, object] | None:
    """None: it was stopped meanwhile."""
    said = time.monotonic()
    run_id = row.id
    for step in work.steps(row, clock.now()):
        if step.result is not None:
            return step.result
        if time.monotonic() - said >= SECOND:
            said = time.monotonic()
            if not _beat(run_id, step.share):
                return None
    return {}


def _beat(run_id: int, share: float) -> bool:
    write()
    going = run.beat(run_id, share, clock.now())
    db.session.commit()
    return going


def _end(run_id: int, *, result: dict[str, object] | None = None, failure: str = "") -> None:
    write()
    row = db.session.get_one(LabRun, run_id)
    if result is None:
        run.fail(row, failure, clock.now())
    else:
        run.finish(row, result, clock.now())
    db.session.commit()
