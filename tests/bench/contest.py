"""What the page of a competition asks of the ledger, with sixty and with five thousand people: `make bench-contest`."""

import argparse
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import insert

from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.game.competing import pairing, ranking, scoreboard
from app.domain.game.competing.competition import Format
from app.domain.game.competing.life import IN_PAIRS
from app.domain.game.ledger_entry import LedgerEntry
from tests import page
from tests.conftest import make_app
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, FRIDAY, MONDAY, Arena

ROWS, OTHER_WEEKS, AT_ONCE = 40, 1, 5_000
DAY = timedelta(days=1)
MOST = 10_000
TIMES = 5


def people(number: int, team_id: int) -> list[int]:
    """So many recruiters of one team."""
    facts = {"role": Role.RECRUITER, "team_id": team_id, "joined_on": MONDAY - 400 * DAY, "created_at": BEFORE}
    rows = [Person(name=f"R{each}", sort_name=f"r{each:05}", **facts) for each in range(number)]  # type: ignore[arg-type] # each is of its own type
    db.session.add_all(rows)
    db.session.flush()
    return [row.id for row in rows]


def earned(here: Arena, who: list[int]) -> int:
    """So many rows for everybody in the week of the competition, and in each of the weeks before it."""
    facts: dict[str, Any] = {
        "program_id": here.scene.program_id,
        "team_id": None,
        "kind": "earn",
        "rule_version": 1,
        "reason": "",
    }
    facts |= {"action_kind_id": here.scene.kind_id, "occurred_at": BEFORE, "recorded_at": BEFORE, "source": "page"}
    facts |= {"source_kind": "action", "nth": None, "reverses_id": None, "idempotency_key": None, "line": 0}
    rows = []
    for number in range(len(who) * ROWS * (1 + OTHER_WEEKS)):
        person_id, at = who[number % len(who)], number // len(who)
        on = MONDAY + (at % 5) * DAY - 7 * (at // ROWS) * DAY
        own = {"person_id": person_id, "actor_id": person_id, "candidate_id": at, "source_id": number, "local_date": on}
        rows.append(facts | own | {"points": 10 + (number * 7) % 50})
    for start in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(LedgerEntry), rows[start : start + AT_ONCE])
    return len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[60, 5_000])
    for number in parser.parse_args().people:
        with tempfile.TemporaryDirectory() as folder:
            app = make_app(Path(folder))
            with app.app_context():
                upgrade()
                here = arena.start()
                rows = earned(here, people(number, here.scene.team_id))
                db.session.commit()
                print(f"{number} people, {rows} rows in the ledger")
                for format_ in Format:
                    _measure(here, format_)
                db.engine.dispose()


def _measure(here: Arena, format_: Format) -> None:
    last = FRIDAY + 7 * DAY if format_ == Format.BRACKET else FRIDAY
    row = here.publish(format_, goal=MOST, step=10, last=last)
    pairing.seat(row)
    db.session.commit()
    look = ranking.ranked if format_ in IN_PAIRS else scoreboard.stand
    took = []
    for _ in range(TIMES):
        db.session.expire_all()
        began = time.process_time()
        with page.counted() as statements:
            look(row)
        took.append(time.process_time() - began)
    print(f"  {format_:<13} {1000 * min(took):8.1f} ms of processor, {len(statements)} statements")
    row.cancelled_at = BEFORE
    db.session.commit()


if __name__ == "__main__":
    main()
