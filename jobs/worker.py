"""Starts APScheduler with an app context; one process leads, and the others only send beside it."""

import os
import secrets
import signal
import socket
import threading

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from flask import Flask

from app import clock, create_app
from app.db import db, give_back_memory, write
from app.domain.notices import heartbeat
from jobs.fault import in_a_line
from jobs.schedule import JOBS, Job

LOOKS_EVERY = 10.0
"""Seconds between two looks at the clock."""
log = structlog.get_logger()


def owner() -> str:
    """Who we are: host and process, and a word of our own, because in containers both may be called the same."""
    return f"{socket.gethostname()[:36]}:{os.getpid()}:{secrets.token_hex(4)}"


def run(app: Flask, job: Job, me: str) -> int | None:
    """Run a job once if this process leads, or all do it; a fault is remembered and does not stop the others."""
    with app.app_context():
        if not (_leads(me) or job.by_all):
            return None
        started, error, done = clock.now(), None, 0
        try:
            done = job.run(me, started)
        except Exception as fault:  # one fault must not stop the others
            db.session.rollback()
            error = in_a_line(fault)
            log.exception("job_failed", job=job.name)
        write()
        heartbeat.ran(job.name, started, clock.now(), error, done)
        db.session.commit()
        give_back_memory()
        return done


def _leads(me: str) -> bool:
    write()
    leading = heartbeat.lead(heartbeat.SCHEDULER, me, clock.now())
    db.session.commit()
    return leading


def begin(stop: threading.Event, app: Flask, job: Job, me: str) -> int | None:
    """Run a job, unless the process is asked to stop: what waits for its turn then is for the next process."""
    return None if stop.is_set() else run(app, job, me)


def stand_back(me: str) -> None:
    """Let another process lead at once."""
    write()
    heartbeat.release(heartbeat.SCHEDULER, me)
    db.session.commit()


def watch(scheduler: BaseScheduler, stop: threading.Event) -> None:
    """Until it is asked to stop; when the clock is set back, the jobs need not wait until it is as late again."""
    seen = clock.now()
    while not stop.wait(LOOKS_EVERY):
        before, seen = seen, clock.now()
        if seen < before:
            log.warning("clock_set_back", seconds=(before - seen).total_seconds())
            for job in scheduler.get_jobs():
                job.modify(next_run_time=seen)


def main() -> None:
    """Run every job on its rhythm until the process is asked to stop; then finish what runs, and begin nothing."""
    app = create_app()
    me, stop = owner(), threading.Event()
    scheduler = BackgroundScheduler(timezone="UTC")
    for job in JOBS:
        scheduler.add_job(
            begin,
            "interval",
            (stop, app, job, me),
            seconds=job.every_seconds,
            id=job.name,
            next_run_time=clock.now(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_number, lambda *_: stop.set())
    scheduler.start()
    watch(scheduler, stop)
    scheduler.shutdown(wait=True)
    with app.app_context():
        stand_back(me)
