"""A program of ten thousand people whose ledger was filled by the million, made once and kept in a folder."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, text

from app.db import db, is_sqlite
from app.domain.agency.agency import Agency
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game import rebuilding, recount, weighing
from app.domain.game.board_start import Board
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.running_total import PERIODS
from app.domain.program.program import the_program
from app.domain.program.season import Span
from tests import make
from tests.bench.kept import FOLDER, made, opened
from tests.cluster import cluster
from tests.conftest import make_app

SEED = 20261122
MONDAY = date(2026, 11, 16)
WEEKS = 26
FIRST = MONDAY - timedelta(weeks=WEEKS - 1)
TEAM_OF = 20
BATCH = 500_000
CACHE_KB = 1_500_000
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""No board of the bench closes."""


class Size(NamedTuple):
    people: int
    rows: int
    candidates: int

    @property
    def name(self) -> str:
        return f"{self.people}-{self.rows}-{self.candidates}"


def fill(size: Size) -> dict[str, float]:
    """Everybody's points of half a year by bulk statements, then the boards from them; the seconds that each took."""
    begun = time.perf_counter()
    _staff(size.people)
    facts = _facts(size)
    _in_bulk()
    indexes = sorted(LedgerEntry.metadata.tables["ledger_entry"].indexes, key=lambda index: str(index.name))
    for index in indexes:
        index.drop(db.session.connection())
    for first in range(1, size.rows + 1, BATCH):
        batch = {"first_row": first, "last_row": min(first + BATCH - 1, size.rows)}
        db.session.execute(text(SERIES_SQLITE if is_sqlite() else SERIES_POSTGRES), facts | batch)
    for index in indexes:
        index.create(db.session.connection())
    filled = time.perf_counter()
    _boards()
    db.session.execute(text("ANALYZE"))
    db.session.commit()
    return {"rows": filled - begun, "boards": time.perf_counter() - filled}


def _in_bulk() -> None:
    """Nothing that is filled has to outlive a crash, or is checked against other tables; sorting has room."""
    db.session.rollback()
    if not is_sqlite():
        db.session.execute(text("SET session_replication_role = replica"))
        db.session.execute(text("SET maintenance_work_mem = '512MB'"))
        db.session.execute(text("SET work_mem = '256MB'"))
        return
    connection = db.engine.raw_connection()
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", f"cache_size = -{CACHE_KB}"):
        connection.cursor().execute(f"PRAGMA {pragma}")
    connection.close()


def _boards() -> None:
    """The boards that are looked at: each one sum over its days, weighed as every board is."""
    program = the_program()
    assert program
    for period in ("week", "month", "all"):
        dates = PERIODS[period](MONDAY)
        rebuilding.put("person", period, recount.sums("person", period, Span(0, dates, NEVER)))
        weighing.weigh_board(Board(program.id, period, dates))


def _staff(people: int) -> None:
    dice = random.Random(SEED)
    agency: Agency = make.agency()
    branches = [make.branch(f"Vestiging {number}") for number in range(max(1, people // 400))]
    teams = [
        {"name": f"Team {n}", "branch_id": branches[n % len(branches)].id} for n in range(max(1, people // TEAM_OF))
    ]
    db.session.execute(insert(Team), teams)
    make.program()
    rows = [
        {
            "name": f"Persoon {dice.randrange(10**6):06d}",
            "sort_name": f"persoon {number:05d}",
            "role": "recruiter",
            "team_id": 1 + number % len(teams),
            "theme": "system",
            "keys_enabled": True,
            "joined_on": FIRST - timedelta(days=400),
            "created_at": agency.created_at,
        }
        for number in range(people)
    ]
    db.session.execute(insert(Person), rows)
    db.session.commit()


def _facts(size: Size) -> dict[str, object]:
    program = the_program()
    first = db.session.scalar(text("SELECT min(id) FROM person"))
    kind = db.session.scalar(text("SELECT min(id) FROM action_kind"))
    return {
        "program": program.id if program else 0,
        "person": first,
        "kind": kind,
        "people": size.people,
        "teams": max(1, size.people // TEAM_OF),
        "candidates": size.candidates,
        "days": WEEKS * 7,
        "first": FIRST,
    }


def _dice(factor: int, sides: str) -> str:
    """A number from nought, as good as random and always the same for a row: squares of what a multiplication left."""
    spread = f"(n * {factor} % 4294967291)"
    return f"(({spread} % 65521) * ({spread} / 65521 + 17) % {sides})"


def _series(numbers: str, when: str, moment: str) -> str:
    """Whose a row is, of which day and for whom has nothing to do with each other."""
    person = _dice(2654435761, ":people")
    return (
        f"{numbers} INSERT INTO ledger_entry (program_id, person_id, team_id, kind, action_kind_id, rule_version,"
        " points, reason, occurred_at, local_date, recorded_at, source, candidate_id, source_kind, source_id, line)"
        f" SELECT :program, :person + {person}, 1 + {person} % :teams, 'earn', :kind, 1,"
        f" 10 * (1 + {_dice(1597334677, '5')}), '', {moment}, {when}, {moment}, 'page',"
        f" 1 + {_dice(3812015801, ':candidates')}, 'action', n, 0 FROM series"
    )


DAY = _dice(2246822519, ":days")
SERIES_SQLITE = _series(
    "WITH RECURSIVE series(n) AS (SELECT :first_row UNION ALL SELECT n + 1 FROM series WHERE n < :last_row)",
    f"date(:first, {DAY} || ' days')",
    f"date(:first, {DAY} || ' days') || ' 10:00:00.000000'",
)
SERIES_POSTGRES = _series(
    "WITH series AS (SELECT generate_series(CAST(:first_row AS BIGINT), CAST(:last_row AS BIGINT)) AS n)",
    f"CAST(:first AS DATE) + CAST({DAY} AS INTEGER)",
    f"CAST(CAST(:first AS DATE) + CAST({DAY} AS INTEGER) AS TIMESTAMP) AT TIME ZONE 'UTC'",
)


@contextmanager
def on_sqlite(size: Size, kept: Path = FOLDER) -> Iterator[Flask]:
    """The program on SQLite, of the size asked for; made when it is not in the folder yet, or of older tables."""
    with opened(made_of(size, kept)) as app:
        yield app


def made_of(size: Size, kept: Path = FOLDER) -> Path:
    """The folder of the program; it is not to be written to."""
    return made(f"board-{size.name}", lambda: _say(size, fill(size)), kept)


@contextmanager
def on_postgres(size: Size, kept: Path = FOLDER) -> Iterator[Flask]:
    """The same on a PostgreSQL server of its own, made anew every time."""
    with cluster() as url:
        app = make_app(kept / "postgres", url)
        with app.app_context():
            upgrade()
            _say(size, fill(size))
        yield app


def _say(size: Size, seconds: dict[str, float]) -> None:
    parts = ", ".join(f"{name} {each:.1f} s" for name, each in seconds.items())
    print(f"  made {size.rows:,} ledger rows of {size.people:,} people: {parts}")
