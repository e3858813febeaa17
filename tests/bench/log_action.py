"""What logging an action costs with all its rules, beside the same statements in the hands of the driver: B1.

`make bench-log`. Both work on a copy of the same database and take turns, action by action; the floor is given the
statements, with their values, that ours just sent.
"""

import argparse
import cProfile
import os
import pstats
import random
import shutil
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import UUID

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from app.db import db, write
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.notices import webhook
from app.domain.notices.webhook import Kind
from app.domain.program.program import the_program
from tests import make
from tests.bench import log_http, pool
from tests.bench.figure import Figure, parts
from tests.bench.log_floor import Floor, Sent
from tests.bench.pool import bulk
from tests.conftest import make_app
from tests.people import make_people

NOW = datetime(2026, 11, 19, 10, tzinfo=UTC)
TARGET_B1 = 1.6
OUTCOMES = (Outcome.SPOKE, Outcome.SPOKE, Outcome.NO_ANSWER, Outcome.MESSAGE_SENT, Outcome.APPOINTMENT)


class Cost(NamedTuple):
    """Microseconds: of work, and of waiting."""

    work: float
    wall: float


@contextmanager
def database(candidates: int, listening: int = 0) -> Iterator[tuple[Flask, Path]]:
    """A database with recruiters and their candidates, and a copy of it for the floor; both write to the disk.

    So many webhooks are `listening` to what is logged.
    """
    with TemporaryDirectory() as folder:
        app = make_app(Path(folder), sqlite_synchronous="FULL")
        with app.app_context():
            upgrade()
            _fill(candidates)
            for number in range(listening):
                webhook.add(f"W{number}", f"https://ats.example.com/{number}", [Kind.ACTION_LOGGED], NOW)
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
            floor = Path(folder) / "floor.sqlite"
            shutil.copy(Path(folder) / "fanfare.sqlite", floor)
            yield app, floor
            db.session.remove()
            db.engine.dispose()


def _fill(candidates: int) -> None:
    make_people()
    people = [make.person(f"R{number} Jansen") for number in range(40)]
    rng, branches = random.Random(1), dict.fromkeys((one.id for one in people), None)
    ids = range(1, candidates + 1)
    bulk(Candidate, [pool.candidate(one, people, branches, rng) for one in ids])
    bulk(ContactState, [pool.state(one, rng) for one in ids])


def ours(person_id: int, candidate_id: int, outcome: Outcome, at: datetime, number: int) -> None:
    """As a route does it: whoever acts is known, the agency and the program are held."""
    person, agency, program = db.session.get_one(Person, person_id), the_agency(), the_program()
    candidate = db.session.get_one(Candidate, candidate_id)
    write(person, agency, program, candidate)
    action.log(person, candidate, outcome, at=at, now=at, channel=Channel.PHONE, key=UUID(int=number).bytes)
    db.session.commit()


def compare(app: Flask, floor: Floor, actions: int) -> tuple[list[Cost], list[Cost], list[int]]:
    """The costs of both, and how many statements each action took."""
    sent: Sent = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, sql, values, *_: sent.append((sql, values)))
    rng = random.Random(2)
    mine, raw, counts = [], [], []
    for number in range(1, actions + 1):
        who, whom = rng.randint(8, 40), rng.randint(1, 2000)
        at = NOW + timedelta(seconds=number)
        db.session.remove()
        held = the_agency(), the_program(), db.session.get(Person, who), db.session.get(Candidate, whom)
        sent.clear()
        work, wall = time.process_time(), time.perf_counter()
        ours(who, whom, rng.choice(OUTCOMES), at, number)
        mine.append(since(work, wall))
        assert all(held)
        written = [one for one in sent if not one[0].startswith("BEGIN")]
        counts.append(len(written))
        work, wall = time.process_time(), time.perf_counter()
        floor.run(written)
        raw.append(since(work, wall))
    return mine, raw, counts


def since(work: float, wall: float) -> Cost:
    """What was used from these two moments on."""
    return Cost((time.process_time() - work) * 1e6, (time.perf_counter() - wall) * 1e6)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(each) for each in zip(*costs, strict=True)))


def b1(quick: bool) -> list[Figure]:
    """What an action costs in process, beside the bare statements."""
    return in_process(250 if quick else 1000)


def in_process(actions: int, listening: int = 0) -> list[Figure]:
    with database(2000, listening) as (app, path):
        mine, raw, counts = compare(app, Floor(path), actions)
    mine, raw = mine[50:], raw[50:]
    a, b = _median(mine), _median(raw)
    told = f", webhooks that are told: {listening}" if listening else ""
    print(f"load {os.getloadavg()[0]:.1f}; {actions} actions, {statistics.median(counts):.0f} statements each{told}")
    print(
        f"B1 ours {a.work:.0f} us of work ({a.wall:.0f} waited), floor {b.work:.0f} ({b.wall:.0f}):"
        f" {a.work / b.work:.2f}x, target {TARGET_B1}x",
        flush=True,
    )
    rounds = parts([each.work for each in mine])
    return [
        Figure("log an action, work", "us", a.work, b.work, TARGET_B1, of="ratio", rounds=rounds),
        Figure("log an action, waited", "us", a.wall, b.wall),
    ]


def profiled(actions: int) -> None:
    with database(2000) as (app, path), cProfile.Profile() as profile:
        compare(app, Floor(path), actions)
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)


def grown(factors: Sequence[int], *, profiles: bool) -> bool:
    """Whether it stays as quick; a profile is of the largest."""
    from tests.bench import log_growth  # noqa: PLC0415 - it measures by what stands here

    profile = cProfile.Profile() if profiles else None
    found = log_growth.run(factors, profile=profile)
    if profile:
        pstats.Stats(profile).sort_stats("cumtime").print_stats(60)
    return all(each.met for each in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=1000)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--http", action="store_true", help="through the web process too, on both engines")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--growth", type=int, nargs="*", help="beside databases so many times as large: 10 100")
    parser.add_argument("--listening", type=int, nargs="*", help="while so many webhooks are told of each: 0 1 20")
    chosen = parser.parse_args()
    if chosen.growth is not None:
        raise SystemExit(not grown(chosen.growth or (10, 100), profiles=chosen.profile))
    if chosen.profile:
        profiled(chosen.actions)
        return
    if chosen.listening is not None:
        for number in chosen.listening or (0, 1, 20):
            in_process(chosen.actions, number)
        return
    found = in_process(chosen.actions)
    if chosen.http:
        found += log_http.run(log_http.Length(each=max(10, chosen.actions // 20)), chosen.engine)
    raise SystemExit(not all(each.met for each in found))


if __name__ == "__main__":
    main()
