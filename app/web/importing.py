"""Bringing an import to the end of its turn, each step in a transaction of its own: for pages, the job and the CLI."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from zoneinfo import ZoneInfo

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.importing import candidate_import, steps
from app.domain.candidates.importing.candidate_import import WORKING, CandidateImport, State
from app.domain.candidates.importing.pace import Pace
from app.domain.candidates.importing.steps import Step
from app.domain.custody import import_undo
from app.web.deadlock import outlast
from app.web.language import zone_name


def finish(import_id: int, tell: Callable[[], object] = lambda: None) -> bool:
    """Rehearse, write or undo until it is done; False when another process does. `tell` hears of every step.

    What fails is told to whoever asks for the import, and what was written by then stays written.
    """
    if not outlast(partial(candidate_import.claim, import_id, clock.now())):
        return False
    pace = Pace()
    try:
        for step in _steps(import_id, pace):
            asked = time.monotonic()
            begun = outlast(partial(_take, step))
            rest = pace.rest(begun - asked, time.monotonic() - begun)
            tell()
            time.sleep(rest)
    except Exception as fault:
        db.session.rollback()
        _give_back(import_id, type(fault).__name__)
        raise
    _give_back(import_id)
    return True


def _take(step: Step) -> float:
    """When it had the database, by the clock that only runs on."""
    begun = time.monotonic()
    step(clock.now())
    return begun


def _give_back(import_id: int, trouble: str = "") -> None:
    outlast(partial(candidate_import.release, import_id, trouble))


def _steps(import_id: int, pace: Pace) -> Iterator[Step]:
    row = db.session.get_one(CandidateImport, import_id, populate_existing=True)
    if row.state not in WORKING:
        return iter(())
    if row.state == State.UNDOING:
        return import_undo.steps(row)
    work_through = steps.rehearsal if row.state == State.REHEARSING else steps.writing
    return work_through(row, db.session.get_one(Person, row.created_by_id), ZoneInfo(zone_name()), pace)
