"""Migrations go down and up on what a big agency has, a million rows, while somebody writes: `make torture-migrating`.

Every migration since the first that the upgrade notes tell of: each goes down, up and down again with all rows of
those before it in place, and at last all go up. A process beside it logs sign-ins that failed and touches candidates
all the while: how long it waited at most is what people would wait, and an error is a fault. Then the code of before
the newest one works while that goes up and down, and after it, as while an update is under way: everybody opens their
pages and logs, without an error of ours. What was counted before is there after. `--engine` is sqlite or postgresql,
which is started for it; `--since` another migration to begin with. The control holds the tables for as long as nobody
should wait, and must be noticed.
"""

import argparse
import multiprocessing
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import NamedTuple

from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import clock
from app.config import ROOT
from app.db import Busy, db, write
from tests.conftest import make_app
from tests.torture.big_agency import counts, fill
from tests.torture.ground import Ground, chosen, conclude, ground
from tests.torture.old_code import works

SINCE = 13
LONGEST = {"sqlite": 5.0, "postgresql": 1.0}
"""Seconds for which anybody may wait while a migration runs."""
REWRITES = {("postgresql", "0013"): 3.0}
"""What the upgrade notes tell of: a table is written anew, and others wait at most as long as for any lock."""
PAUSE = 0.005
FAILED = text("INSERT INTO sign_in_failure (account_hash, address_hash, at) VALUES ('x', 'x', '2026-01-05 09:00:00')")
TOUCHED = text("UPDATE contact_state SET attempts = attempts WHERE candidate_id = :one")
HELD = {
    "sqlite": "UPDATE contact_state SET attempts = attempts",
    "postgresql": "LOCK TABLE contact_state IN ACCESS EXCLUSIVE MODE",
}


class Wait(NamedTuple):
    """How long somebody waited, and what they were told instead of being served."""

    seconds: float
    error: str = ""


class Step(NamedTuple):
    """Where to; how long the migration took, how long somebody else waited at most meanwhile, and who was refused."""

    way: str
    revision: str
    took: float
    waited: float
    errors: Counter[str]


def beside(folder: str, url: str, stop: Event, waits: "multiprocessing.Queue[Wait]") -> None:
    """Somebody who writes all the while, in a process of their own; how long each wait was."""
    app, number = make_app(Path(folder), url, log_level="error"), 0
    with app.app_context():
        while not stop.is_set():
            number, began, error = number + 1, time.perf_counter(), ""
            try:
                write()
                db.session.execute(FAILED)
                db.session.execute(TOUCHED, {"one": number % 1000 + 1})
                db.session.commit()
            except (Busy, DBAPIError) as fault:
                error = type(getattr(fault, "orig", None) or fault).__name__
                db.session.rollback()
            waits.put(Wait(time.perf_counter() - began, error))
            time.sleep(PAUSE)


@contextmanager
def somebody(at: Ground) -> Iterator["multiprocessing.Queue[Wait]"]:
    context = multiprocessing.get_context("spawn")
    stop, waits = context.Event(), context.Queue()
    process = context.Process(target=beside, args=(at.folder, at.url, stop, waits))
    process.start()
    try:
        waits.get(timeout=120)
        yield waits
    finally:
        stop.set()
        while process.is_alive():
            _emptied(waits)
            process.join(0.1)


def _waited(waits: "multiprocessing.Queue[Wait]") -> list[Wait]:
    """All that came until now, one that is under way included."""
    return [waits.get(timeout=60), *_emptied(waits)]


def _emptied(waits: "multiprocessing.Queue[Wait]") -> list[Wait]:
    """A process that still has something to say does not end."""
    found = []
    while not waits.empty():
        found.append(waits.get())
    return found


def steps(names: Sequence[str], since: str) -> Iterator[tuple[str, str]]:
    """Each from `since` on down, up and down again, the newest first, and then all up; `names`: the newest first."""
    for newer, older in pairwise(names):
        if newer >= since:
            yield from (("down", older), ("up", newer), ("down", older))
    yield from (("up", each) for each in reversed(names) if each >= since)


def migrate(at: Ground, since: int) -> list[Step]:
    names = [each.revision for each in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()]
    found = []
    with somebody(at) as waits, at.app.app_context():
        for way, revision in steps(names, f"{since:04}"):
            _waited(waits)
            began = time.perf_counter()
            (upgrade if way == "up" else downgrade)(revision=revision)
            took = time.perf_counter() - began
            found.append(_step(way, revision, took, _waited(waits)))
            print(f"  {way:<4} to {revision} {took:6.2f} s, somebody waited {found[-1].waited:5.2f} s", flush=True)
    return found


def _step(way: str, revision: str, took: float, waits: Sequence[Wait]) -> Step:
    errors = Counter(wait.error for wait in waits if wait.error)
    return Step(way, revision, took, max(wait.seconds for wait in waits), errors)


def held(at: Ground, seconds: float) -> list[Step]:
    """The control: a migration that holds a table for so long."""
    with somebody(at) as waits, at.app.app_context(), db.engine.connect() as connection:
        _waited(waits)
        connection.execute(text(HELD[db.engine.dialect.name]))
        time.sleep(seconds)
        connection.rollback()
        return [_step("up", "control", seconds, _waited(waits) + _waited(waits))]


def faults(found: Sequence[Step], engine: str) -> Iterator[str]:
    for step in found:
        where = f"{step.way} to {step.revision}"
        yield from (f"{where}: {number} times {error}" for error, number in step.errors.items())
        if step.waited > REWRITES.get((engine, step.revision), LONGEST[engine]):
            yield f"{where}: somebody waited {step.waited:.1f} s"


def main() -> None:
    options = chosen(__doc__, rows=1_000_000, since=SINCE)
    with ground(options.engine, durable=True) as at:
        fill(at.app, options.rows)
        if options.control:
            wrong, told = list(faults(held(at, LONGEST[options.engine] + 0.5), options.engine)), "a table that is held"
        else:
            wrong, told = _everything(at, options)
    conclude(options.rows, wrong, control=options.control, told=f"{options.engine}, {options.rows} rows: {told}")


def _everything(at: Ground, options: argparse.Namespace) -> tuple[list[str], str]:
    began, before = clock.now(), counts(at.app)
    found = migrate(at, options.since)
    wrong, after = list(faults(found, options.engine)), counts(at.app)
    wrong += [] if after == before else [f"{before} rows before, {after} after"]
    with tempfile.TemporaryDirectory() as folder:
        served, broken = works(at, Path(folder), os.environ.copy())
    worst = max(found, key=lambda step: step.waited)
    told = f"{len(found)} steps, at most {worst.waited:.2f} s for others, {worst.way} to {worst.revision}"
    return wrong + broken, f"{told}; with the code of before {served}; {(clock.now() - began).seconds} s"


if __name__ == "__main__":
    main()
