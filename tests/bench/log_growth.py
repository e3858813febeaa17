"""Whether logging an action stays as quick when there is ten and a hundred times as much: B13.

`make bench-log-growth`. Each database has so many times the people, the candidates, their actions and points; they take
turns in one run, some dozens of actions each, so that whatever else the machine does falls on all of them.
"""

import os
import random
import statistics
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import timedelta
from functools import partial
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
from tests.bench import board_base, pool
from tests.bench.board_base import Size
from tests.bench.figure import Figure
from tests.bench.kept import copied, made
from tests.bench.log_action import NOW, OUTCOMES, Cost, since
from tests.bench.pool import bulk

SMALL, QUICK = Size(100, 20_000, 10_000), Size(20, 2_000, 1_000)
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
        own = {key, "external_id", *(column.name for column in table.columns if column.computed is not None)}
        others = ", ".join(f'"{column.name}"' for column in table.columns if column.name not in own)
        more = (
            f"WITH RECURSIVE times(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM times WHERE n < {size // SEEN - 1})"
            f" INSERT INTO {table.name} ({key}, {others}) SELECT {key} + n * {SEEN}, {others} FROM {table.name}, times"
        )
        db.session.execute(text(more))


def fill(size: Size) -> None:
    """The people and their points, and what stands beside them: the candidates, the actions, the coins."""
    board_base.fill(size)
    write()
    candidates(size.candidates)
    db.session.execute(text(ACTIONS))
    db.session.execute(text(COINS))
    db.session.commit()
    db.session.execute(text("ANALYZE"))


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


def b13(quick: bool) -> list[Figure]:
    """What an action costs beside ten and a hundred times as much of everything."""
    return run((10,), QUICK) if quick else run((10, 100))


def run(
    factors: Sequence[int], small: Size = SMALL, profile: AbstractContextManager[object] | None = None
) -> list[Figure]:
    """Each on a copy of what is kept; a profile looks at the largest alone."""
    sizes = {times: Size(*(each * times for each in small)) for times in (1, *factors)}
    found: dict[int, list[Cost]] = {times: [] for times in sizes}
    rng = random.Random(3)
    folders = {times: made(f"log-{size.name}", partial(fill, size)) for times, size in sizes.items()}
    with ExitStack() as opened:
        apps = {times: opened.enter_context(copied(folder)) for times, folder in folders.items()}
        for _ in range(TURNS + 1):
            for times, app in apps.items():
                with profile if profile and times == max(apps) else nullcontext():
                    found[times].append(turn(app, sizes[times], rng))
    return report({times: costs[1:] for times, costs in found.items()})


def report(found: dict[int, list[Cost]]) -> list[Figure]:
    """Each turn beside the small database's own turn: what the machine did meanwhile was the same for both."""
    figures = list[Figure]()
    for times, costs in found.items():
        work = statistics.median(each.work for each in costs)
        pairs = [each.work / small.work for each, small in zip(costs, found[1], strict=True)]
        ratio, target = statistics.median(pairs), TARGETS.get(times, 1.0)
        spread = f"{min(pairs):.2f} to {max(pairs):.2f}"
        print(f"B13 {times}x: {work:.0f} us of work, {ratio:.2f}x the small one ({spread}), target {target}x")
        if times > 1:
            # The ratio is that of the pairs, so the floor is what it is a ratio of.
            name = f"log an action, {times} times as much of everything"
            figures.append(Figure(name, "us", work, work / ratio, target, of="ratio", rounds=tuple(pairs)))
    print(f"    {TURNS} turns of {A_TURN} actions each, load {os.getloadavg()[0]:.1f}")
    return figures
