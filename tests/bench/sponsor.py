"""How quickly the sponsor's page of a large agency answers, warm and in a new process: `make bench-sponsor`."""

import argparse
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.agency import session as sign_in
from app.domain.agency.person import Person, Role
from app.web.server import keep_for_good
from jobs import figures
from tests import page
from tests.bench.sponsor_base import FOLDER, NOW, Size, on_postgres, on_sqlite
from tests.conftest import make_app

WHOLE, QUICK = Size(300, 100_000, 2_000_000), Size(60, 5_000, 100_000)
PLACES = {
    "4 weeks": "/sponsor",
    "12 weeks": "/sponsor?period=12",
    "a year": "/sponsor?period=52",
    "one team": "/sponsor?team=3&period=12",
    "placements": "/sponsor/figure/placements",
}
WARM_MS, COLD_MS = 400, 1_500


def client_of(app: Flask) -> FlaskClient:
    """The sponsor's browser."""
    with app.app_context():
        ines = db.session.scalars(select(Person).where(Person.role == Role.SPONSOR)).one()
        token = sign_in.open_session(ines, "bench", clock.now())
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client


def ask(client: FlaskClient, url: str) -> float:
    """How long a page takes, in milliseconds."""
    begun = time.perf_counter()
    answer = client.get(url)
    took = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200, answer.status
    return took


def measure(app: Flask, rounds: int) -> bool:
    """Whether all but the slowest twentieth of each came within what is asked."""
    client = client_of(app)
    with page.counted() as statements:
        ask(client, "/sponsor")
    print(f"  the page asks {len(statements)} statements, load {os.getloadavg()[0]:.1f}")
    good = True
    for name, url in PLACES.items():
        ask(client, url)
        found = sorted(ask(client, url) for _ in range(rounds))
        p95 = found[min(len(found) - 1, int(len(found) * 0.95))]
        print(f"  {name:<12} p50 {found[len(found) // 2]:6.0f} ms   p95 {p95:6.0f} ms   asked {WARM_MS}")
        good = good and p95 <= WARM_MS
    with app.app_context():
        begun = time.process_time()
        figures.keep_up("bench", clock.now())
        print(f"  a run of the job {(time.process_time() - begun) * 1000:.0f} ms of processor time, every minute")
    return good


def cold(folder: str, url: str) -> None:
    """The first page of a process, which has made its application already."""
    app = make_app(Path(folder), url)
    print(f"{ask(client_of(app), '/sponsor'):.0f}")


def started(app: Flask, times: int) -> bool:
    """The same in as many new processes; whether half of them were within what is asked."""
    settings = app.config["SETTINGS"]
    command = [
        sys.executable,
        "-m",
        "tests.bench.sponsor",
        "--cold",
        str(settings.instance),
        settings.database_url or "",
        clock.now().isoformat(),
    ]
    found = sorted(int(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(times))
    print(f"  cold         p50 {found[len(found) // 2]:6d} ms   slowest {found[-1]:6d} ms   asked {COLD_MS}")
    return found[len(found) // 2] <= COLD_MS


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="a twentieth of the rows, on SQLite alone")
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    asked.add_argument("--folder", type=Path, default=FOLDER, help="where the agency that is made is kept")
    asked.add_argument("--cold", nargs=3, metavar=("FOLDER", "URL", "NOW"), help="one page of this process alone")
    options = asked.parse_args()
    if options.cold:
        *where, now = options.cold
        with time_machine.travel(datetime.fromisoformat(now), tick=True):
            cold(*where)
        return
    good = True
    with time_machine.travel(NOW, tick=True):
        size = QUICK if options.quick else WHOLE
        for engine in options.engines[: 1 if options.quick else None]:
            with (on_sqlite if engine == "sqlite" else on_postgres)(size, options.folder) as app:
                print(f"{engine}: {size.people} recruiters, {size.candidates:,} candidates, {size.actions:,} actions")
                refresh(app)
                keep_for_good()
                good = measure(app, options.rounds) and good
                good = started(app, 5) and good
    raise SystemExit(not good)


def refresh(app: Flask) -> None:
    """The job runs beside the page, so that nothing that is shown is older than a minute."""
    with app.app_context():
        figures.keep_up("bench", clock.now())


if __name__ == "__main__":
    main()
