"""The newest migrations go down and up twice on a million rows while somebody writes: `make torture-migrating`.

A process beside it logs sign-ins that failed and touches candidates all the while: how long it waited at most is what
people would wait. Then the code of before a migration works on the tables of after it, as it does while an update is
under way: everybody opens their pages and logs, without an error of ours. What was counted before is there after.
`--engine` is sqlite or postgresql, which is started for it. The control holds the tables for as long as nobody should
wait, and must be noticed.
"""

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, NamedTuple

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from app import clock
from app.config import ROOT
from app.db import Busy, db, write
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.game.ledger_entry import EARN, LedgerEntry
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Touchpoint
from app.domain.program.action_kind import ActionKind
from tests import make
from tests.conftest import make_app
from tests.people import make_people
from tests.torture.ground import Ground, chosen, conclude, ground
from tests.torture.old_code import works

LONGEST = {"sqlite": 5.0, "postgresql": 1.0}
"""Seconds for which anybody may wait while a migration runs."""
CHUNK, PAUSE, TIMES = 5_000, 0.005, 2
TABLES = (Candidate, ContactState, EngagementAction, LedgerEntry, Touchpoint)
FAILED = text("INSERT INTO sign_in_failure (account_hash, address_hash, at) VALUES ('x', 'x', '2026-01-05 09:00:00')")
TOUCHED = text("UPDATE contact_state SET attempts = attempts WHERE candidate_id = :one")
HELD = {
    "sqlite": "UPDATE contact_state SET attempts = attempts",
    "postgresql": "LOCK TABLE contact_state IN ACCESS EXCLUSIVE MODE",
}


class Step(NamedTuple):
    """Where to; how long the migration took, and how long somebody else waited at most meanwhile."""

    way: str
    revision: str
    took: float
    waited: float


def fill(app: Flask, rows: int) -> None:
    """Candidates with their contact state, four in ten rows an action, three a row of the ledger, one a touchpoint."""
    with app.app_context():
        people = make_people()
        touchpoint_kind.install_preset()
        kind = db.session.scalars(select(ActionKind.id).order_by(ActionKind.id).limit(1)).one()
        candidates = max(10, rows // 10)
        for table, number in zip(TABLES, (1, 1, 4, 3, 1), strict=True):
            _put(table, number * rows // 10, people.sanne.id, kind, candidates)
        db.session.commit()
        db.session.remove()


def _put(table: type[Any], rows: int, person_id: int, kind: int, candidates: int) -> None:
    for first in range(0, rows, CHUNK):
        numbers = range(first, min(rows, first + CHUNK))
        db.session.execute(insert(table), [_row(table, each, person_id, kind, candidates) for each in numbers])


def _row(table: type[Any], number: int, person_id: int, kind: int, candidates: int) -> dict[str, Any]:
    at, candidate = make.START + timedelta(minutes=number % 400_000), 1 + number % candidates
    when: dict[str, Any] = {"occurred_at": at, "local_date": at.date(), "candidate_id": candidate}
    facts: dict[type[Any], dict[str, Any]] = {
        Candidate: {
            "id": number + 1,
            "name": f"Kandidaat {number}",
            "sort_name": f"kandidaat {number:07}",
            "owner_id": person_id,
            "stage": Stage.ENGAGE,
            "registered_at": at,
            "updated_at": at,
        },
        ContactState: {"candidate_id": number + 1, "owner_id": person_id, "last_attempt_at": at, "attempts": 1},
        EngagementAction: when | {"person_id": person_id, "kind_id": kind, "outcome": "spoke", "recorded_at": at},
        LedgerEntry: when
        | {"program_id": 1, "person_id": person_id, "kind": EARN, "action_kind_id": kind, "rule_version": 1}
        | {"points": 10, "recorded_at": at, "source": "import", "source_kind": "import", "source_id": number},
        Touchpoint: when | {"kind": "site_visit", "received_at": at, "source": "torture", "external_id": str(number)},
    }
    return facts[table]


def beside(folder: str, url: str, stop: Event, waits: "multiprocessing.Queue[float]") -> None:
    """Somebody who writes all the while, in a process of their own; how long each wait was."""
    app, number = make_app(Path(folder), url, log_level="error"), 0
    with app.app_context():
        while not stop.is_set():
            number, began = number + 1, time.perf_counter()
            try:
                write()
                db.session.execute(FAILED)
                db.session.execute(TOUCHED, {"one": number % 1000 + 1})
                db.session.commit()
            except (Busy, DBAPIError):
                db.session.rollback()
            waits.put(time.perf_counter() - began)
            time.sleep(PAUSE)


@contextmanager
def somebody(at: Ground) -> Iterator["multiprocessing.Queue[float]"]:
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


def _longest(waits: "multiprocessing.Queue[float]") -> float:
    """Of all that came until now, one that is under way included."""
    return max([waits.get(timeout=60), *_emptied(waits)])


def _emptied(waits: "multiprocessing.Queue[float]") -> list[float]:
    """A process that still has something to say does not end."""
    found = []
    while not waits.empty():
        found.append(waits.get())
    return found


def steps(newest: int) -> list[tuple[str, str]]:
    """So many migrations down, up, and the same again."""
    names = [each.revision for each in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()]
    down = [("down", each) for each in names[1 : newest + 1]]
    up = [("up", each) for each in reversed(names[:newest])]
    return (down + up) * TIMES


def migrate(at: Ground, newest: int) -> list[Step]:
    found = []
    with somebody(at) as waits, at.app.app_context():
        for way, revision in steps(newest):
            _longest(waits)
            began = time.perf_counter()
            (upgrade if way == "up" else downgrade)(revision=revision)
            took = time.perf_counter() - began
            found.append(Step(way, revision, took, _longest(waits)))
            print(f"  {way:<4} to {revision} {took:6.2f} s, somebody waited {found[-1].waited:5.2f} s", flush=True)
    return found


def held(at: Ground, seconds: float) -> list[Step]:
    """The control: a migration that holds a table for so long."""
    with somebody(at) as waits, at.app.app_context(), db.engine.connect() as connection:
        _longest(waits)
        connection.execute(text(HELD[db.engine.dialect.name]))
        time.sleep(seconds)
        connection.rollback()
        return [Step("up", "control", seconds, max(_longest(waits), _longest(waits)))]


def counts(app: Flask) -> list[int]:
    with app.app_context():
        found = [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (*TABLES, Person)]
        db.session.remove()
    return found


def faults(found: Sequence[Step], engine: str) -> Iterator[str]:
    for step in found:
        if step.waited > LONGEST[engine]:
            yield f"{step.way} to {step.revision}: somebody waited {step.waited:.1f} s"


def main() -> None:
    options = chosen(__doc__, rows=1_000_000, newest=2)
    with ground(options.engine, durable=True) as at:
        fill(at.app, options.rows)
        before = counts(at.app)
        if options.control:
            wrong, told = list(faults(held(at, LONGEST[options.engine] + 0.5), options.engine)), "a table that is held"
        else:
            wrong, told = _everything(at, options)
            wrong += [] if counts(at.app) == before else [f"{before} rows before, {counts(at.app)} after"]
    conclude(sum(before), wrong, control=options.control, told=f"{options.engine}, {sum(before)} rows: {told}")


def _everything(at: Ground, options: argparse.Namespace) -> tuple[list[str], str]:
    began = clock.now()
    found = migrate(at, options.newest)
    wrong = list(faults(found, options.engine))
    with tempfile.TemporaryDirectory() as folder:
        pages, broken = works(at, Path(folder), os.environ.copy())
    worst = max(found, key=lambda step: step.waited)
    told = f"{len(found)} steps, at most {worst.waited:.2f} s for others, {worst.way} to {worst.revision}"
    return wrong + broken, f"{told}; {pages} with the code of before, {(clock.now() - began).seconds} s"


if __name__ == "__main__":
    main()
