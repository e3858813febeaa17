"""How long a touchpoint takes to become a score, and counting everything anew: `make bench-score`.

Each figure stands beside a floor of raw statements on a copy of the same database, measured in turn with it.
"""

import argparse
import os
import random
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import func, select, text, update

from app.db import db, write
from app.domain.actions.response import MOST, take_in_many
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Hit, Touchpoint
from app.domain.scoring import publication, recount, rules, score
from app.domain.scoring.cell import CELLS, SCORES
from app.domain.scoring.recount import Part
from app.domain.scoring.ruleset import PRESET
from tests.bench import pool
from tests.bench.figure import PARTS, Figure
from tests.bench.kept import copied, made
from tests.bench.log_floor import PRAGMAS
from tests.bench.pool import bulk
from tests.people import make_people

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Amsterdam")
DAYS = 2 * 365
PER_CANDIDATE = 50
PAGES = ("site_visit", "site_visit", "job_view", "job_view", "mail_click", "ad_click")
ACTS = ("form", "survey_answered", "event_attended")
TARGET_B6, TARGET_B8, TARGET_B8_SECONDS = 2.0, 2.0, 3.0
OTHER = replace(PRESET, half_life_days=7.0, kinds=dict(PRESET.kinds))
TOUCHPOINT = (
    "INSERT INTO touchpoint (candidate_id, kind, occurred_at, received_at, local_date, source, external_id, verdict)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
OTHERS = 99
READ = "SELECT candidate_id, kind, occurred_at, local_date, verdict FROM touchpoint ORDER BY candidate_id"
STATE = "UPDATE contact_state SET tau = ? WHERE candidate_id = ?"
CELL = "INSERT INTO cell VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET key = excluded.key"
SCORE = "INSERT INTO engagement_score VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET tau = excluded.tau"


def hits(number: int, candidates: int, seed: int) -> Iterator[Hit]:
    """Visits of some pages each, on days of two years, and now and then an act."""
    rng, made = random.Random(seed), 0
    while made < number:
        who, at = rng.randint(1, candidates), NOW - timedelta(days=1 + rng.random() * DAYS)
        for _ in range(min(rng.choice((1, 2, 3, 5)), number - made)):
            at += timedelta(seconds=rng.randint(5, 300))
            kind = rng.choice(ACTS) if rng.random() < 0.06 else rng.choice(PAGES)
            verdict = "human" if rng.random() < 0.85 else "unknown"
            yield Hit(who, kind, at, "source:1", f"{seed}-{made}", verdict=verdict)
            made += 1


def row(hit: Hit) -> dict[str, object]:
    day = hit.occurred_at.astimezone(ZONE).date()
    facts = {
        name: value for name, value in hit._asdict().items() if name not in ("payload", "recorded_by_id", "vacancy")
    }
    return facts | {"received_at": hit.occurred_at, "local_date": day}


def fill(rows: int) -> None:
    """The same candidates and touchpoints each time, counted under the preset."""
    owner, rng = make_people().sanne, random.Random(1)
    touchpoint_kind.install_preset()
    ids = range(1, 1 + rows // PER_CANDIDATE)
    bulk(Candidate, [pool.candidate(one, [owner], {owner.id: None}, rng) for one in ids])
    bulk(ContactState, [pool.state(one, rng) | {"tau": None, "owner_id": owner.id} for one in ids])
    bulk(Touchpoint, [row(hit) for hit in hits(rows, len(ids), seed=1)])
    own = rules.live_for_writing(NOW)
    recount.count(own, Part(0, len(ids)))
    tau = select(SCORES.c.tau).where(SCORES.c.candidate_id == ContactState.candidate_id).scalar_subquery()
    db.session.execute(update(ContactState).values(tau=tau))


@contextmanager
def database(rows: int) -> Iterator[Flask]:
    """A filled database of its own, made once and copied for every run; beside it one for the floor."""
    folder = made(f"score-{rows}", lambda: filled(rows))
    with copied(folder) as app:
        own = Path(str(db.engine.url.database))
        shutil.copy(folder / own.name, own.with_name("floor.sqlite"))
        yield app


def filled(rows: int) -> None:
    fill(rows)
    db.session.execute(text("ANALYZE"))


class Floor:
    """The same database in the hands of the driver alone."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")

    def bare(self, given: Sequence[Hit]) -> None:
        """A touchpoint is inserted, a score is updated."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany(TOUCHPOINT, [touchpoint(hit) for hit in given])
        self.connection.executemany(STATE, [(hit.occurred_at.timestamp(), hit.candidate_id) for hit in given])
        self.connection.execute("COMMIT")

    def same(self, given: Sequence[Hit]) -> None:
        """All rows that we write: the touchpoint, its cell, the score and its copy."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany(TOUCHPOINT, [touchpoint(hit) for hit in given])
        for hit in given:
            key, day = hit.occurred_at.timestamp(), hit.occurred_at.date().isoformat()
            self.connection.execute(CELL, (hit.candidate_id, 1, hit.kind, day, key, 1, 1))
            self.connection.execute(SCORE, (hit.candidate_id, 1, key))
            self.connection.execute(STATE, (key, hit.candidate_id))
        self.connection.execute("COMMIT")


def touchpoint(hit: Hit) -> tuple[object, ...]:
    at = hit.occurred_at.strftime("%Y-%m-%d %H:%M:%S.%f")
    return hit.candidate_id, hit.kind, at, at, at[:10], hit.source, hit.external_id, hit.verdict


def ours(given: Sequence[Hit]) -> None:
    write()
    take_in_many(given, NOW)
    db.session.commit()


class Cost(NamedTuple):
    """Microseconds a touchpoint: of work, and of waiting."""

    work: float
    wall: float


def cost(done: Callable[[Sequence[Hit]], None], given: Sequence[Hit]) -> Cost:
    work, wall = time.process_time(), time.perf_counter()
    done(given)
    return Cost(
        *((end - begun) * 1e6 / len(given) for end, begun in ((time.process_time(), work), (time.perf_counter(), wall)))
    )


def medians(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def measure(app: Flask, size: int, rounds: int, seed: int) -> dict[str, Cost]:
    """Portions of so many touchpoints, by us and by the driver in turn."""
    floor = Floor(Path(str(db.engine.url.database)).with_name("floor.sqlite"))
    candidates = db.session.scalar(select(func.count()).select_from(Candidate)) or 0
    ways: dict[str, Callable[[Sequence[Hit]], None]] = {
        "ours": ours,
        "insert + update": floor.bare,
        "same rows": floor.same,
    }
    found: dict[str, list[Cost]] = {name: [] for name in ways}
    stream = {name: hits(size * (rounds + 5), candidates, seed + number) for number, name in enumerate(ways)}
    for number in range(rounds + 5):
        for name, way in ways.items():
            spent = cost(way, list(islice(stream[name], size)))
            if number >= 5:
                found[name].append(spent)
    return {name: medians(costs) for name, costs in found.items()}


def report(name: str, found: dict[str, Cost]) -> None:
    own = found["ours"]
    print(f"{name:<34}{own.work:>9.0f} us of work, {own.wall:>6.0f} us in all")
    for floor, spent in list(found.items())[1:]:
        print(f"  against {floor:<24}{spent.work:>9.0f} us{spent.wall:>19.0f} us {own.work / spent.work:>9.2f}x")


class Rebuilt(NamedTuple):
    """Seconds of work and in all, and the taus that came out."""

    work: float
    wall: float
    taus: dict[int, float]


def rebuilt(way: Callable[[], dict[int, float]]) -> Rebuilt:
    work, wall = time.process_time(), time.perf_counter()
    taus = way()
    return Rebuilt(time.process_time() - work, time.perf_counter() - wall, taus)


def ours_anew() -> dict[int, float]:
    """Publish other rules, and count until they are live."""
    write()
    ada = db.session.scalar(select(func.min(Person.id))) or 0
    ruleset_id = publication.publish(OTHER, since=None, note="", by_id=ada, now=NOW).id
    db.session.commit()
    while going_on():
        pass
    return dict(
        db.session.execute(select(SCORES.c.candidate_id, SCORES.c.tau).where(SCORES.c.ruleset_id == ruleset_id)).all()
    )


def going_on() -> bool:
    write()
    progress = publication.advance(NOW)
    db.session.commit()
    return progress is not None


def floor_anew(path: Path) -> Callable[[], dict[int, float]]:
    """Read with the driver, fold in Python, write with the driver, in one transaction that leaves nobody room."""

    def anew() -> dict[int, float]:
        connection, taus = Floor(path).connection, dict[int, float]()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TEMP TABLE other AS SELECT * FROM ruleset")
        connection.execute("UPDATE other SET id = ?, version = ?", (OTHERS, OTHERS))
        connection.execute("INSERT INTO ruleset SELECT * FROM other")
        rows = connection.execute(READ)
        for candidate_id, own in groupby(rows, key=itemgetter(0)):
            given = [
                score.Hit(epoch(at), kind, date.fromisoformat(day), None, verdict) for _, kind, at, day, verdict in own
            ]
            folded = score.fold(given, OTHER, ZONE)
            cells = [(candidate_id, OTHERS, *place, *state, 1) for place, state in folded.cells.items()]
            connection.executemany(CELL, [(*cell[:3], cell[3].isoformat(), *cell[4:]) for cell in cells])
            if folded.tau is not None:
                taus[candidate_id] = folded.tau
        connection.executemany(SCORE, [(who, OTHERS, tau) for who, tau in taus.items()])
        connection.execute("COMMIT")
        return taus

    return anew


def epoch(moment: str) -> float:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()


def b6(quick: bool) -> list[Figure]:
    """What a touchpoint costs one by one, and five hundred at once."""
    found = portions(5_000 if quick else 20_000, 30 if quick else 300)
    return [_beside_the_driver(size, each) for size, each in found.items()]


def _beside_the_driver(size: int, found: dict[str, Cost]) -> Figure:
    own, floor = found["ours"].work, found["insert + update"].work
    return Figure(f"a touchpoint to its score, {size} at once", "us", own, floor, TARGET_B6, of="ratio")


def portions(rows: int, rounds: int) -> dict[int, dict[str, Cost]]:
    """What a touchpoint costs by us and by the driver, by how many come at once."""
    with database(rows) as app:
        print(f"\nB6, {rows:,} touchpoints, load {os.getloadavg()[0]:.1f}, target {TARGET_B6}x")
        found = {
            size: measure(app, size, turns, seed=1_000 + size)
            for size, turns in ((1, rounds), (MOST, max(5, rounds // 20)))
        }
    for size, each in found.items():
        report(f"{size} at once", each)
    return found


def one_by_one(rows: int, rounds: int) -> dict[int, float]:
    """The work of a touchpoint, one by one and five hundred at once."""
    return {size: found["ours"].work for size, found in portions(rows, rounds).items()}


def b8(quick: bool) -> list[Figure]:
    """Every score from its touchpoints, read and written; what a million would take."""
    rows = 5_000 if quick else 200_000
    found = [anew(rows) for _ in range(2 if quick else PARTS)]
    own, floor = (statistics.median(each[at].work for each in found) * 1e6 / rows for at in (0, 1))
    times = tuple(each[0].work * 1e6 / rows for each in found)
    return [
        Figure("scores anew, of a million touchpoints, work", "s", own, target=TARGET_B8_SECONDS, rounds=times),
        Figure("scores anew, beside a replay by the driver", "s", own, floor, TARGET_B8, of="ratio", rounds=times),
    ]


def anew(rows: int) -> tuple[Rebuilt, Rebuilt]:
    """By us and by the driver, which come to the same."""
    with database(rows):
        path = Path(str(db.engine.url.database)).with_name("floor.sqlite")
        own, floor = rebuilt(ours_anew), rebuilt(floor_anew(path))
        cells = db.session.scalar(select(func.count()).select_from(CELLS)) or 0
        worst = max(abs(own.taus.get(who, 0) - tau) for who, tau in floor.taus.items())
        print(f"\nB8, {rows:,} touchpoints in {cells // 2:,} cells, load {os.getloadavg()[0]:.1f}; of a million:")
        for name, spent in (("ours", own), ("floor", floor)):
            work, wall = (seconds * 1_000_000 / rows for seconds in spent[:2])
            print(f"  {name:<6} {work:6.2f} s of work {wall:6.2f} s in all")
        print(f"  {own.work / floor.work:.2f}x; targets {TARGET_B8_SECONDS} s and 2x")
        print(f"  {len(own.taus):,} scores, {len(floor.taus):,} by the floor; they differ by {worst:.4f} s at most")
        assert own.taus.keys() == floor.taus.keys()
        assert worst < 0.01
    return own, floor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rebuild", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=300)
    asked = parser.parse_args()
    small, large = (one_by_one(rows, asked.rounds) for rows in (asked.rows, asked.rows * 10))
    growth = {size: large[size] / small[size] for size in small}
    print("\nB6 at ten times the rows: " + ", ".join(f"{size} at once {ratio:.2f}x" for size, ratio in growth.items()))
    anew(asked.rebuild)


if __name__ == "__main__":
    main()
