"""How quickly it is told who is next, for three pools in a large base, beside a floor: `make bench-contact-next`.

The floor fetches the pool by the driver itself and sorts it by one number. Growth is a pool of the same size in a base
of ten times as many candidates. Each is asked as a page asks: the person, the agency and the program came with the
sign-in.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, func, make_url, select, text

from app.db import db
from app.domain.actions import kept_list
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates.contact_state import ContactState
from app.domain.program.program import the_program
from app.domain.scoring import contact_next
from tests.bench.contact_next_base import NOW, fill
from tests.bench.figure import PARTS, Figure, parts, slowest
from tests.bench.kept import made, opened
from tests.cluster import cluster
from tests.conftest import make_app

POOLS = (200, 4_000, 100_000)
LIMITS_MS = {200: 3.0, 4_000: 25.0, 100_000: 500.0}
KEPT_MS = 1.0
GROWTH = 1.5
FLOOR = text(
    "SELECT c.id, c.stage, s.tau, s.attempts, s.answers FROM contact_state s JOIN candidate c ON c.id = s.candidate_id"
    " WHERE s.owner_id = :owner"
)


class Figures(NamedTuple):
    """Milliseconds: of this process's work in the middle, and of waiting in the middle and for one in a hundred."""

    work: float
    p50: float
    p99: float
    parts: tuple[float, ...]


def floor(owner: int) -> None:
    rows = db.session.connection().execute(FLOOR, {"owner": owner}).all()
    sorted(rows, key=lambda row: -(row.tau or 0.0))


def sign_in(person: Person) -> None:
    """Begin a transaction as a page does."""
    db.session.rollback()
    for row in (person, the_agency(), the_program()):
        db.session.refresh(row)


def measure(person: Person, asks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Figures]:
    """In turn, each in a transaction of its own, after they were asked once."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in asks}
    for number in range(rounds + 1):
        for name, ask in asks.items():
            sign_in(person)
            began = time.perf_counter(), time.process_time()
            ask()
            if number:
                taken[name].append((time.perf_counter() - began[0], time.process_time() - began[1]))
    return {name: _figures(each) for name, each in taken.items()}


def _figures(taken: list[tuple[float, float]]) -> Figures:
    waits = [wait * 1000 for wait, _ in taken]
    work = statistics.median(work * 1000 for _, work in taken)
    return Figures(work, statistics.median(waits), slowest(waits), parts(waits))


def report(app: Flask, engine: str, base: int, pools: tuple[int, ...], rounds: int) -> dict[int, Figures]:
    """Fill a database, and print a line a pool."""
    with app.app_context():
        upgrade()
        filled(base, pools)
        found = {pool: each["next"] for pool, each in lines(engine, base, pools, rounds).items()}
        db.session.remove()
        db.engine.dispose()
    return found


def filled(base: int, pools: tuple[int, ...]) -> None:
    fill(base, pools)
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def kept_base(base: int, pools: tuple[int, ...]) -> Path:
    """The folder of so many candidates on SQLite, made once."""
    name = f"contact-{base}-{'-'.join(map(str, pools))}"
    return made(name, lambda: filled(base, pools))


def lines(engine: str, base: int, pools: tuple[int, ...], rounds: int) -> dict[int, dict[str, Figures]]:
    """A line a pool; it is known by its size whose it is."""
    print(f"{engine}, {base:,} candidates, load {os.getloadavg()[0]:.1f}")
    return {pool: _line(_owner(pool), pool, rounds if pool < POOLS[-1] else max(5, rounds // 10)) for pool in pools}


def _owner(pool: int) -> int:
    query = select(ContactState.owner_id).group_by(ContactState.owner_id).having(func.count() == pool)
    return db.session.scalars(query.order_by(ContactState.owner_id)).first() or 0


def _line(owner: int, pool: int, rounds: int) -> dict[str, Figures]:
    person = db.session.get_one(Person, owner)
    asks = {
        "floor": lambda: floor(owner),
        "next": lambda: contact_next.for_person(person, NOW),
        "kept": lambda: kept_list.for_person(person, NOW),
    }
    figures = measure(person, asks, rounds)
    least, most, kept = figures["floor"], figures["next"], figures["kept"]
    spent = f"next work {most.work:8.2f} p50 {most.p50:8.2f} p99 {most.p99:8.2f} (limit {LIMITS_MS[pool]:g})"
    again = f"kept work {kept.work:.2f} p50 {kept.p50:.2f} p99 {kept.p99:.2f} (limit {KEPT_MS:g})"
    print(f"  pool {pool:>7,}: floor work {least.work:8.2f} p50 {least.p50:8.2f}, {spent}, {again}")
    print(f"                {most.work / least.work:.1f}x the work of the floor")
    return figures


def b5(quick: bool) -> list[Figure]:
    """Who is next for three pools in a large base; the pool of the largest is asked less often."""
    base, pools = (5_000, POOLS[:2]) if quick else (1_000_000, POOLS)
    with opened(kept_base(base, pools)):
        found = lines("sqlite", base, pools, 5 if quick else 100)
    return [figure for pool, figures in found.items() for figure in _told(pool, figures)]


def _told(pool: int, figures: dict[str, Figures]) -> list[Figure]:
    floor, ours, kept = (figures[name] for name in ("floor", "next", "kept"))
    return [
        Figure(f"contact next, a pool of {pool:,}, p99", "ms", ours.p99, floor.p99, LIMITS_MS[pool], rounds=ours.parts),
        Figure(f"contact next, a pool of {pool:,}, kept, p99", "ms", kept.p99, target=KEPT_MS, rounds=kept.parts),
    ]


def b13(quick: bool) -> list[Figure]:
    """Pools of the same size in a base a hundred times as large, by turns."""
    sizes = (5_000, 10_000) if quick else (10_000, 1_000_000)
    small, large = kept_base(sizes[0], POOLS[:2]), kept_base(sizes[1], POOLS[:2] if quick else POOLS)
    found: dict[int, list[tuple[float, float]]] = {pool: [] for pool in POOLS[:2]}
    with opened(small) as one, opened(large) as other:
        for _ in range(PARTS):
            for pool, pairs in found.items():
                pairs.append((_next_in(one, pool, 10), _next_in(other, pool, 10)))
    return [_grown(f"contact next, a pool of {pool:,} among a hundred times as many", found[pool]) for pool in found]


def _next_in(app: Flask, pool: int, rounds: int) -> float:
    """Milliseconds of work in the middle."""
    with app.app_context():
        person = db.session.get_one(Person, _owner(pool))
        work = measure(person, {"next": lambda: contact_next.for_person(person, NOW)}, rounds)["next"].work
        db.session.remove()
    return work


def _grown(name: str, pairs: list[tuple[float, float]]) -> Figure:
    least, most = (statistics.median(each) for each in zip(*pairs, strict=True))
    return Figure(name, "ms", most, least, GROWTH, of="ratio", rounds=tuple(each for _, each in pairs))


@contextmanager
def databases(engine: str) -> Iterator[Callable[[int], Flask]]:
    """New databases of an engine, each by its number."""
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            yield lambda number: make_app(_folder(folder, number))
            return
        with cluster() as server:

            def made(number: int) -> Flask:
                admin = create_engine(server, isolation_level="AUTOCOMMIT")
                with admin.connect() as connection:
                    connection.execute(text(f"CREATE DATABASE bench{number}"))
                admin.dispose()
                url = make_url(server).set(database=f"bench{number}").render_as_string(hide_password=False)
                return make_app(_folder(folder, number), url)

            yield made


def _folder(folder: str, number: int) -> Path:
    path = Path(folder) / str(number)
    path.mkdir()
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=int, default=120_000, help="1,000,000 is the whole bench")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    good = True
    for engine in [asked.engine] if asked.engine else ["sqlite", "postgresql"]:
        with databases(engine) as made:
            small = report(made(0), engine, max(asked.base // 10, sum(POOLS[:2])), POOLS[:2], asked.rounds)
            large = report(made(1), engine, asked.base, POOLS, asked.rounds)
        growth = {pool: large[pool].work / small[pool].work for pool in small}
        print(
            "  growth " + ", ".join(f"{pool:,}: {each:.2f}x" for pool, each in growth.items()) + f" (limit {GROWTH}x)"
        )
        good &= all(one.p99 <= LIMITS_MS[pool] for pool, one in large.items()) and max(growth.values()) <= GROWTH
    raise SystemExit(0 if good else "a limit was missed")


if __name__ == "__main__":
    main()
