"""The code of before the newest migration, at work on the tables of before and after it, as while an update goes on.

Everybody opens their pages and logs while it goes up, down and up again beside them, and then once more: none of it
may be an error of ours, and each action that was acknowledged is there.
"""

import http.client
import io
import json
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from app.config import ROOT
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Role
from app.domain.candidates.candidate import Candidate
from tests.durability.server import GRANIAN, PATIENCE, Client, Server
from tests.torture.ground import Ground

PAGES = (
    "/", "/board", "/candidates", "/candidates/1", "/block", "/account", "/people", "/sponsor", "/journey", "/rewards",
    "/contests", "/feed", "/program", "/team", "/notices", "/connections", "/lab", "/approvals", "/operations",
)  # fmt: skip
OWN = "/account"
"""Shown to whoever is signed in, and to nobody else."""
ROLES = (Role.RECRUITER, Role.LEAD, Role.SPONSOR, Role.ADMIN)
LOGGED, TIMES = 20, 3
SHOWN, SAVED, FAULT, GONE = 200, 303, 500, 599
SIGN_IN = """
import json, sys
from types import SimpleNamespace
from sqlalchemy import select
from app import create_app
from app.db import db
from app.domain.agency.person import Person
from tests.durability.test_kill import client_of
app, server, clients = create_app(), SimpleNamespace(port=0), []
with app.test_request_context():
    active = select(Person.id).where(Person.deactivated_at.is_(None)).order_by(Person.id)
    for role in sys.argv[1:]:
        person_id = db.session.scalars(active.where(Person.role == role).limit(1)).one()
        client = client_of(app, server, person_id)
        clients.append([client.cookie, client.token])
    db.session.commit()
print(json.dumps(clients))
"""
"""By the code of before too: what newer code signs it may not know."""
NOBODY = "the code of before: there is none to try, without the history of the project"


class Asked(NamedTuple):
    """What was asked for, what came of it, and when it began and ended."""

    path: str
    status: int
    began: float
    ended: float


@dataclass
class Visitors:
    """Those who open pages, one after another, and a recruiter who logs."""

    clients: Sequence[Client]
    candidates: Sequence[int]
    asked: list[Asked] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Every page of everybody."""
        for client in self.clients:
            for path in PAGES:
                if not self.stop.is_set():
                    self.ask(client, path)

    def log(self) -> None:
        for candidate in self.candidates:
            name = uuid4().hex
            if not self.stop.is_set():
                form = {"candidate": candidate, "outcome": "no_answer", "note": name, "key": name}
                if self.ask(self.clients[0], "/actions", form) == SAVED:
                    self.saved.append(name)

    def ask(self, client: Client, path: str, form: dict[str, object] | None = None) -> int:
        began = time.monotonic()
        status = _asked(client, path, form)
        self.asked.append(Asked(path, status, began, time.monotonic()))
        return status

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """One looks and one logs, until the block is left."""
        threads = [threading.Thread(target=self._again, args=(what,)) for what in ("look", "log")]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            self.stop.set()
            for each in threads:
                each.join()
            self.stop.clear()

    def _again(self, what: str) -> None:
        while not self.stop.is_set():
            getattr(self, what)()

    def during(self, began: float, ended: float) -> int:
        """How much was under way in such a time."""
        return sum(each.began < ended and each.ended > began for each in self.asked)


def works(at: Ground, folder: Path, environment: dict[str, str]) -> tuple[str, list[str]]:
    """How much was answered, and what was not as it should be."""
    code = unpacked(folder)
    if code is None:
        return "nothing", [NOBODY]
    server = Server(at.app.config["SETTINGS"])
    theirs = environment | server.environment | {"PYTHONPATH": str(code)}
    candidates = _candidates(at)
    _move(at, _newest(code))
    visitors = Visitors(_signed_in(code, theirs, server), candidates)
    command = [sys.executable, "-m", "granian", *GRANIAN.format(port=server.port, workers=1).split(), "wsgi:app"]
    process = subprocess.Popen(command, cwd=code, env=theirs)
    try:
        _until_it_answers(server)
        meanwhile = _update(at, _newest(code), visitors)
        visitors.look()
        visitors.log()
    finally:
        process.terminate()
        process.wait()
        server.close()
    told = f"{len(visitors.asked)} answers, {meanwhile} of them while it migrated, {len(visitors.saved)} actions"
    return told, [*faults(visitors, meanwhile), *_lost(at, visitors)]


def faults(visitors: Visitors, meanwhile: int) -> Iterator[str]:
    """What was an error of ours; and what nobody tried."""
    for each in visitors.asked:
        if each.status >= FAULT or (each.path == OWN and each.status != SHOWN):
            yield f"the code of before: {each.path} {each.status}"
    if not meanwhile:
        yield "the code of before: nobody asked for anything while it migrated"
    if len(visitors.saved) < LOGGED:
        yield f"the code of before: {len(visitors.saved)} actions were saved"


def unpacked(folder: Path) -> Path | None:
    """As it was just before the newest migration came that the history knows; None without a history."""
    migrations = sorted((ROOT / "migrations" / "versions").glob("[0-9]*.py"), reverse=True)
    commit = next((commit for commit in map(_came_by, migrations) if commit), None)
    if commit is None:
        return None
    packed = subprocess.run(["git", "archive", f"{commit}^"], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _came_by(migration: Path) -> str:
    asked = ["git", "log", "--diff-filter=A", "--format=%H", "--", str(migration.relative_to(ROOT))]
    return next(iter(subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()), "")


def _newest(code: Path) -> str:
    """The migration that the code of before knows as the last."""
    return max((code / "migrations" / "versions").glob("[0-9]*.py")).name[:4]


def _move(at: Ground, revision: str) -> None:
    with at.app.app_context():
        downgrade(revision=revision)


def _update(at: Ground, before: str, visitors: Visitors) -> int:
    """The tables go up, down and up again under those who work; how much of theirs was under way meanwhile."""
    found = 0
    with visitors.at_work():
        for number in range(TIMES):
            if number:
                _move(at, before)
            time.sleep(0.5)
            began = time.monotonic()
            with at.app.app_context():
                upgrade()
            found += visitors.during(began, time.monotonic())
            time.sleep(0.5)
    return found


def _candidates(at: Ground) -> Sequence[int]:
    with at.app.app_context():
        found = db.session.scalars(select(Candidate.id).order_by(Candidate.id).limit(LOGGED)).all()
        db.session.remove()
    return found


def _signed_in(code: Path, environment: dict[str, str], server: Server) -> list[Client]:
    """Somebody of each role; the first may log."""
    command = [sys.executable, "-c", SIGN_IN, *ROLES]
    done = subprocess.run(command, cwd=code, env=environment, capture_output=True, text=True, check=True)
    return [Client(server.port, *each) for each in json.loads(done.stdout.splitlines()[-1])]


def _lost(at: Ground, visitors: Visitors) -> list[str]:
    with at.app.app_context():
        there = set(db.session.scalars(select(EngagementAction.note).where(EngagementAction.note.is_not(None))))
        db.session.remove()
    return [f"the code of before: {name} was acknowledged and is not there" for name in set(visitors.saved) - there]


def _until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while not server.answers():
        assert time.monotonic() < deadline, "the code of before did not start"
        time.sleep(0.1)


def _asked(client: Client, path: str, form: dict[str, object] | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=60)
    headers = {"Cookie": f"fanfare={client.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
    try:
        body = urlencode({"csrf_token": client.token, **form}) if form else None
        connection.request("POST" if form else "GET", path, body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return GONE
    else:
        return answer.status
    finally:
        connection.close()
