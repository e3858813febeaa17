"""How long a dry run takes on a real desk's autumn, for every format: `make bench-dry-run`.

FANFARE_DATA is the folder with the data; without them it says so. What was phoned is in the ledger by the product's own
award rules, and the competition is held in the eight weeks before the end of the season.
"""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from flask_migrate import upgrade
from sqlalchemy import func, insert, select

from app import clock
from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.game import rebuilding
from app.domain.game.competing import draft
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import Plan, PrizePlan
from app.domain.game.competing.dry_run import DryRun, dry_run
from app.domain.game.competing.mixing import spread
from app.domain.game.ledger_entry import EARN, LedgerEntry
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import the_program
from tests import make, page
from tests.bench import season_replay
from tests.bench.season_replay import SEASON, Call
from tests.conftest import make_app

DATA = Path(os.environ.get("FANFARE_DATA", "../shared/data"))
WEEKS = (1, 2, 4)
TOTAL = 500_00
GOALS = {Format.TEAM_GOAL: 25_000, Format.THRESHOLD: 400, Format.FIRST: 800}
MOST_SECONDS = 5
LONGEST_BACK = 400


class Figure(NamedTuple):
    """A dry run of one format and length: how often it was held, and what it took."""

    format: Format
    weeks: int
    runs: int
    winners: int
    seconds: float
    statements: int


def fill(calls: Sequence[Call]) -> int:
    """The desk's people and what they earned; returns how many rows the ledger has."""
    make.agency()
    team = make.team("Nabellen", make.branch("Bureau"))
    make.program()
    first = SEASON.start - LONGEST_BACK * clock.DAY
    ids = {who: make.person(f"{who} Beller", Role.RECRUITER, team=team).id for who in sorted({c.who for c in calls})}
    db.session.query(Person).update({"joined_on": first})
    db.session.execute(insert(LedgerEntry), _rows(calls, ids, team.id))
    rebuilding.rebuild()
    db.session.commit()
    return db.session.scalar(select(func.count()).select_from(LedgerEntry)) or 0


def _rows(calls: Sequence[Call], ids: dict[str, int], team_id: int) -> list[dict[str, object]]:
    program = the_program()
    kind = db.session.scalar(select(func.min(ActionKind.id)))
    candidates = {each: number for number, each in enumerate(sorted({call.candidate for call in calls}), 1)}
    return [
        {
            "program_id": program.id if program else 0,
            "person_id": ids[call.who],
            "team_id": team_id,
            "kind": EARN,
            "action_kind_id": kind,
            "rule_version": 1,
            "points": points,
            "reason": "",
            "occurred_at": call.at,
            "local_date": call.day,
            "recorded_at": call.at,
            "source": "page",
            "candidate_id": candidates[call.candidate],
            "source_kind": "action",
            "source_id": number,
            "line": 0,
            "actor_id": ids[call.who],
        }
        for number, (call, points) in enumerate(season_replay.awarded(calls), 1)
    ]


def figures(today: date, weeks: Sequence[int] = WEEKS) -> list[Figure]:
    """Every format in every length in which it can be."""
    lengths = [(each, number) for each in Format for number in weeks if number > 1 or each != Format.BRACKET]
    return [_timed(_draft(format_, number, today), number, today) for format_, number in lengths]


def _draft(format_: Format, weeks: int, today: date) -> Competition:
    program = the_program()
    sponsor = db.session.scalars(select(Person).limit(1)).one()
    first = clock.week_of(today).end
    prizes = [PrizePlan(each.kind, "Bon", each.cents, each.place, each.number) for each in spread(TOTAL, format_)]
    goal = GOALS.get(format_, 0) * weeks
    last = first + weeks * clock.WEEK - 3 * clock.DAY
    plan = Plan("Herfst", format_, first, last, goal=goal, step=100, prizes=prizes)
    now = datetime(2012, 1, 1, tzinfo=UTC)
    return draft.make(program.id if program else 0, plan, by=sponsor, now=now)


def _timed(row: Competition, weeks: int, today: date) -> Figure:
    begun = time.perf_counter()
    with page.counted() as statements:
        found: DryRun = dry_run(row, today)
    seconds = time.perf_counter() - begun
    winners = len(found.winners)
    return Figure(Format(row.format), weeks, len(found.runs), winners, seconds, len(statements))


def told(found: Sequence[Figure]) -> str:
    """The figures as lines of a table, and the slowest against the target."""
    lines = [f"{'format':<14} weeks runs winners seconds statements"]
    lines += [
        f"{each.format:<14} {each.weeks:>5} {each.runs:>4} {each.winners:>7} {each.seconds:>7.2f} {each.statements:>10}"
        for each in found
    ]
    slowest = max(each.seconds for each in found)
    return "\n".join([*lines, f"slowest {slowest:.2f} s: {'ok' if slowest <= MOST_SECONDS else 'MISSED'}"])


def main() -> int:
    if not (DATA / "followup_desk" / "actions.csv.gz").exists():
        print(f"no data at {DATA}: nothing was tried")
        return 0
    calls = season_replay.calls(DATA / "followup_desk")
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder))
        with app.app_context():
            upgrade()
            rows = fill(calls)
            print(f"{rows:,} rows of {len({call.who for call in calls})} people, the weeks before {SEASON.end}")
            found = figures(SEASON.end)
            print(told(found))
            db.session.remove()
            db.engine.dispose()
    return int(max(each.seconds for each in found) > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
