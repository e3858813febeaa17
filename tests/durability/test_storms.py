"""PostgreSQL restarted, a full disk, a clock that jumps, slow clients: small, as `make torture` tries them long."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from app.db import db
from tests.cluster import binaries, cluster
from tests.conftest import make_app
from tests.durability.server import Server
from tests.durability.test_kill import found, traffic
from tests.torture import clocks, full, restarts, slow
from tests.torture.restarts import Patient

A_BUSY_MACHINE = 60.0
"""Seconds that a page may take where other tests run beside this one; `make torture-slow` asks for two."""


@contextmanager
def on_its_own() -> Iterator[tuple[Flask, str]]:
    """An application on a cluster of its own, which keeps what it says is committed."""
    with cluster(durable=True) as url, pytest.MonkeyPatch.context() as patch:
        folder = Path(url.partition("host=")[2])
        app = make_app(folder / "instance", url)
        patch.setattr(restarts, "BETWEEN", 15)
        with app.app_context():
            upgrade()
        yield app, url
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.mark.slow
@pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed")
def test_postgresql_is_restarted_and_people_are_told_and_nothing_is_lost() -> None:
    with on_its_own() as (app, url):
        server = Server(app.config["SETTINGS"])
        made = traffic(app, server, same_key=True)
        run = Patient(app, server, made.clients, made.candidates, same_key=True)
        try:
            server.start()
            restarts.storm(run, url, 2)
        finally:
            server.close()
        after = found(app, run)
    assert (run.wrong, after.lost, after.doubled) == ([], 0, 0)
    assert run.told["503"]


@pytest.mark.slow
def test_the_disk_is_full_and_pages_are_read_and_nothing_is_lost(tmp_path: Path) -> None:
    """No file may grow, which needs no file system to be mounted."""
    run, wrong = full.attack(tmp_path, 1, mounted=False)
    assert wrong == []
    assert run.told["503"]


@pytest.mark.slow
def test_control_who_takes_every_commit_for_a_good_one_loses_some(tmp_path: Path) -> None:
    """A disk may be full between two commits: then there was none to lose, and it is tried once more."""
    assert any(_lost(tmp_path / str(number)) for number in range(4))


def _lost(folder: Path) -> bool:
    folder.mkdir()
    _, wrong = full.attack(folder, 1, mounted=False, control=True)
    return any("lost" in each for each in wrong)


@pytest.mark.slow
def test_the_clock_jumps_and_each_letter_goes_once(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "PATIENCE", 2 * A_BUSY_MACHINE)
    storm = clocks.storm_of(real_app, 3, control=False)
    assert (list(clocks.faults(storm)), len(storm.handed)) == ([], 3 * clocks.LETTERS)


@pytest.mark.slow
def test_slow_clients_stop_nobody_behind_a_proxy_and_nobody_for_ever_without(
    sqlite_template: Path, tmp_path: Path
) -> None:
    (tmp_path / "fanfare.sqlite").write_bytes(sqlite_template.read_bytes())
    app = make_app(tmp_path)
    server = Server(app.config["SETTINGS"], more=f"--workers-kill-timeout {slow.GIVEN}")
    client = traffic(app, server, same_key=True).clients[0]
    try:
        server.start()
        assert slow.behind(server, client, A_BUSY_MACHINE)[0] == []
        assert slow.bare(server, client, A_BUSY_MACHINE)[0] == []
    finally:
        server.close()
    with app.app_context():
        db.engine.dispose()
