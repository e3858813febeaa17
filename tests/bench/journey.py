"""How quickly the journey map of a large pool is drawn, on both engines: `make bench-journey`."""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Table, create_engine, insert, select, text
from sqlalchemy.engine import make_url

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.stage_move import StageMove
from app.domain.candidates.wanted import Wanted
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Touchpoint
from app.domain.oversight import journey_map
from app.domain.oversight.journey_scope import Span, scope_of
from app.domain.program.action_kind import ActionKind
from tests import make
from tests.cluster import cluster
from tests.conftest import make_app
from tests.people import make_people

NOW = make.START + timedelta(days=364)
KINDS = ("site_visit", "job_view", "mail_click", "mail_open", "form", "application_started")
A_YEAR = 365 * 24 * 60
SEED = 20261119
LIMIT_MS = 500
FIRST_STAGES = tuple(Stage)[:4]


def rows_of(table: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == 5000:
            db.session.connection().execute(insert(cast("Table", table.__table__)), chunk)
            chunk = []
    if chunk:
        db.session.connection().execute(insert(cast("Table", table.__table__)), chunk)


def some_time(rng: random.Random) -> datetime:
    return NOW - timedelta(minutes=rng.randrange(A_YEAR))


def candidates(size: int) -> Iterator[dict[str, Any]]:
    for one in range(1, size + 1):
        name = f"Kandidaat {one}"
        yield {"id": one, "name": name, "sort_name": name, "stage": FIRST_STAGES[one % 4], "region": "Zwolle",
               "role_sought": "Lasser" if one % 9 == 0 else "Kok", "registered_at": make.START,
               "updated_at": make.START, "retention": "registered"}  # fmt: skip


def moves(size: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Everybody came in, and most went on once or twice."""
    for one in range(1, size + 1):
        at, came_from = some_time(rng), None
        for stage in FIRST_STAGES[: one % 4 + 1]:
            yield {"candidate_id": one, "from_stage": came_from, "to_stage": stage, "moved_at": min(at, NOW),
                   "reason": ""}  # fmt: skip
            at, came_from = at + timedelta(days=rng.randrange(1, 60)), stage


def touchpoints(size: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(size * 15):
        at = some_time(rng)
        yield {"candidate_id": rng.randrange(1, size + 1), "kind": rng.choice(KINDS), "occurred_at": at,
               "received_at": at, "local_date": at.date(), "source": "bench", "external_id": str(number),
               "verdict": "human"}  # fmt: skip


def actions(size: int, rng: random.Random, person_id: int, kinds: list[int]) -> Iterator[dict[str, Any]]:
    for number in range(size * 2):
        at = some_time(rng)
        yield {"candidate_id": rng.randrange(1, size + 1), "kind_id": rng.choice(kinds), "person_id": person_id,
               "outcome": "spoke", "occurred_at": at, "recorded_at": at, "local_date": at.date(), "source": "import",
               "points": 0, "external_id": str(number)}  # fmt: skip


def fill(size: int) -> None:
    rng, people = random.Random(SEED), make_people()
    touchpoint_kind.install_preset()
    kinds = list(db.session.scalars(select(ActionKind.id).order_by(ActionKind.id)))
    rows_of(Candidate, candidates(size))
    rows_of(ContactState, ({"candidate_id": one, "attempts": 0, "answers": 0} for one in range(1, size + 1)))
    rows_of(StageMove, moves(size, rng))
    rows_of(Touchpoint, touchpoints(size, rng))
    rows_of(EngagementAction, actions(size, rng, people.sanne.id, kinds))
    db.session.commit()
    db.session.connection().execute(text("ANALYZE"))
    db.session.commit()


def measure(rounds: int) -> bool:
    """One line for each period, and for a part of the pool; whether the median of the shortest is within the limit."""
    ines = db.session.scalars(select(Person).where(Person.name == "Ines Visser")).one()
    medians = []
    for name, span, role in [*((span.name.lower(), span, "") for span in Span), ("month, one role", Span.MONTH, "las")]:
        taken = []
        for _ in range(rounds):
            db.session.rollback()
            start = time.perf_counter()
            journey_map.draw(scope_of(ines, span, Wanted(), role, NOW))
            taken.append((time.perf_counter() - start) * 1000)
        medians.append(statistics.median(taken))
        print(f"  {name:16} p50 {medians[-1]:7.0f} ms   slowest {max(taken):7.0f} ms")
    return medians[0] <= LIMIT_MS


@contextmanager
def on(engine: str) -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            yield make_app(Path(folder))
            return
        with cluster() as server:
            admin = create_engine(server, isolation_level="AUTOCOMMIT")
            with admin.connect() as connection:
                connection.execute(text("CREATE DATABASE bench"))
            admin.dispose()
            yield make_app(Path(folder), make_url(server).set(database="bench").render_as_string(hide_password=False))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    options = asked.parse_args()
    quick = []
    for engine in options.engines:
        with on(engine) as app, app.app_context():
            upgrade()
            fill(options.size)
            print(f"{engine}: {options.size:,} candidates, {options.size * 15:,} touchpoints")
            quick.append(measure(options.rounds))
            db.session.remove()
            db.engine.dispose()
    raise SystemExit(0 if all(quick) else 1)


if __name__ == "__main__":
    main()
