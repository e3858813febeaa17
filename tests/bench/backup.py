"""How long a backup takes and how much memory, and putting it back with every row compared: `make bench-backup`.

Each command runs in a process of its own, of which the kernel tells the most memory; that must not follow the rows.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert

from app import clock
from app.config import ROOT
from app.db import db, write
from app.domain.candidates.stage_move import StageMove
from tests import make
from tests.cluster import cluster
from tests.conftest import _create_database, make_app

PORTION = 10_000
MOST_MEGABYTES = 400
ENGINES = ("sqlite", "postgresql")


class Cost(NamedTuple):
    """Of a command: seconds by the clock, seconds of processor time, the most memory in MB."""

    seconds: float
    busy: float
    megabytes: float


def fill(app: Flask, rows: int) -> None:
    """Rows of seven columns of every common kind."""
    with app.app_context():
        make.agency()
        now = clock.now()
        candidate_id = make.candidate(at=now).id
        db.session.commit()
        row = {"candidate_id": candidate_id, "from_stage": "new", "to_stage": "known", "moved_at": now}
        for at in range(0, rows, PORTION):
            write()
            some = [row | {"reason": f"number {number}"} for number in range(at, min(rows, at + PORTION))]
            db.session.execute(insert(StageMove), some)
            db.session.commit()
        db.session.remove()


def cost(app: Flask, *words: object) -> Cost:
    """What a command takes.

    Raises:
        SystemExit: it failed.
    """
    settings = app.config["SETTINGS"]
    told = {"INSTANCE": settings.instance, "DATABASE_URL": settings.database_url, "SECRET_KEY": settings.secret_key}
    environment = os.environ | {f"FANFARE_{name}": str(value) for name, value in told.items()}
    began = time.perf_counter()
    command = [str(Path(sys.executable).with_name("flask")), *map(str, words)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    said = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(said)
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


@contextmanager
def place(engine: str, server: str, folder: Path) -> Iterator[Flask]:
    folder.mkdir()
    app = make_app(folder, "" if engine == "sqlite" else _create_database(server))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def measure(engine: str, server: str, folder: Path, rows: int) -> dict[str, Cost]:
    with (
        place(engine, server, folder / f"{engine}-{rows}") as app,
        place(engine, server, folder / f"to-{engine}") as to,
    ):
        with app.app_context():
            upgrade()
        fill(app, rows)
        file = folder / f"{engine}-{rows}.zip"
        found = {"backup": cost(app, "backup", file), "verify": cost(app, "backup", "--verify", file)}
        return found | {"restore": cost(to, "restore", file)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"{'engine':<12}{'rows':>12}  {'command':<10}{'seconds':>9}{'busy':>9}{'MB':>7}")
    most = 0.0
    with tempfile.TemporaryDirectory() as folder, cluster() as server:
        for engine in ENGINES:
            for name, found in measure(engine, server, Path(folder), chosen.rows).items():
                told = f"{found.seconds:9.1f}{found.busy:9.1f}{found.megabytes:7.0f}"
                print(f"{engine:<12}{chosen.rows:>12,}  {name:<10}{told}")
                most = max(most, found.megabytes)
    if most > MOST_MEGABYTES:
        raise SystemExit(f"{most:.0f} MB, more than {MOST_MEGABYTES}")


if __name__ == "__main__":
    main()
