"""What happens in Bullhorn while processes are killed, the process that polls it, and what became of it all here."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, NamedTuple, cast

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.config import ROOT
from app.db import db
from app.domain.actions.bullhorn import batch
from app.domain.actions.bullhorn.account import BullhornAccount
from app.domain.actions.bullhorn.record import BullhornRecord
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates.crm_id import CrmId
from app.domain.game.ledger import EARN, LedgerEntry
from app.domain.journey.application import Application
from tests.fakes.bullhorn import settings
from tests.jobs.bullhorn_desk import PERSON, make_known_desk

KILLS, NOTES_EACH, SEED = 20, 5, 20261123
PATIENCE = 240
NOTE, NEW, SUBMISSION = 1000, 2000, 3000


class Deed(NamedTuple):
    """What somebody does in Bullhorn: writes a record, or deletes it."""

    command: str
    entity: str
    number: int
    facts: dict[str, Any]


class Counted(NamedTuple):
    """How often each note counts here, and how many applications each new candidate has, by their numbers there."""

    notes: Counter[str]
    applications: Counter[str]


def lay(app: Flask) -> str:
    """Aisha is known by her number; answers the address of whoever writes notes about her."""
    with app.app_context():
        desk = make_known_desk(clock.now())
        db.session.commit()
        return desk.sanne.email or ""


def deeds(turn: int, author: str) -> list[Deed]:
    """Notes, somebody new who is put forward for a job, and of the turn before the first note deleted."""
    at, first, whose = int(clock.now().timestamp() * 1000), NOTE + turn * NOTES_EACH, {"id": 7, "email": author}
    note = {"action": "Outbound Call", "dateAdded": at, "isDeleted": False, "commentingPerson": whose}
    person = {"name": f"Noor Willems{turn}", "email": f"noor{turn}@voorbeeld.nl", "dateAdded": at}
    about = {"personReference": {"id": PERSON, "_subtype": "Candidate"}}
    job = {"candidate": {"id": NEW + turn}, "jobOrder": {"id": 31, "title": "Heftruckchauffeur"}, "dateAdded": at}
    return [
        *(Deed("put", "Note", first + each, note | about) for each in range(NOTES_EACH)),
        Deed("put", "Candidate", NEW + turn, person),
        Deed("put", "JobSubmission", SUBMISSION + turn, job | {"status": "Submitted", "sendingUser": whose}),
        *([Deed("remove", "Note", first - NOTES_EACH, {})] if turn else []),
    ]


def expected() -> Counted:
    written = range(NOTE, NOTE + KILLS * NOTES_EACH)
    deleted = set(written[:-NOTES_EACH:NOTES_EACH])
    return Counted(
        Counter(str(number) for number in written if number not in deleted),
        Counter(str(NEW + turn) for turn in range(KILLS)),
    )


def counted(app: Flask) -> Counted:
    """What stands here in the end; each action earned once, whatever became of it."""
    with app.app_context():
        standing = select(EngagementAction.external_id).where(EngagementAction.undone_at.is_(None))
        notes = db.session.scalars(standing).all()
        earned = select(func.count()).where(LedgerEntry.line == 0, LedgerEntry.kind == EARN)
        lines = set(db.session.scalars(earned.group_by(LedgerEntry.source_id)))
        theirs = select(CrmId.number).join(Application, Application.candidate_id == CrmId.candidate_id)
        applications = db.session.scalars(theirs).all()
        db.session.rollback()
    assert lines == {1}
    return Counted(Counter(str(number) for number in notes), Counter(str(number) for number in applications))


class Poller:
    """A process that has everything imported, and forks one that polls without end whenever it is told to."""

    def __init__(self, stem: "subprocess.Popen[str]") -> None:
        self.stem, self.child = stem, 0

    def go(self) -> int:
        """The number of the process that polls now."""
        cast("IO[str]", self.stem.stdin).write("\n")
        cast("IO[str]", self.stem.stdin).flush()
        self.child = int(cast("IO[str]", self.stem.stdout).readline())
        return self.child

    def end(self) -> None:
        """Neither goes on when the test is over."""
        self.stem.kill()
        if self.child:
            with suppress(ProcessLookupError):
                os.kill(self.child, signal.SIGKILL)


@contextmanager
def stem(app: Flask, base: str, manner: str) -> Iterator[Poller]:
    ours = app.config["SETTINGS"]
    url = "" if "sqlite" in ours.database_url else ours.database_url
    line = [sys.executable, "-m", "tests.jobs.bullhorn_stem", str(ours.instance), url]
    line += [json.dumps(settings(base)), manner]
    pipe = subprocess.PIPE
    with subprocess.Popen(line, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as process:
        poller = Poller(process)
        try:
            yield poller
        finally:
            poller.end()


def is_settled(app: Flask, last: int) -> bool:
    """Whether all batches up to the last are kept, and nothing of them waits any more."""
    with app.app_context():
        kept = db.session.scalars(select(BullhornAccount.kept_until)).one()
        later = select(BullhornRecord.id).where(BullhornRecord.again_at.is_not(None)).limit(1)
        waits = batch.open_ones() or db.session.scalar(later)
        db.session.rollback()
    return kept == last and not waits


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
