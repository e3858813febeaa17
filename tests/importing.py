"""Files of candidates in tests: brought, rehearsed and written, all within the test's own transaction."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import xlsxwriter

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.importing import candidate_import, steps
from app.domain.candidates.importing.candidate_import import CandidateImport, State
from app.domain.candidates.importing.columns import guess
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.importing.pace import Pace
from app.domain.candidates.importing.steps import Step
from app.domain.custody import import_undo
from tests import make

ZONE = ZoneInfo("Europe/Amsterdam")
MOST = 300_000


def workbook(*sheets: Sequence[Sequence[object]], hidden: Sequence[int] = ()) -> bytes:
    """A workbook as people have them: numbers are numbers, days are days."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for number, rows in enumerate(sheets):
            sheet = book.add_worksheet()
            if number in hidden:
                sheet.hide()
            for line, cells in enumerate(rows):
                for at, cell in enumerate(cells):
                    sheet.write(line, at, cell, *([day] if isinstance(cell, datetime) else []))
    return out.getvalue()


def brought(person: Person, content: bytes, now: datetime = make.START) -> CandidateImport:
    return candidate_import.receive(person, "pool.csv", candidate_import.read(content, MOST), now)


def guessed(row: CandidateImport) -> list[Column]:
    samples = [each.cells for each in candidate_import.sample(row, 200)]
    return [each.column for each in guess(row.header, samples)]


def rehearsed(person: Person, content: bytes, columns: Sequence[Column] = ()) -> CandidateImport:
    row = brought(person, content)
    candidate_import.rehearse(row.id, columns or guessed(row))
    return taken(row, steps.rehearsal(_anew(row), person, ZONE, Pace()))


def written(
    person: Person, content: bytes, columns: Sequence[Column] = (), now: datetime = make.START
) -> CandidateImport:
    row = rehearsed(person, content, columns)
    candidate_import.go_on(row.id)
    return taken(row, steps.writing(_anew(row), person, ZONE, Pace()), now)


def undone(row: CandidateImport, person: Person, now: datetime) -> CandidateImport:
    import_undo.begin(row.id, person.id)
    taken(row, import_undo.steps(row), now)
    assert row.state == State.UNDONE
    return row


def taken(row: CandidateImport, work: Iterator[Step], now: datetime = make.START) -> CandidateImport:
    for step in work:
        step(now)
    db.session.expire_all()
    return row


def _anew(row: CandidateImport) -> CandidateImport:
    return db.session.get_one(CandidateImport, row.id, populate_existing=True)
