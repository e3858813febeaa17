"""How long the lab takes to replay two million actions under drafted points: `make bench-lab`.

A year of 300 recruiters is logged by the product's own award rules into a database that is kept for the next time. Then
the points of that year are replayed as they were, where nothing may come out otherwise, and under a draft.
"""

import argparse
import random
import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy import insert, text

from app.clock import Period
from app.db import db
from app.domain.actions.replayed import Caps, Happened
from app.domain.agency.person import Person
from app.domain.game import rebuilding, recount, weighing
from app.domain.game.board_start import Board
from app.domain.game.running_total import PERIODS
from app.domain.lab import past_week, points_run
from app.domain.program.program import the_program
from app.domain.program.season import Span
from tests import make
from tests.bench.board_base import NEVER
from tests.bench.kept import made, opened

MOST_SECONDS = 60
MONDAY, WEEKS = date(2025, 11, 17), 53
UNTIL = MONDAY + timedelta(weeks=WEEKS)
PEOPLE, CANDIDATES = 300, 100_000
KINDS = ("attempt", "message", "conversation", "status_update", "inbound", "preference", "appointment", "event")
OFTEN = (34, 24, 22, 8, 5, 3, 3, 1)
DRAFT = {"attempt": 5, "conversation": 40, "status_update": 40, "preference": 30}
BATCH = 50_000
ACTION = (
    "INSERT INTO engagement_action (id, person_id, candidate_id, kind_id, outcome, occurred_at, local_date,"
    " recorded_at, source, points, award_reason) VALUES (?, ?, ?, ?, 'done', ?, ?, ?, 'page', ?, ?)"
)
ENTRY = (
    "INSERT INTO ledger_entry (program_id, person_id, team_id, kind, action_kind_id, rule_version, points, reason,"
    " occurred_at, local_date, recorded_at, source, candidate_id, source_kind, source_id, line)"
    " VALUES (?, ?, ?, 'earn', ?, 1, ?, ?, ?, ?, ?, 'page', ?, 'action', ?, 0)"
)
Kind = tuple[int, int, Any]


def kinds() -> dict[str, Kind]:
    """Of each kind its number, what it is worth, and which places it takes."""
    rows = db.session.execute(
        text("SELECT code, k.id, points, place_class FROM action_kind k JOIN action_rule r ON r.kind_id = k.id")
    )
    return {code: (kind_id, points, places) for code, kind_id, points, places in rows}


def stream(rows: int, known: Mapping[str, Kind], first_person: int) -> Iterator[Happened]:
    """What was logged, day after day; weekdays alone."""
    dice, days = random.Random(20261122), [d for d in range(WEEKS * 7) if (MONDAY + timedelta(days=d)).weekday() < 5]
    chosen = dice.choices(KINDS, OFTEN, k=rows)
    for number, code in enumerate(chosen):
        day = MONDAY + timedelta(days=days[number * len(days) // rows])
        kind_id, worth, places = known[code]
        who, whom = first_person + dice.randrange(PEOPLE), 1 + dice.randrange(CANDIDATES)
        monday = day - timedelta(days=day.weekday())
        yield Happened(number + 1, who, whom, kind_id, day, monday, worth, places)


def fill(rows: int) -> None:
    """The year, by bulk statements; whoever may not be earned twice is decided as it is when people log."""
    program, first = _agency()
    caps, monday, past = Caps(), MONDAY, stream(rows, kinds(), first)
    db.session.rollback()
    connection = db.engine.raw_connection()
    cursor = connection.cursor()
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
        cursor.execute(f"PRAGMA {pragma}")
    while batch := list(islice(past, BATCH)):
        actions, entries = [], []
        for one in batch:
            if one.week != monday:
                caps, monday = Caps(), one.week
            given, day = caps.decide(one), one.day.isoformat()
            at = f"{day} 12:00:00.000000"
            what = one.action_id, one.person_id, one.candidate_id, one.kind_id
            actions.append((*what, at, day, at, given.points, given.reason))
            team, reason = 1 + one.person_id % 15, given.reason or ""
            where = program, one.person_id, team, one.kind_id, given.points, reason, at, day, at
            entries.append((*where, one.candidate_id, one.action_id))
        cursor.executemany(ACTION, actions)
        cursor.executemany(ENTRY, entries)
    connection.commit()
    connection.close()


def _agency() -> tuple[int, int]:
    make.agency()
    branch = make.branch("Noord")
    teams = [make.team(f"Team {number}", branch).id for number in range(15)]
    program = make.program().id
    row = {"role": "recruiter", "theme": "system", "keys_enabled": True, "joined_on": MONDAY, "created_at": make.START}
    people = [
        row | {"name": f"P{number}", "sort_name": f"p{number}", "team_id": teams[number % 15]}
        for number in range(PEOPLE)
    ]
    db.session.execute(insert(Person), people)
    first = db.session.scalar(text("SELECT min(id) FROM person")) or 1
    db.session.commit()
    return program, first


def boards(program_id: int) -> None:
    """The boards of all weeks and months, as the product keeps them."""
    for period in ("week", "month"):
        day = MONDAY
        while day < UNTIL:
            dates = PERIODS[period](day)
            day = dates.end
            rebuilding.put("person", period, recount.sums("person", period, Span(0, dates, NEVER)))
            weighing.weigh_board(Board(program_id, period, dates))
    db.session.execute(text("ANALYZE"))
    db.session.commit()


@contextmanager
def on_sqlite(rows: int) -> Iterator[Flask]:
    """The year on SQLite; made when it is not kept yet, or of older tables."""

    def year() -> None:
        fill(rows)
        program = the_program()
        boards(program.id if program else 0)

    with opened(made(f"lab-{rows}", year)) as app:
        yield app


def replayed(points: Mapping[str, int]) -> tuple[dict[str, Any], float, float]:
    """What a draft gives, and the seconds and processor seconds that it took."""
    program, known = the_program(), kinds()
    draft = {known[code][0]: worth for code, worth in points.items()}
    wall, busy = time.perf_counter(), time.process_time()
    for step in points_run.run(program.id if program else 0, draft, Period(MONDAY, UNTIL), UNTIL):
        print(f"\r  {step.share:4.0%}", end="", flush=True)
    print("\r", end="")
    return step.result or {}, time.perf_counter() - wall, time.process_time() - busy


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=2_000_000)
    rows: int = options.parse_args().rows
    with on_sqlite(rows):
        was, wall, _ = replayed({})
        print(f"as it was: {was['actions']:,} actions in {wall:.1f} s, {was['otherwise']} decided otherwise")
        then, wall, busy = replayed(DRAFT)
        weeks = len(past_week.weeks(Period(MONDAY, UNTIL)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"under a draft: {wall:.1f} s ({busy:.1f} s of the processor, {MOST_SECONDS} s allowed) in {weeks} weeks,"
        f" {memory:.0f} MB; coins {then['coins'][0]:,} -> {then['coins'][1]:,}"
    )
    return int(was["otherwise"] > 0 or was["coins"][0] != was["coins"][1] or wall > MOST_SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
