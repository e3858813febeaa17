"""Tests of `flask doctor`: it passes a healthy installation and names what is wrong with a sick one."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import text

from app import clock, disk
from app.cli import doctor as commands
from app.cli import footing
from app.db import db, is_sqlite
from app.domain.notices.heartbeat import ran
from tests import make
from tests.certificates import Authority
from tests.domain.game.scene import start

EARLIER = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def well(real_app: Flask) -> Flask:
    with real_app.app_context():
        scene = start()
        now = clock.now()
        scene.earn(30, recorded_at=now)
        ran("outbox", now, now, None)
        db.session.commit()
    return real_app


def _run(app: Flask) -> tuple[int, dict[str, list[str]]]:
    result = app.test_cli_runner().invoke(args=["doctor", "--json"])
    checks = json.loads(result.stdout)["checks"]
    return result.exit_code, {name: found["problems"] for name, found in checks.items() if found["problems"]}


def _change(app: Flask, sql: str, **facts: object) -> None:
    with app.app_context():
        db.session.execute(text(sql), facts)
        db.session.commit()


def test_a_healthy_installation_passes(well: Flask) -> None:
    assert _run(well) == (0, {})


def test_it_says_so_in_lines(well: Flask) -> None:
    lines = well.test_cli_runner().invoke(args=["doctor"]).stdout.splitlines()
    assert [line.split() for line in lines] == [[check.name, "ok"] for check in commands.CHECKS]


def test_a_certificate_is_named_in_time(well: Flask, tmp_path: Path) -> None:
    certificate = Authority(tmp_path).trusted
    well.config["SETTINGS"].mail_certificate = str(certificate)
    code, problems = _run(well)
    assert (code, list(problems)) == (0, ["certificates"])
    assert f"the certificate in {certificate} ends at" in problems["certificates"][0]
    with well.app_context():
        assert list(footing.certificates(clock.now() - footing.RENEWED_BEFORE)) == []


def test_a_wrong_total_is_named(well: Flask) -> None:
    _change(well, "UPDATE standing SET points = 31 WHERE scope = 'person' AND period = 'week'")
    code, problems = _run(well)
    assert code == 1
    assert "stored points 31" in problems["standings"][0]
    assert "the ledger says points 30" in problems["standings"][0]


def test_a_lost_total_is_named(well: Flask) -> None:
    _change(well, "DELETE FROM standing WHERE scope = 'person' AND period = 'week'")
    assert "stored nothing" in _run(well)[1]["standings"][0]


def test_scores_that_differ_are_named(well: Flask) -> None:
    facts = {"at": "2026-01-05 03:00:00.000000", "worst": 5.0, "example": 7}
    _change(
        well,
        "INSERT INTO score_check (ruleset_id, at, sampled, differing, worst, example)"
        " VALUES (1, :at, 100, 1, :worst, :example)",
        **facts,
    )
    code, problems = _run(well)
    assert (code, problems["scores"][0].endswith("1 differ, the most by 5.00 s: candidate 7")) == (1, True)


def test_an_old_migration_is_named(well: Flask) -> None:
    _change(well, "UPDATE alembic_version SET version_num = '0001'")
    code, problems = _run(well)
    assert (code, "run flask db upgrade" in problems["migrations"][0]) == (1, True)


def test_a_silent_scheduler_is_a_warning(well: Flask) -> None:
    _change(well, "UPDATE job_run SET started_at = '2026-01-05 00:00:00.000000'")
    assert _run(well) == (0, {"scheduler": ["no job has run since 2026-01-05 00:00 UTC"]})


def test_a_scheduler_that_never_ran_is_a_warning(well: Flask) -> None:
    _change(well, "DELETE FROM job_run")
    code, problems = _run(well)
    assert (code, list(problems)) == (0, ["scheduler"])
    assert "  no job has ever run" in well.test_cli_runner().invoke(args=["doctor"]).stdout


def test_a_message_that_waits_is_named(well: Flask) -> None:
    _change(
        well,
        "INSERT INTO outbox (kind, recipient, period, payload, state, due_at, not_after, attempts, next_try_at,"
        " message_id) VALUES ('x', 'person:1', 'y', '{}', 'pending', :at, :at, 0, :at, '<1@x>')",
        at="2026-01-05 00:00:00.000000",
    )
    code, problems = _run(well)
    assert (code, problems) == (1, {"outbox": ["a message has been due since 2026-01-05 00:00 UTC"]})


def test_a_clock_that_is_behind_is_named(well: Flask) -> None:
    with patch.object(clock, "now", return_value=clock.now() - timedelta(days=1)):
        code, problems = _run(well)
    assert (code, "recorded at" in problems["clock"][0]) == (1, True)


def test_a_full_disk_is_named(well: Flask) -> None:
    with patch.object(disk, "LEAST_MEGABYTES", 10**9):
        code, problems = _run(well)
    assert (code, "MB are free" in problems["disk"][0]) == (1, True)


def test_a_database_without_its_settings_is_named(well: Flask) -> None:
    with well.app_context():
        db.session.execute(text("PRAGMA foreign_keys=OFF" if is_sqlite() else "SET statement_timeout = '1s'"))
        assert len(list(footing.database(EARLIER))) == (0 if is_sqlite() else 1)


def test_who_is_kept_for_too_long_is_a_warning(well: Flask) -> None:
    with well.app_context():
        for days in (1, 3):
            row = make.candidate(at=clock.now() - 800 * clock.DAY)
            row.keep_until = clock.now() - days * clock.DAY
        db.session.commit()
    code, problems = _run(well)
    assert (code, list(problems)) == (0, ["retention"])
    assert problems["retention"][0].startswith("1 candidates are kept")
