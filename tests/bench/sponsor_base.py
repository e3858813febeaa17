"""A year of an agency of 300 recruiters: 100,000 candidates, 2,000,000 actions, made once and kept in a folder."""

import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Table, insert, select, text

from app.config import ROOT
from app.db import db, is_sqlite
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.stage_move import StageMove
from app.domain.journey import touchpoint_kind
from app.domain.journey.feedback import Feedback
from app.domain.journey.touchpoint import Touchpoint
from app.domain.program.action_kind import ActionKind
from jobs import figures
from tests import make
from tests.cluster import cluster
from tests.conftest import make_app

SEED = 20261122
FOLDER = Path(tempfile.gettempdir()) / "fanfare-bench-sponsor"
NOW = datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
FIRST = NOW - timedelta(days=365)
TEAMS, BRANCHES, CHUNK, WEEKS = 15, 5, 5_000, 52
OUTCOMES = ("spoke", "message_sent", "no_answer", "appointment", "later", "replied")
STAGES = [str(stage) for stage in Stage]
Rows = Iterator[dict[str, Any]]


class Size(NamedTuple):
    people: int
    candidates: int
    actions: int

    @property
    def name(self) -> str:
        return f"{self.people}-{self.candidates}-{self.actions}"


def fill(size: Size) -> None:
    """Everything by bulk statements, then the figures of days as the job counts them."""
    dice, begun = random.Random(SEED), time.perf_counter()
    _staff(size)
    touchpoint_kind.install_preset()
    kinds = [
        row for row in db.session.scalars(select(ActionKind).order_by(ActionKind.id)) if row.code == "conversation"
    ]
    _put(Candidate, _candidates(size, dice))
    _put(EngagementAction, _actions(size, dice, kinds[0].id))
    _put(StageMove, _moves(size, dice))
    _put(Touchpoint, _touchpoints(size, dice))
    db.session.execute(text(STATES))
    _put(Feedback, _answers(size, dice))
    _put(BlockWeek, _weeks(size, dice))
    db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()
    print(f"  made {size.actions:,} actions in {time.perf_counter() - begun:.0f} s")
    count()


def count() -> None:
    """As many runs of the job as it takes to count the year, and what a run costs then."""
    begun, runs = time.process_time(), 1
    while figures.keep_up("bench", NOW) > 0:
        runs += 1
    print(f"  the job counted the year in {runs} runs, {time.process_time() - begun:.1f} s of processor time")


def _put(table: type[Any], rows: Rows) -> None:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            db.session.connection().execute(insert(cast("Table", table.__table__)), chunk)
            chunk = []
    if chunk:
        db.session.connection().execute(insert(cast("Table", table.__table__)), chunk)


def _staff(size: Size) -> None:
    make.agency()
    branches = [make.branch(f"Vestiging {number}") for number in range(BRANCHES)]
    db.session.execute(
        insert(Team), [{"name": f"Team {n}", "branch_id": branches[n % BRANCHES].id} for n in range(TEAMS)]
    )
    ines = make.person("Ines Visser", Role.SPONSOR)
    make.program(sponsor=ines).started_on = FIRST.date()
    _put(Person, (_person(number) for number in range(size.people)))
    db.session.commit()


def _person(number: int) -> dict[str, Any]:
    return {
        "name": f"Persoon {number}",
        "sort_name": f"persoon {number:05d}",
        "role": "recruiter",
        "team_id": 1 + number % TEAMS,
        "theme": "system",
        "keys_enabled": True,
        "joined_on": date(2025, 1, 1),
        "created_at": FIRST,
    }


def _some_time(dice: random.Random) -> datetime:
    """In the hours of work of a day of the year."""
    return FIRST + timedelta(days=dice.randrange(365), minutes=dice.randrange(-300, 240))


def _candidates(size: Size, dice: random.Random) -> Rows:
    for one in range(1, size.candidates + 1):
        at, name = _some_time(dice), f"Kandidaat {one:06d}"
        yield {"id": one, "name": name, "sort_name": name.lower(), "stage": dice.choice(STAGES), "registered_at": at,
               "owner_id": 2 + one % size.people if one % 20 else None, "updated_at": at, "retention": "registered",
               "referred_by_id": one - 1 if one % 50 == 1 and one > 1 else None}  # fmt: skip


def _actions(size: Size, dice: random.Random, kind_id: int) -> Rows:
    for number in range(size.actions):
        at = _some_time(dice)
        who, whom = 2 + dice.randrange(size.people), 1 + dice.randrange(size.candidates)
        yield {"person_id": who, "candidate_id": whom, "kind_id": kind_id, "outcome": OUTCOMES[number % 6],
               "occurred_at": at, "local_date": at.date(), "recorded_at": at, "source": "page", "points": 10,
               "undone_at": at if number % 50 == 0 else None}  # fmt: skip


def _moves(size: Size, dice: random.Random) -> Rows:
    for one in range(1, size.candidates + 1):
        came, at = None, _some_time(dice)
        for to in STAGES[: 1 + one % 5]:
            yield {"candidate_id": one, "from_stage": came, "to_stage": to, "moved_at": min(at, NOW), "reason": ""}
            came, at = to, at + timedelta(days=dice.randrange(1, 60))


def _touchpoints(size: Size, dice: random.Random) -> Rows:
    for number in range(size.candidates * 10):
        at = _some_time(dice)
        kind = "form" if number % 4 == 0 else "site_visit"
        yield {"candidate_id": 1 + dice.randrange(size.candidates), "kind": kind, "occurred_at": at, "received_at": at,
               "local_date": at.date(), "source": "bench", "external_id": str(number), "verdict": "human"}  # fmt: skip


def _answers(size: Size, dice: random.Random) -> Rows:
    for number in range(size.candidates // 5):
        at = _some_time(dice)
        yield {"candidate_id": 1 + number, "stage": "engage", "at_the_end": False, "question": "clear", "asked_at": at,
               "lapses_at": at, "answered_at": at, "score": dice.randrange(1, 6), "said": "",
               "team_id": 1 + dice.randrange(TEAMS)}  # fmt: skip


def _weeks(size: Size, dice: random.Random) -> Rows:
    monday = NOW.date() - timedelta(days=NOW.weekday())
    for person in range(size.people):
        for back in range(1, WEEKS + 1):
            state = "kept" if dice.random() < 0.7 else "missed"
            yield {"person_id": 2 + person, "week": monday - timedelta(weeks=back), "state": state, "actions": 5,
                   "settled_at": NOW}  # fmt: skip


STATES = """
INSERT INTO contact_state (candidate_id, owner_id, last_two_way_at, last_attempt_at, last_inbound_at, attempts, answers,
  last_attempt_answered)
SELECT candidate.id, owner_id, spoke, tried, CASE WHEN candidate.id % 20 = 0 THEN wrote END, 0, 0, FALSE
FROM candidate LEFT JOIN (
  SELECT candidate_id, max(CASE WHEN outcome IN ('spoke', 'appointment') THEN occurred_at END) spoke,
  max(occurred_at) tried FROM engagement_action WHERE undone_at IS NULL GROUP BY candidate_id
) contacts ON contacts.candidate_id = candidate.id LEFT JOIN (
  SELECT candidate_id, max(occurred_at) wrote FROM touchpoint WHERE kind = 'form' GROUP BY candidate_id
) forms ON forms.candidate_id = candidate.id
"""
"""Of one candidate in twenty it is kept when they wrote: some hundreds wait for our word, not a tenth of the pool."""


@contextmanager
def on_sqlite(size: Size, kept: Path = FOLDER) -> Iterator[Flask]:
    """The agency on SQLite; made when it is not in the folder yet, or of older tables."""
    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    folder = kept / f"{size.name}-{head}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    app = make_app(folder)
    with app.app_context():
        if not (folder / "made").exists():
            upgrade()
            _in_bulk()
            fill(size)
            (folder / "made").touch()
        db.session.remove()
    yield app


def _in_bulk() -> None:
    """Nothing that is filled is checked against other tables."""
    db.session.rollback()
    if is_sqlite():
        connection = db.engine.raw_connection()
        connection.cursor().execute("PRAGMA foreign_keys = OFF")
        connection.close()
    else:
        db.session.execute(text("SET session_replication_role = replica"))


@contextmanager
def on_postgres(size: Size, kept: Path = FOLDER) -> Iterator[Flask]:
    """The same on a PostgreSQL server of its own, made anew every time."""
    with cluster() as url:
        app = make_app(kept / "postgres", url)
        with app.app_context():
            upgrade()
            fill(size)
            db.session.remove()
        yield app
