"""flask jobs: what there is, when it is next, and one of them at once under the lease."""

from datetime import timedelta

import pytest
from flask import Flask

from app import clock
from app.db import db, write
from app.domain.notices import heartbeat
from jobs import schedule
from jobs.schedule import Job

SECOND = timedelta(seconds=1)


def call(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["jobs", *words])
    return done.exit_code, done.output


def ran(app: Flask, error: str | None = None) -> None:
    with app.app_context():
        write()
        heartbeat.ran("outbox", clock.now() - 10 * SECOND, clock.now() - 8 * SECOND, error, 3)
        db.session.commit()


def led_by(app: Flask) -> str | None:
    with app.app_context():
        lease = heartbeat.leader(heartbeat.SCHEDULER)
        return lease.owner if lease else None


def test_list(real_app: Flask) -> None:
    ran(real_app, "ValueError: no luck")
    code, said = call(real_app, "list")
    (line,) = [each for each in said.splitlines() if each.startswith("outbox")]
    assert code == 0
    assert "30 s" in line
    assert "2.0 s       3  1 of 1 runs, the last one too: ValueError: no luck" in line
    assert "nobody leads" in said


def test_next(real_app: Flask) -> None:
    ran(real_app)
    lines = call(real_app, "next")[1].splitlines()
    assert lines[0].endswith("  now")
    (line,) = [each for each in lines if "  outbox" in each]
    assert not line.endswith("now")


def test_run_and_let_others_lead(real_app: Flask) -> None:
    assert call(real_app, "run", "housekeeping") == (0, "housekeeping: 0 done\n")
    assert led_by(real_app) is None


def test_not_while_another_leads(real_app: Flask) -> None:
    with real_app.app_context():
        write()
        heartbeat.lead(heartbeat.SCHEDULER, "host:7", clock.now())
        db.session.commit()
    code, said = call(real_app, "run", "boards")
    assert (code, led_by(real_app)) == (1, "host:7")
    assert "host:7 leads and runs it by itself" in said


def test_a_fault_is_told(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "JOBS", (Job("outbox", 30, lambda *_: 1 // 0),))
    code, said = call(real_app, "run", "outbox")
    assert code == 1
    assert "ZeroDivisionError" in said


def test_an_unknown_one(real_app: Flask) -> None:
    assert call(real_app, "run", "nothing")[0] == 2
