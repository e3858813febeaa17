"""Whether every total, board, page and file still says what the ledger says: suites in which people log end with it.

The ledger is added up here once more, row by row and without a query of the product's own, and held against what
people see: `flask board`, the page behind a total, the file of a day's actions, and the other places where totals are
shown (tests/torture/surfaces.py).
"""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.cli.doctor import CHECKS
from app.db import db
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person, Role
from app.domain.game.history import board_at
from app.domain.game.ledger_entry import BONUS, EARN, PROOF, LedgerEntry
from app.domain.game.running_total import PERIODS
from app.domain.program.program import the_program
from tests.people import Browser
from tests.torture import surfaces

OURS = frozenset({"standings", "coins", "budget", "scores", "streaks", "figures"})
"""What the doctor finds in rows alone; the others are about the machine."""
SEEN, DAYS = 8, 3
"""So many people's pages, and the files of so many days."""
KEPT = ("week", "month", "all")
TOTAL = re.compile(r'<tfoot>.*?<span class="points[^>]*>([-\u2212]?[\d.]+)', re.DOTALL)
Sums = dict[tuple[str, date], Counter[int]]


def differences(app: Flask) -> list[str]:
    """What is not as the ledger says; empty when all is well."""
    found = list(_unwell(app))
    with app.app_context():
        if the_program() is None:
            return found
        sums, seen = _sums(), _people()
        found += _boards(sums)
        db.session.remove()
    found += [fault for person in seen for fault in _page(app, person, sums)]
    return found + list(_files(app)) + list(surfaces.differences(app, seen, _of_today(app, sums, seen)))


def _of_today(app: Flask, sums: Sums, people: Sequence[Person]) -> dict[tuple[str, int], int]:
    """Each one's points in the periods that are not over."""
    today = _today(app)
    found = {period: sums.get((period, PERIODS[period](today).start), Counter()) for period in surfaces.PERIODS}
    return {(period, person.id): points[person.id] for period, points in found.items() for person in people}


def _unwell(app: Flask) -> Iterator[str]:
    with app.app_context():
        for check in CHECKS:
            if check.name in OURS:
                yield from (f"{check.name}: {problem}" for problem in check.problems(clock.now()))
        db.session.remove()


def _sums() -> Sums:
    """The points of each person in each week and month that has rows."""
    found: Sums = defaultdict(Counter)
    columns = LedgerEntry.person_id, LedgerEntry.local_date, LedgerEntry.points
    for person_id, on, points in db.session.execute(select(*columns).execution_options(yield_per=5000)):
        if person_id is not None:
            for period in KEPT:
                found[period, PERIODS[period](on).start][person_id] += points
    return found


def _boards(sums: Sums) -> Iterator[str]:
    """What `flask board` tells of each period that is not over."""
    program, agency, now = the_program(), the_agency(), clock.now()
    assert program
    assert agency
    for period in KEPT:
        start = PERIODS[period](clock.local_day(now, agency.zone)).start
        told = {
            int(line.placed.person_id): line.placed.points for line in board_at(program.id, period, now, agency.zone)
        }
        mine = sums.get((period, start), Counter())
        for person_id in sorted(set(told) | set(mine)):
            if told.get(person_id, 0) != mine[person_id]:
                yield f"{period}: {told.get(person_id)} for person {person_id}, the ledger says {mine[person_id]}"


def _people() -> list[Person]:
    """Some who may sign in and have rows in the ledger."""
    theirs = select(LedgerEntry.person_id).distinct()
    rows = select(Person).where(Person.id.in_(theirs), Person.deactivated_at.is_(None)).order_by(Person.id)
    return list(db.session.scalars(rows.limit(SEEN)))


def _page(app: Flask, person: Person, sums: Sums) -> Iterator[str]:
    """The total on the page that explains it."""
    browser = Browser(app).sign_in(person)
    for period in ("week", "month"):
        start = PERIODS[period](_today(app)).start
        answer = browser.client.get(f"/board/people/{person.id}?period={period}")
        shown = TOTAL.search(answer.text)
        told = int(shown[1].replace(".", "").replace("\u2212", "-")) if shown else 0
        wanted = sums.get((period, start), Counter())[person.id]
        if (answer.status_code, told) != (200, wanted):
            yield f"page of person {person.id}, {period}: {answer.status_code} {told}, the ledger says {wanted}"


def _today(app: Flask) -> date:
    with app.app_context():
        agency = the_agency()
        assert agency
        return clock.local_day(clock.now(), agency.zone)


def _files(app: Flask) -> Iterator[str]:
    """The file of a day has every action that stands, with what the ledger pays for it."""
    entry = LedgerEntry
    with app.app_context():
        admin = db.session.scalars(select(Person).where(Person.role == Role.ADMIN).limit(1)).first()
        newest = select(entry.local_date).distinct().order_by(entry.local_date.desc()).limit(DAYS)
        days = db.session.scalars(newest).all()
        paid = {day: _paid(day) for day in days}
        db.session.remove()
    if admin is None:
        return
    browser = Browser(app).sign_in(admin)
    for day in days:
        text = browser.client.get(f"/actions.csv?day={day.isoformat()}").get_data().decode("utf-8-sig")
        told = {int(row["action_id"]): int(row["points"]) for row in csv.DictReader(io.StringIO(text), delimiter=";")}
        for action_id in sorted(set(told) | set(paid[day])):
            if told.get(action_id) != paid[day].get(action_id):
                yield f"file of {day}: action {action_id} {told.get(action_id)}, the ledger {paid[day].get(action_id)}"


def _paid(day: date) -> dict[int, int]:
    """What each action of a day was paid when it was logged, bonuses too, but for those that were taken back."""
    entry, back = LedgerEntry, select(LedgerEntry.reverses_id).where(LedgerEntry.reverses_id.is_not(None))
    rows = select(entry.source_id, func.sum(entry.points)).where(
        entry.local_date == day,
        entry.kind.in_((EARN, BONUS)),
        entry.reason != PROOF,
        entry.source_kind == "action",
        entry.id.not_in(back),
    )
    return dict(db.session.execute(rows.group_by(entry.source_id)).all())
