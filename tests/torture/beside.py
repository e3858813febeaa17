"""What goes on beside a crowd: an import that is written, the weekly letters of everybody, and backups, one by one."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from app import clock
from app.config import ROOT
from app.db import db, write
from app.domain.actions import reminder
from app.domain.agency.agency import Agency
from app.domain.agency.person import Person, Role
from app.domain.candidates.importing import candidate_import
from app.domain.candidates.importing.candidate_import import CandidateImport
from app.domain.notices.outbox import OutboxRow
from app.domain.program import block
from app.domain.program.block import BEGINNING, Scope
from app.web.importing import finish
from tests import make
from tests.bench.import_rows import put_file
from tests.durability.server import Server
from tests.importing import guessed
from tests.torture.ground import Ground

NOON, LONG = 12, 120
"""The hour at the agency, and the minutes that blocks last in which it is."""
LEAST = {"rows": 5_000, "weekly letters": 1, "backups": 1}
"""With fewer nothing was tried."""


class Done(NamedTuple):
    """Rows of the import that were written, weekly letters that went out, and backups that were made."""

    rows: int
    weekly: int
    backups: int

    def missing(self) -> list[str]:
        there = dict(zip(LEAST, self, strict=True))
        return [f"while people logged {there[name]} {name}" for name, least in LEAST.items() if there[name] < least]

    def __str__(self) -> str:
        return f"{self.rows} rows were written, {self.weekly} weekly letters sent and {self.backups} backups made"


def hold_blocks_now(agency: Agency, people: Sequence[Person], program_id: int, now: datetime) -> None:
    """Where the agency is it is about noon, in everybody's block: the letters before it are due, whenever this runs."""
    agency.timezone = where_it_is_noon(now)
    local = now.astimezone(agency.zone)
    for person in people:
        person.password_hash = "x"
        scope, starts = Scope(program_id, person_id=person.id), 60 * local.hour + local.minute - LONG // 2
        block.reserve(scope, local.weekday(), starts, LONG, from_week=BEGINNING, by_id=None, at=make.START)


def where_it_is_noon(now: datetime) -> str:
    """A zone; their names count to the west."""
    return f"Etc/GMT{now.hour - NOON:+d}"


def bring(at: Ground, rows: int) -> int:
    """A file is uploaded and rehearsed; what is left for the jobs is to write it. Answers which import it is."""
    path = Path(at.folder) / "candidates.csv"
    put_file(rows, "csv", path)
    with at.app.app_context():
        write()
        ada = db.session.scalars(select(Person).where(Person.role == Role.ADMIN)).one()
        read = candidate_import.read(path.read_bytes(), rows)
        row = candidate_import.receive(ada, "pool", read, clock.now())
        db.session.commit()
        write()
        candidate_import.rehearse(row.id, candidate_import.checked_columns(guessed(row)))
        db.session.commit()
        finish(row.id)
        write()
        candidate_import.go_on(row.id)
        db.session.commit()
        db.session.remove()
        return row.id


@contextmanager
def jobs(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """As production starts them."""
    process = subprocess.Popen([sys.executable, "-m", "jobs"], cwd=ROOT, env=server.environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@dataclass
class Backups:
    """One after the other, until it is told to stop."""

    server: Server
    folder: Path
    made: int = 0
    failed: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def go(self) -> None:
        self.folder.mkdir()
        while not self.stop.is_set():
            command = [sys.executable, "-m", "flask", "backup", str(self.folder / f"{self.made}.fanfare")]
            done = subprocess.run(
                command, cwd=ROOT, env=self.server.environment, capture_output=True, text=True, check=False
            )
            if done.returncode:
                self.failed.append(f"backup {self.made}: {done.stderr.strip()[-300:]}")
                return
            self.made += 1


def done(at: Ground, import_id: int, backups: Backups) -> Done:
    """How much of it there is at this moment."""
    weekly = select(func.count()).where(OutboxRow.kind == reminder.KIND, OutboxRow.state == "sent")
    with at.app.app_context():
        written = select(CandidateImport.written).where(CandidateImport.id == import_id)
        found = Done(db.session.scalars(written).one(), db.session.scalar(weekly) or 0, backups.made)
        db.session.remove()
    return found
