"""Where totals are shown but on `flask board`: the board's page, the API, the screen on the wall, the sponsor's files.

What each of them tells is held against the ledger, which is added up here once more, row by row.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import select

from app import clock
from app.clock import week_of
from app.db import db, write
from app.domain.agency.agency import the_agency
from app.domain.agency.api_token import Scope
from app.domain.agency.person import Person, Role
from app.domain.candidates.table_workbook import rows_of
from app.domain.game import appearance, screen
from app.domain.game.history import board_at
from app.domain.game.ledger_entry import EARN, PROOF, LedgerEntry
from app.domain.oversight import day_keeping
from app.domain.program.program import the_program
from jobs import figures
from tests.blueprints.api.conftest import client_of
from tests.people import Browser

PERIODS = ("week", "month")
MY_ROW = re.compile(r'<tr id="row-me".*?</tr>', re.DOTALL)
MY_POINTS = re.compile(r"<small>(-?\d+)")
ON_SCREEN = re.compile(r'<p class="gold"><strong>([-\u2212]?[\d.]+)</strong>')
ROWS_ON_SCREEN = re.compile(
    r'<tr id="row-(?!team)[^"]*">.*?place place-(\d+)".*?<td class="score">([-\u2212]?[\d.]+)</td>', re.DOTALL
)
MANY_TURNS = 50


class Week(NamedTuple):
    """What the ledger says of a week: all its points, and how many actions stand."""

    points: int
    actions: int


Places = Mapping[str, Counter[tuple[int, int]]]
"""Of each period who stands at which place with which score, in hundredths."""


def differences(app: Flask, people: Sequence[Person], mine: Mapping[tuple[str, int], int]) -> Iterator[str]:
    """`mine`: the points of each of these people in the week and the month that are not over."""
    places, weeks = _places(app), _weeks(app)
    for person in people:
        yield from _page(app, person, mine)
        yield from _api(app, person, mine, places)
    yield from _screen(app, people, weeks, places["week"])
    yield from _files(app, weeks)


def _places(app: Flask) -> Places:
    with app.app_context():
        program, agency = the_program(), the_agency()
        assert program
        assert agency
        boards = {each: board_at(program.id, each, clock.now(), agency.zone) for each in PERIODS}
        db.session.remove()
    return {
        period: Counter((line.placed.place, line.placed.score) for line in lines if line.placed.place)
        for period, lines in boards.items()
    }


def _weeks(app: Flask) -> Mapping[date, Week]:
    """Every week in which something was earned or taken back, by its Monday."""
    points, stands, back, paid = Counter[date](), Counter[date](), set[int](), list[tuple[int, date]]()
    facts = LedgerEntry.id, LedgerEntry.local_date, LedgerEntry.points, LedgerEntry.reverses_id, LedgerEntry.kind
    more = LedgerEntry.source_kind, LedgerEntry.reason
    with app.app_context():
        rows = db.session.execute(select(*facts, *more).execution_options(yield_per=5000))
        for id_, on, number, reverses, kind, source, reason in rows:
            points[week_of(on).start] += number
            if reverses is not None:
                back.add(reverses)
            if kind == EARN and source == "action" and reason != PROOF:
                paid.append((id_, week_of(on).start))
        db.session.remove()
    stands.update(monday for id_, monday in paid if id_ not in back)
    return {monday: Week(points[monday], stands[monday]) for monday in points}


def _number(text: str) -> int:
    return int(text.replace(".", "").replace("\u2212", "-"))


def _page(app: Flask, person: Person, mine: Mapping[tuple[str, int], int]) -> Iterator[str]:
    """The points beside one's own name on the board; of whoever has none there, nothing is told."""
    browser = Browser(app).sign_in(person)
    for period in PERIODS:
        answer = browser.client.get(f"/board?period={period}")
        row = MY_ROW.search(answer.text)
        shown = MY_POINTS.search(row[0]) if row else None
        told, wanted = int(shown[1]) if shown else 0, max(0, mine[period, person.id])
        if (answer.status_code, told) != (200, wanted):
            yield f"board of person {person.id}, {period}: {answer.status_code} {told}, the ledger says {wanted}"


def _api(app: Flask, person: Person, mine: Mapping[tuple[str, int], int], places: Places) -> Iterator[str]:
    software = client_of(Browser(app), person, (Scope.BOARDS_READ,))
    for period in PERIODS:
        answer = software.get(f"/boards/people?period={period}")
        told: dict[str, Any] = answer.json if answer.status_code == 200 else {"rows": [], "mine": {"points": None}}
        points, wanted = told["mine"]["points"], mine[period, person.id]
        if points != wanted:
            yield f"API, person {person.id}, {period}: {answer.status_code} {points}, the ledger says {wanted}"
        shown = Counter[tuple[int, int]]((row["place"], row["score"]) for row in told["rows"] if row["place"])
        yield from (f"API, {period}: nobody is at {place}" for place in shown - places[period])


def _screen(
    app: Flask, people: Sequence[Person], weeks: Mapping[date, Week], places: Counter[tuple[int, int]]
) -> Iterator[str]:
    """All points of this week, and the upper half of its board in whole points: of people once some are named."""
    with app.app_context():
        write()
        for person in people:
            appearance.choose(person, appearance.NAMED, clock.now())
        program, agency = the_program(), the_agency()
        assert program
        assert agency
        key = screen.make(program.id, "Wand", team_id=None, seconds=15, sound=False, by_id=None, now=clock.now())
        monday = week_of(clock.local_day(clock.now(), agency.zone)).start
        db.session.commit()
        db.session.remove()
    answer = app.test_client().get(f"/tv/{key}")
    shown, wanted = ON_SCREEN.search(answer.text), weeks.get(monday, Week(0, 0)).points
    told = _number(shown[1]) if shown else 0
    if (answer.status_code, told) != (200, wanted):
        yield f"the screen: {answer.status_code} {told}, the ledger says {wanted}"
    rows = Counter((int(place), _number(score)) for place, score in ROWS_ON_SCREEN.findall(answer.text))
    whole = Counter((place, score // 100) for place, score in places.elements())
    yield from (f"the screen: nobody is at {place}" for place in rows - whole)


def _files(app: Flask, weeks: Mapping[date, Week]) -> Iterator[str]:
    """What was done in each week, as the sponsor takes it along, once the job that counts days has been there."""
    reader = _reader(app)
    _count_days(app)
    if reader is None:
        return
    browser = Browser(app).sign_in(reader)
    for name in ("csv", "xlsx"):
        answer = browser.client.get(f"/sponsor/weeks.{name}")
        if answer.status_code != 200:
            yield f"the sponsor's weeks as {name}: {answer.status_code}"
            continue
        for cells in _table(answer.get_data(), name)[1:]:
            wanted = weeks.get(date.fromisoformat(cells[1]), Week(0, 0)).actions
            if cells[-1] and int(cells[-1]) != wanted:
                yield f"the sponsor's week of {cells[1]} as {name}: {cells[-1]} actions, the ledger has {wanted}"


def _reader(app: Flask) -> Person | None:
    """Somebody who may have them."""
    with app.app_context():
        may = Person.role.in_((Role.SPONSOR, Role.ADMIN)), Person.deactivated_at.is_(None)
        found = db.session.scalars(select(Person).where(*may).order_by(Person.id).limit(1)).first()
        db.session.remove()
    return found


def _count_days(app: Flask) -> None:
    """What the job does each minute, until nothing of the past is left."""
    with app.app_context():
        agency = the_agency()
        assert agency
        zone = agency.zone
        for _ in range(MANY_TURNS):
            figures.keep_up("reconcile", clock.now())
            if day_keeping.look_back(clock.now(), zone) is None:
                break
        db.session.remove()


def _table(content: bytes, name: str) -> list[Sequence[str]]:
    if name == "xlsx":
        return [row.cells for row in rows_of(content, bool)]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
