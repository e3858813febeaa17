"""The jobs process: one leads, a fault is remembered, and a second process only sends beside it."""

import os
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from unittest.mock import Mock

import pytest
import time_machine
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy import event, insert

from app import clock
from app.db import db, is_sqlite, write
from app.domain.notices import heartbeat
from app.domain.notices.heartbeat import Lease
from app.domain.notices.preference import FlaggedAddress
from app.domain.notices.rhythm import EVERY
from jobs import worker
from jobs.schedule import JOBS, Job
from tests.make import START

HOUR = timedelta(hours=1)


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def job(calls: list[str]) -> Job:
    def count(owner: str, _now: datetime) -> int:
        calls.append(owner)
        return 7

    return Job("count", 60, count)


def fail(_owner: str, _now: datetime) -> int:
    raise ValueError("no luck")


def errors(app: Flask) -> dict[str, str | None]:
    with app.app_context():
        return {run.name: run.error for run in heartbeat.runs()}


def test_it_runs_and_says_how_much(real_app: Flask, job: Job, calls: list[str]) -> None:
    assert worker.run(real_app, job, "me") == 7
    assert calls == ["me"]
    assert errors(real_app) == {"count": None}


def test_sqlite_keeps_no_pages_between_two_runs(real_app: Flask, job: Job) -> None:
    with real_app.app_context():
        if not is_sqlite():
            pytest.skip("PostgreSQL keeps its pages itself")
        said = list[str]()
        event.listen(db.engine, "before_cursor_execute", lambda *heard: said.append(heard[2]))
    worker.run(real_app, job, "me")
    assert said[-1] == "PRAGMA shrink_memory"
    assert sum("shrink_memory" in each for each in said) == 1


def test_a_second_process_is_idle(real_app: Flask, job: Job, calls: list[str]) -> None:
    worker.run(real_app, job, "me")
    assert worker.run(real_app, job, "you") is None
    assert calls == ["me"]


def test_what_all_may_do_a_second_process_does_too(real_app: Flask, job: Job, calls: list[str]) -> None:
    for process in ("me", "you", "me"):
        worker.run(real_app, replace(job, by_all=True), process)
    assert calls == ["me", "you", "me"]
    with real_app.app_context():
        lease = heartbeat.leader(heartbeat.SCHEDULER)
        assert lease
        assert lease.owner == "me"


def test_all_may_send_and_nothing_else() -> None:
    assert {job.name for job in JOBS if job.by_all} == {"outbox", "chats", "webhooks"}


def test_the_second_takes_over_when_the_first_is_gone(real_app: Flask, job: Job, calls: list[str]) -> None:
    with time_machine.travel(START, tick=False):
        worker.run(real_app, job, "me")
    with time_machine.travel(START + timedelta(seconds=91), tick=False):
        worker.run(real_app, job, "you")
    assert calls == ["me", "you"]


def test_a_fault_is_remembered_and_stops_nothing(real_app: Flask, job: Job) -> None:
    assert worker.run(real_app, Job("broken", 60, fail), "me") == 0
    assert worker.run(real_app, job, "me") == 7
    assert errors(real_app) == {"broken": "ValueError: no luck", "count": None}


def test_a_fault_does_not_tell_what_was_to_be_written(real_app: Flask) -> None:
    def twice(_owner: str, now: datetime) -> int:
        write()
        rows = [{"address": "kanarie@voorbeeld.nl", "reason": "Kanarie", "at": now}] * 2
        db.session.execute(insert(FlaggedAddress), rows)
        return len(rows)

    worker.run(real_app, Job("twice", 60, twice), "me")
    told = str(errors(real_app)["twice"])
    assert "IntegrityError" in told
    assert "anarie" not in told


def test_when_the_clock_is_set_back_the_jobs_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    scheduler, times = BackgroundScheduler(timezone="UTC"), iter([START, START + HOUR, START])
    scheduler.start(paused=True)
    job = scheduler.add_job(print, "interval", hours=1, next_run_time=START + 2 * HOUR)
    stop = Mock(wait=Mock(side_effect=[False, False, True]))
    monkeypatch.setattr(clock, "now", lambda: next(times))
    worker.watch(scheduler, stop)
    assert job.next_run_time == START
    scheduler.shutdown()


def test_a_good_run_forgets_the_fault(real_app: Flask, job: Job) -> None:
    worker.run(real_app, Job("count", 60, fail), "me")
    worker.run(real_app, job, "me")
    assert errors(real_app) == {"count": None}


def test_what_a_broken_job_wrote_is_gone(real_app: Flask) -> None:
    def half(_owner: str, now: datetime) -> int:
        heartbeat.ran("ghost", now, now, None)
        raise ValueError

    worker.run(real_app, Job("half", 60, half), "me")
    assert set(errors(real_app)) == {"half"}


def test_every_job_runs_before_setup(real_app: Flask) -> None:
    assert [worker.run(real_app, job, "me") for job in JOBS] == [0] * len(JOBS)
    assert set(errors(real_app).values()) == {None}


def test_the_owner_is_this_process_and_no_other_of_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "fanfare" * 20)
    owners = {worker.owner() for _ in range(2)}
    assert {each.split(":")[1] for each in owners} == {str(os.getpid())}
    assert [len(each) <= Lease.owner.type.length for each in owners] == [True, True]


def test_each_has_its_rhythm_and_none_is_without_a_job() -> None:
    assert {job.name: job.every_seconds for job in JOBS} == EVERY


def test_main_runs_until_it_is_asked_to_stop(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    handlers: dict[int, Callable[..., object]] = {}

    def stop(_owner: str, _now: datetime) -> int:
        handlers[signal.SIGTERM](signal.SIGTERM, None)
        return 1

    monkeypatch.setattr(worker, "create_app", lambda: real_app)
    monkeypatch.setattr(worker, "JOBS", (Job("once", 3600, stop),))
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    worker.main()
    assert set(handlers) == {signal.SIGTERM, signal.SIGINT}
    assert errors(real_app) == {"once": None}
    with real_app.app_context():
        write()
        assert heartbeat.lead(heartbeat.SCHEDULER, "next", START)
        db.session.commit()
