"""What the suites that try to break things stand on: an application on either engine, its options, its end."""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple, TypeVar

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError

from app.db import Busy, db
from tests.cluster import cluster
from tests.conftest import make_app

ENGINES = ("sqlite", "postgresql")
PATIENCE = 60.0
"""Seconds in which whoever is told that it is busy tries again."""
RESULT = "result "
"""How the line begins that `tests.torture.suite` reads."""
NAMED = 20
INVITATION = {"name": "Sanne", "inviter": "Ada", "url": "https://voorbeeld.nl/", "program": "Vaste Band"}
"""What a letter says that is only there to be sent."""
Answer = TypeVar("Answer")


class Ground(NamedTuple):
    """An application with its tables; `folder` and `url` are where another process finds the same ones."""

    app: Flask
    folder: str
    url: str


def chosen(about: str | None, **numbers: int) -> argparse.Namespace:
    """The options of a suite: numbers with what they are unless said otherwise, the engine, and the control."""
    parser = argparse.ArgumentParser(description=about)
    for name, usual in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    parser.add_argument("--control", action="store_true")
    return parser.parse_args()


@contextmanager
def ground(engine: str, *, durable: bool = False) -> Iterator[Ground]:
    """PostgreSQL is started for it; `durable`: what is committed is on the disk, on both engines."""
    server = nullcontext("") if engine == "sqlite" else cluster(durable=durable)
    synchronous = "FULL" if durable else "NORMAL"
    with tempfile.TemporaryDirectory() as folder, server as url:
        app = make_app(Path(folder), url, sqlite_synchronous=synchronous)
        with app.app_context():
            upgrade()
        yield Ground(app, folder, url)
        with app.app_context():
            db.engine.dispose()


def patiently(act: Callable[[], Answer]) -> Answer:
    """Again, as whoever is told that it is busy does: on a machine that does other things too, five seconds pass."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except (Busy, OperationalError):
            db.session.rollback()
            if time.monotonic() > deadline:
                raise


def conclude(tried: int, faults: Sequence[str], *, control: bool = False, told: str = "", asked: str = "") -> None:
    """Tell what was found, and end: well without faults, a control only with some, and never when nothing was tried.

    `asked`: in how many forms, runs or rounds so much was tried, where that is another number.
    """
    for fault in faults[:NAMED]:
        print(f"  {fault}")
    print(f"{told or 'all told'}: {len(faults)} faults in {tried}{', which the control is to find' if control else ''}")
    facts = {"tried": tried, "faults": len(faults), "control": control}
    print(RESULT + json.dumps(facts | ({"asked": asked} if asked else {})), flush=True)
    raise SystemExit(not tried or bool(faults) != control)
