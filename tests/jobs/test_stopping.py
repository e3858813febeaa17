"""SIGTERM to the jobs process: the step that runs ends and is kept, nothing new begins, the lease is given back."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from flask import Flask

from app.config import ROOT
from app.db import db
from app.domain.notices import heartbeat
from tests.jobs.stopping_worker import WAITING


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def stopped(app: Flask, number: signal.Signals) -> tuple[int, float]:
    """How the process ended, and how many seconds after it was asked in the middle of a step."""
    settings = app.config["SETTINGS"]
    facts = {
        "INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
    }
    environment = os.environ | {f"FANFARE_{name}": value for name, value in facts.items()}
    command = [sys.executable, "-m", "tests.jobs.stopping_worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            until((settings.instance / "begun").exists)
            began = time.monotonic()
            process.send_signal(number)
            return process.wait(60), time.monotonic() - began
        finally:
            process.kill()


def test_a_step_ends_and_nothing_new_begins(real_app: Flask) -> None:
    code, seconds = stopped(real_app, signal.SIGTERM)
    assert (code, (real_app.config["SETTINGS"].instance / "ended").exists()) == (0, True)
    assert seconds < 20  # those that wait would take much longer
    with real_app.app_context():
        ran = {run.name: run.done for run in heartbeat.runs()}
        assert ran["slow"] == 1
        assert len(ran) < WAITING
        assert heartbeat.leader(heartbeat.SCHEDULER) is None
        db.session.rollback()


def test_killed_it_leaves_the_step_and_the_lease(real_app: Flask) -> None:
    """The control: without a goodbye there is nothing of all that."""
    code, _ = stopped(real_app, signal.SIGKILL)
    assert (code, (real_app.config["SETTINGS"].instance / "ended").exists()) == (-signal.SIGKILL, False)
    with real_app.app_context():
        assert "slow" not in {run.name for run in heartbeat.runs()}
        assert heartbeat.leader(heartbeat.SCHEDULER) is not None
        db.session.rollback()
