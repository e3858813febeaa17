"""Whether logging an action stays as quick when there is ten and a hundred times as much: B13.

`make bench-log-growth`. Each database has so many times the people, the candidates, their actions and points; they take
turns in one run, some dozens of actions each, so that whatever else the machine does falls on all of them.
"""

import os
import random
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from uuid import uuid4

from flask import Flask
from sqlalchemy import Table, func, select, text

from app.db import db, write
from app.domain.actions import action
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person, Role
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.program.program import the_program
from tests.bench import pool
from tests.bench.board_base import Size, on_sqlite
from tests.bench.log_action import NOW, OUTCOMES, Cost, since
from tests.bench.pool import bulk

SMALL = Size(100, 20_000, 10_000)
TARGETS = {10: 1.2, 100: 1.8}
TURNS, A_TURN, SEEN = 9, 60, 500
ACTIONS = (
    "INSERT INTO engagement_action (id, person_id, candidate_id, kind_id, outcome, occurred_at, local_date,"
    " recorded_at, source, points) SELECT id, person_id, candidate_id, action_kind_id, 'spoke', occurred_at,"
    " local_date, recorded_at, source, points FROM ledger_entry"
)
COINS = (
    "INSERT INTO coin_entry (person_id, kind, coins, source_kind, source_id, recorded_at)"
    " SELECT person_id, 'earn', points, 'ledger', id, recorded_at FROM ledger_entry"
)


def candidates(size: int) -> None:
    """Some that look like candidates, and as many more of the same as there have to be."""
    people = list(db.session.scalars(select(Person).where(Person.role == Role.RECRUITER).limit(50)))
    rng, branches = random.Random(1), dict.fromkeys((one.id for one in people), None)
    ids = range(1, SEEN + 1)
    bulk(Candidate, [pool.candidate(one, people, branches, rng) for one in ids])
    bulk(ContactState, [pool.state(one, rng) for one in ids])
    for row, key in ((Candidate, "id"), (ContactState, "candidate_id")):
        table = cast("Table", row.__table__)
        others = ", ".join(f'"{column.name}"' for column in table.columns if column.name not in {key, "external_id"})
        more = (
            f"WITH RECURSIVE times(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM times WHERE n < {size // SEEN - 1})"
            f" INSERT INTO {table.name} ({key}, {others}) SELECT {key} + n * {SEEN}, {others} FROM {table.name}, times"
        )
        db.session.execute(text(more))


def fill(app: Flask, size: Size) -> None:
    """What stands beside the points: the candidates, the actions, the coins."""
    with app.app_context():
        write()
        candidates(size.candidates)
        db.session.execute(text(ACTIONS))
        db.session.execute(text(COINS))
        db.session.commit()
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def turn(app: Flask, size: Size, rng: random.Random) -> Cost:
    """What an action costs, in the middle of some dozens; the points are for people and candidates that exist."""
    with app.app_context():
        first = db.session.scalar(select(func.min(Person.id)).where(Person.role == Role.RECRUITER)) or 0
        costs = [
            _one(first + rng.randrange(size.people), 1 + rng.randrange(size.candidates), rng) for _ in range(A_TURN)
        ]
        return Cost(*(statistics.median(each) for each in zip(*costs, strict=True)))


def _one(who: int, whom: int, rng: random.Random) -> Cost:
    db.session.remove()
    person, candidate = db.session.get_one(Person, who), db.session.get_one(Candidate, whom)
    settled, at = (the_agency(), the_program()), NOW + timedelta(seconds=rng.randrange(20_000))
    outcome = rng.choice(OUTCOMES)
    work, wall = time.process_time(), time.perf_counter()
    write(person, candidate, *settled)
    action.log(person, candidate, outcome, at=at, now=at, channel=Channel.PHONE, key=uuid4().bytes)
    db.session.commit()
    return since(work, wall)


def run(factors: Sequence[int]) -> bool:
    """Whether it grows no more than the targets say."""
    sizes = {times: Size(*(each * times for each in SMALL)) for times in (1, *factors)}
    found: dict[int, list[Cost]] = {times: [] for times in sizes}
    rng = random.Random(3)
    with TemporaryDirectory() as folder, ExitStack() as opened:
        apps = {times: opened.enter_context(on_sqlite(size, Path(folder))) for times, size in sizes.items()}
        for times, app in apps.items():
            fill(app, sizes[times])
        for _ in range(TURNS + 1):
            for times, app in apps.items():
                found[times].append(turn(app, sizes[times], rng))
    return report({times: costs[1:] for times, costs in found.items()})


def report(found: dict[int, list[Cost]]) -> bool:
    """Each turn beside the small database's own turn: what the machine did meanwhile was the same for both."""
    good = True
    for times, costs in found.items():
        work = statistics.median(each.work for each in costs)
        pairs = [each.work / small.work for each, small in zip(costs, found[1], strict=True)]
        ratio, target = statistics.median(pairs), TARGETS.get(times, 1.0)
        spread = f"{min(pairs):.2f} to {max(pairs):.2f}"
        print(f"B13 {times}x: {work:.0f} us of work, {ratio:.2f}x the small one ({spread}), target {target}x")
        good = good and ratio <= target
    print(f"    {TURNS} turns of {A_TURN} actions each, load {os.getloadavg()[0]:.1f}")
    return good
