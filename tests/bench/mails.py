"""How long ten thousand weekly mails take from plan to mail server, beside rendering them alone: `make bench-mails`.

Every recruiter has three candidates who wait. The mail server is a real one in a process of its own. Rendering alone
writes the same letters from facts that are there already: templates, styles and the message, no database.
"""

import argparse
import cProfile
import multiprocessing
import pstats
import resource
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, insert, select

from app import clock, mail
from app.db import db, write
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.streak import WeekState
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity
from app.domain.notices.outbox import OutboxRow
from app.domain.program.occurrence import weeks
from app.domain.scoring import rules
from jobs import due_letters, outbox, weekly_letters
from tests import make
from tests.bench.figure import Figure
from tests.conftest import make_app
from tests.mailbox import open_mailbox

FRIDAY = datetime(2026, 11, 20, 8, tzinfo=UTC)
BEFORE = FRIDAY.date() - clock.WEEK
EACH, AT_ONCE = 3, 5_000
MOST_SECONDS, MOST_TIMES = 120, 2.0
"""The targets: so many seconds until all are sent, and so many times rendering alone for plan and render."""


def fill(people: int) -> None:
    """So many recruiters, each with three candidates whom nobody has contacted for months."""
    make.agency()
    make.program()
    rules.install_preset(None, make.START)
    facts = {"role": Role.RECRUITER, "language": "nl", "joined_on": make.START.date(), "created_at": make.START}
    _many(Person, [facts | _named(number) | {"password_hash": "x"} for number in range(people)])
    owners = db.session.scalars(select(Person.id).order_by(Person.id)).all()
    at = FRIDAY - timedelta(days=90)
    rows = [_candidate(number, owners[number // EACH], at) for number in range(people * EACH)]
    _many(Candidate, rows)
    ids = db.session.execute(select(Candidate.id, Candidate.owner_id).order_by(Candidate.id)).all()
    _many(ContactState, [{"candidate_id": one, "owner_id": owner} for one, owner in ids])
    _many(Identity, [_phone(one) for one, _ in ids])
    _many(BlockWeek, [_settled(owner, week) for owner in owners for week in weeks(make.START.date(), BEFORE)])
    db.session.commit()


def _named(number: int) -> dict[str, Any]:
    return {"name": f"R{number} Jansen", "sort_name": f"r{number:05}", "email": f"r{number}@voorbeeld.nl"}


def _candidate(number: int, owner_id: int, at: datetime) -> dict[str, Any]:
    name = {"name": f"Aïsha van den Berg {number}", "sort_name": f"a{number:06}"}
    return name | {"owner_id": owner_id, "stage": Stage.NURTURE, "registered_at": at, "updated_at": at}


def _phone(candidate_id: int) -> dict[str, Any]:
    address = f"+316{candidate_id:08}"
    return {"candidate_id": candidate_id, "channel": "phone", "address": address, "added_at": make.START}


def _settled(person_id: int, week: date) -> dict[str, Any]:
    """The job settles each week when it is over."""
    return {"person_id": person_id, "week": week, "state": WeekState.MISSED, "actions": 0, "settled_at": make.START}


def _many(table: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(table), rows[start : start + AT_ONCE])


def serve(told: Connection) -> None:
    """A mail server in a process of its own, which counts."""
    with open_mailbox() as box:
        told.send(box.url)
        told.recv()
        told.send(len(box.letters))


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(name: str, work: Any, *arguments: Any) -> tuple[Any, float, float]:  # noqa: ANN401 - whatever it is
    """What it answers, and how long it took: by the wall, and of this process."""
    wall, own = time.perf_counter(), time.process_time()
    found = work(*arguments)
    wall, own = time.perf_counter() - wall, time.process_time() - own
    print(f"{name:<34}{wall:8.1f} s {own:8.1f} s of processor {megabytes():8.0f} MB")
    return found, wall, own


def facts_of(sample: int) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
    """What the letters of some are rendered from."""
    told: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def note(*arguments: Any, **facts: Any) -> mail.Mail:  # noqa: ANN401 - as the template has them
        told.append((arguments, facts))
        return mail.Mail("", "", "")

    rows = db.session.scalars(select(OutboxRow).order_by(OutboxRow.id).limit(sample)).all()
    people = {f"person:{person.id}": person for person in db.session.scalars(select(Person))}
    sheets = weekly_letters.gather([people[row.recipient] for row in rows], FRIDAY)
    with patch.object(weekly_letters, "render", note):
        for row in rows:
            weekly_letters.compose(row, sheets[people[row.recipient].id], "nl", FRIDAY)
    return told


def render_alone(told: Sequence[tuple[tuple[Any, ...], dict[str, Any]]]) -> None:
    for arguments, facts in told:
        envelope = mail.Envelope("r@voorbeeld.nl", "f@voorbeeld.nl", "<1@x.nl>", "https://voorbeeld.nl/x")
        mail.message(mail.render(*arguments, **facts), envelope, FRIDAY).as_bytes()


def measure(app: Flask, people: int, sample: int) -> list[Figure]:
    """Plan, send, and render a sample alone, before and after, because a machine is not always as fast."""
    _, planned, own_plan = timed("planned", due_letters.reminders, "me", FRIDAY)
    told = facts_of(sample)
    render_alone(told[:20])
    _, alone, before = timed(f"{sample} rendered alone", render_alone, told)
    mine, theirs = multiprocessing.get_context("forkserver").Pipe()
    server = multiprocessing.get_context("forkserver").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    app.config["SETTINGS"].mail_url = mine.recv()
    _, sent, own_sent = timed("composed and sent", outbox.send_due, "me", FRIDAY)
    mine.send("enough")
    arrived = mine.recv()
    server.join()
    _, _, after = timed(f"{sample} rendered alone", render_alone, told)
    states = db.session.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).all()
    times = (own_plan + own_sent) / ((before + after) / 2 * people / sample)
    print(f"{arrived} arrived, { {row[0]: row[1] for row in states} }, alone {alone * people / sample:.1f} s for all")
    print(f"{planned + sent:.1f} s (<= {MOST_SECONDS}), {times:.2f} times rendering alone (<= {MOST_TIMES})")
    own, bare = own_plan + own_sent, (before + after) / 2 * people / sample
    return [
        Figure("weekly mails, work", "s", own, bare, MOST_TIMES, of="ratio"),
        Figure("weekly mails, planned and sent", "s", planned + sent, target=MOST_SECONDS),
        Figure("weekly mails that did not arrive", "", people - arrived, target=0),
        Figure("weekly mails, memory", "MB", megabytes()),
    ]


def b11(quick: bool) -> list[Figure]:
    """The weekly mail of ten thousand."""
    return weekly(200 if quick else 10_000)


def weekly(people: int, profile: cProfile.Profile | None = None) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder), log_level="error")
        with app.app_context(), patch.object(clock, "now", lambda: FRIDAY), profile or nullcontext():
            upgrade()
            write()
            fill(people)
            found = measure(app, people, min(people, max(200, people // 10)))
            db.session.remove()
            db.engine.dispose()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    profile = cProfile.Profile() if asked.profile else None
    found = weekly(asked.people, profile)
    if profile:
        pstats.Stats(profile).sort_stats("cumtime").print_stats(60)
    raise SystemExit(not all(each.met for each in found))


if __name__ == "__main__":
    main()
