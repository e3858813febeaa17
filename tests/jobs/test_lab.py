"""The job of the lab: a run is done once, stopped where it is, and taken up anew when its worker was killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.config import ROOT, Settings
from app.db import db, write
from app.domain.lab import run, work
from app.domain.lab.logbook import LabEntry
from app.domain.lab.run import LabRun
from app.domain.lab.work import Step
from jobs import lab
from tests.people import make_people

TODAY = clock.now().date()
PATIENCE = 60.0


@pytest.fixture
def app_with_run(real_app: Flask) -> Iterator[Flask]:
    with real_app.app_context():
        make_people()
        write()
        run.ask("replay", "points", {"points": {}}, clock.Period(TODAY, TODAY), by_id=None, now=clock.now())
        db.session.commit()
        yield real_app


def row() -> LabRun:
    return db.session.scalars(select(LabRun).execution_options(populate_existing=True)).one()


@pytest.mark.usefixtures("app_with_run")
def test_a_run_is_done_once() -> None:
    assert [lab.work_due("one", clock.now()), lab.work_due("two", clock.now())] == [1, 0]
    assert (row().state, row().progress) == ("done", 1.0)
    assert [each.what for each in db.session.scalars(select(LabEntry).order_by(LabEntry.id))] == ["asked", "finished"]


@pytest.mark.usefixtures("app_with_run")
def test_whoever_was_killed_is_followed_by_another() -> None:
    write()
    assert run.take_up(row().id, clock.now() - 2 * run.SILENT)
    db.session.commit()
    assert run.next_due(clock.now() - 1.5 * run.SILENT) is None
    assert lab.work_due("another", clock.now()) == 1
    assert row().state == "done"


@contextmanager
def worker(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """The job in a process of its own."""
    database = {"FANFARE_DATABASE_URL": settings.database_url} if settings.database_url else {}
    own = {"FANFARE_INSTANCE": str(settings.instance), "FANFARE_SECRET_KEY": settings.secret_key} | database
    process = subprocess.Popen([sys.executable, "-m", "tests.jobs.lab_worker"], cwd=ROOT, env=os.environ | own)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until_the_middle(process: subprocess.Popen[bytes]) -> float:
    """How far the run is, once it is beyond the middle."""
    deadline = time.monotonic() + PATIENCE
    while (share := row().progress) <= 0.5:
        db.session.rollback()
        assert process.poll() is None, "the job ended before it was killed"
        assert time.monotonic() < deadline, "the job did not come to the middle"
        time.sleep(0.05)
    db.session.rollback()
    return share


def test_a_job_that_is_killed_in_the_middle_leaves_a_run_that_another_brings_to_its_end(
    app_with_run: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with worker(app_with_run.config["SETTINGS"]) as process:
        assert 0.5 < until_the_middle(process) < 1
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert (row().state, row().result) == ("running", None)
    assert lab.work_due("another", clock.now()) == 0
    later = clock.now() + run.SILENT + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert lab.work_due("another", later) == 1
    assert (row().state, row().progress) == ("done", 1.0)
    told = db.session.scalars(select(LabEntry.what).order_by(LabEntry.id)).all()
    assert told == ["asked", "again", "finished"]


@pytest.mark.usefixtures("app_with_run")
def test_a_run_that_kills_whoever_works_on_it_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_row: LabRun, _now: object) -> Iterator[Step]:
        raise KeyboardInterrupt

    monkeypatch.setattr(work, "steps", killed)
    begun, now = 0, clock.now()
    while not row().is_over:
        begun += 1
        assert begun <= run.TIMES + 1
        now += 2 * run.SILENT
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        with suppress(KeyboardInterrupt):
            lab.work_due("one", now)
        db.session.rollback()
    assert (row().state, row().failure, begun) == ("failed", lab.KILLED, run.TIMES + 1)


@pytest.mark.usefixtures("app_with_run")
def test_one_that_is_being_worked_on_is_left_alone() -> None:
    write()
    run.take_up(row().id, clock.now())
    db.session.commit()
    assert lab.work_due("another", clock.now() + timedelta(seconds=1)) == 0


@pytest.mark.usefixtures("app_with_run")
def test_it_says_how_far_it_is_and_stops_when_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []

    def steps(asked: LabRun, _now: object) -> Iterator[Step]:
        yield Step(0.25)
        seen.append(row().progress)
        write()
        run.stop(row(), 1, clock.now())
        db.session.commit()
        yield Step(0.5)
        raise AssertionError(f"run {asked.id} was stopped")

    monkeypatch.setattr(lab, "SECOND", 0.0)
    monkeypatch.setattr(work, "steps", steps)
    assert lab.work_due("one", clock.now()) == 0
    assert (seen, row().state, row().result) == ([0.25], "stopped", None)


@pytest.mark.usefixtures("app_with_run")
def test_what_goes_wrong_is_kept_and_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def steps(_row: LabRun, _now: object) -> Iterator[Step]:
        raise ZeroDivisionError

    monkeypatch.setattr(work, "steps", steps)
    assert [lab.work_due("one", clock.now()), lab.work_due("one", clock.now())] == [0, 0]
    assert (row().state, row().failure) == ("failed", "ZeroDivisionError")


@pytest.mark.usefixtures("session")
def test_there_are_no_other_kinds_of_runs() -> None:
    with pytest.raises(ValueError, match="guess"):
        run.ask("guess", "points", {}, clock.Period(TODAY, TODAY), by_id=None, now=clock.now())
