"""Whether it lives and is ready, each reason why it is not, and figures for whoever has the token."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from app import clock, disk, schema
from app.blueprints.health import readiness
from app.db import db, is_sqlite
from app.domain.agency import audit
from app.domain.notices import heartbeat, outbox
from tests.conftest import make_app
from tests.people import Browser, make_people

SECOND = timedelta(seconds=1)
TOKEN = "t" * 16


def test_live(browser: Browser) -> None:
    assert browser.get("/health/live").json == {"status": "live"}


def test_live_asks_the_database_nothing(real_app: Flask) -> None:
    asked: list[str] = []
    with real_app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert real_app.test_client().get("/health/live").status_code == 200
    assert asked == []
    real_app.test_client().get("/health/ready")
    assert asked != []


def test_ready(browser: Browser) -> None:
    assert browser.get("/health/ready").json == {"status": "ready"}


def test_looking_only_reads(real_app: Flask) -> None:
    asked: list[str] = []
    with real_app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2].split()[0]))
    assert real_app.test_client().get("/health/ready").status_code == 200
    assert set(asked) <= {"SELECT", "PRAGMA", "SET", "SHOW"}


@pytest.fixture
def _somebody_writes(real_app: Flask) -> Iterator[None]:
    """An import, a backup or a migration that takes its time."""
    with real_app.app_context():
        engine, on_sqlite = db.engine, is_sqlite()
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if not on_sqlite:
            connection.execute(text("LOCK TABLE lease IN SHARE MODE"))
        yield


@pytest.mark.usefixtures("_somebody_writes")
def test_ready_while_somebody_writes_for_long(real_app: Flask) -> None:
    assert answer(real_app) == (200, {"status": "ready"})


def beat(browser: Browser, seconds: int) -> None:
    with browser.app.app_context():
        at = clock.now() - seconds * SECOND
        heartbeat.ran("outbox", at, at, None)
        db.session.commit()


def wait(browser: Browser, seconds: int, recipient: str = "person:1") -> None:
    with browser.app.app_context():
        at = clock.now() - seconds * SECOND
        when = {"due_at": at, "not_after": at + timedelta(days=1), "now": at}
        outbox.plan(kind="x", recipient=recipient, period="x", payload={}, host="voorbeeld.nl", **when)
        db.session.commit()


def answer(app: Flask) -> tuple[int, dict[str, object]]:
    found = app.test_client().get("/health/ready")
    return found.status_code, dict(found.json or {})


def lacks(*words: str) -> tuple[int, dict[str, object]]:
    return 503, {"status": "not ready", "missing": list(words)}


def test_ready_while_the_jobs_live_and_the_mail_goes_out(browser: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False):
        beat(browser, 89)
        wait(browser, 599)
        assert browser.get("/health/ready").status_code == 200


def test_another_system_that_is_away_keeps_no_mail_waiting(browser: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False):
        beat(browser, 1)
        wait(browser, 3_600, "carerix:1")
        assert browser.get("/health/ready").status_code == 200


def test_not_ready_when_the_jobs_are_silent_or_mail_waits_long(browser: Browser) -> None:
    beat(browser, 95)
    wait(browser, 610)
    assert answer(browser.app) == lacks("jobs", "mail")


def test_not_ready_while_the_disk_is_full(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "free_megabytes", lambda _folder: disk.LEAST_MEGABYTES - 1)
    assert answer(browser.app) == lacks("disk")


def test_not_ready_behind_the_migrations(real_app: Flask) -> None:
    move_to(real_app, "0001")
    assert answer(real_app) == lacks("migrations")


def test_ready_ahead_of_the_code_because_the_code_before_goes_on(real_app: Flask) -> None:
    move_to(real_app, "9999")
    assert answer(real_app)[0] == 200


def move_to(app: Flask, version: str) -> None:
    with app.app_context():
        assert schema.found(db.session.connection()) == schema.head()
        db.session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
        db.session.commit()


def test_not_ready_where_nothing_may_be_written(real_app: Flask) -> None:
    with real_app.app_context():
        pragma, default = "PRAGMA query_only=ON", "SET default_transaction_read_only = on"
        statement = pragma if is_sqlite() else default
        db.engine.dispose()
        event.listen(db.engine, "connect", lambda found, _: found.cursor().execute(statement))
        event.listen(db.engine, "connect", lambda found, _: None if is_sqlite() else found.commit())
    assert answer(real_app) == lacks("database")


def test_not_ready_without_a_database(tmp_path: Path) -> None:
    app = make_app(tmp_path, "postgresql+psycopg://fanfare@127.0.0.1:1/none")
    assert answer(app) == lacks("database")


def test_not_ready_while_it_cannot_be_reached(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("x", {}, Exception("gone"))

    monkeypatch.setattr(readiness, "takes_rows", refuse)
    assert answer(browser.app) == lacks("database")


def test_no_version_is_told(browser: Browser) -> None:
    page = browser.get("/health/ready")
    assert schema.head() not in page.text
    assert "Server" not in page.headers


@pytest.fixture
def watched(real_app: Flask) -> Iterator[Flask]:
    """The same installation, started with a token."""
    settings = real_app.config["SETTINGS"]
    with real_app.app_context():
        make_people()
        db.session.commit()
    app = make_app(settings.instance, settings.database_url, metrics_token=TOKEN)
    yield app
    with app.app_context():
        db.engine.dispose()


def scrape(app: Flask) -> dict[tuple[str, ...], float]:
    page = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert page.status_code == 200
    families = text_string_to_metric_families(page.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_requests_are_counted_by_place(watched: Flask) -> None:
    client = watched.test_client()
    for url in ("/health/live", "/health/live", "/no/such/page"):
        client.get(url)
    found = scrape(watched)
    assert found["fanfare_requests_total", "GET", "health", "200"] == 2
    assert found["fanfare_requests_total", "GET", "none", "404"] == 1
    assert found["fanfare_request_seconds_count", "health"] == 2
    assert 0 < found["fanfare_request_seconds_sum", "health"] < 60


def test_methods_that_somebody_invents_are_one(watched: Flask) -> None:
    client = watched.test_client()
    for method in ("BREW", "WHEN"):
        client.open("/health/live", method=method)
    found = scrape(watched)
    assert found["fanfare_requests_total", "other", "none", "405"] == 2
    assert not any({"BREW", "WHEN"} & set(name) for name in found)


def test_the_state_is_told(watched: Flask) -> None:
    with watched.app_context():
        now = clock.now()
        heartbeat.ran("outbox", now - 7 * SECOND, now - 4 * SECOND, "ValueError: no luck")
        audit.record("sign_in.refused", None, now)
        db.session.commit()
    wait(Browser(watched), 30)
    wait(Browser(watched), 300, "carerix:1")
    found = scrape(watched)
    assert found["fanfare_job_last_run_seconds", "outbox"] == 3
    assert (found["fanfare_job_last_run_failed", "outbox"], found["fanfare_job_failures", "outbox"]) == (1, 1)
    assert found["fanfare_outbox_messages", "pending"] == 2
    assert 30 <= found["fanfare_outbox_oldest_due_seconds",] < 60
    assert 300 <= found["fanfare_outbox_elsewhere_oldest_due_seconds", "carerix"] < 330
    assert found["fanfare_outbox_elsewhere_oldest_due_seconds", "chat"] == 0
    assert found["fanfare_sign_in_refusals_last_hour",] == 1
    assert found["fanfare_database_bytes",] > 100_000
    assert found["fanfare_disk_free_megabytes",] > 0


def test_looking_at_the_figures_is_cheap(watched: Flask) -> None:
    asked: list[str] = []
    with watched.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    scrape(watched)
    assert len(asked) <= 10


@pytest.mark.parametrize("shown", ["", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"])
def test_without_the_token_there_are_no_figures(watched: Flask, shown: str) -> None:
    page = watched.test_client().get("/metrics", headers={"Authorization": shown})
    assert (page.status_code, "fanfare_" in page.text) == (404, False)


def test_without_the_setting_there_are_none_at_all(browser: Browser) -> None:
    with browser.app.app_context():
        make_people()
    page = browser.client.get("/metrics", headers={"Authorization": "Bearer "})
    assert page.status_code == 404
