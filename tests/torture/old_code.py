"""The code of before the newest migration, at work on the tables of after it, as while an update is under way."""

import http.client
import io
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import select

from app.config import ROOT
from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate
from tests.durability.server import GRANIAN, PATIENCE, Client, Server
from tests.durability.test_kill import client_of
from tests.torture.ground import Ground

PAGES = (
    "/", "/board", "/candidates", "/candidates/1", "/block", "/account", "/people", "/sponsor", "/journey", "/rewards",
    "/contests", "/feed", "/program", "/team", "/notices", "/connections", "/lab", "/approvals", "/operations",
)  # fmt: skip
LOGGED = 20
FAULT = 500


def works(at: Ground, folder: Path, environment: dict[str, str]) -> tuple[int, list[str]]:
    """How many pages and forms were answered, and which of them with an error of ours; none without a history."""
    code = _unpacked(folder)
    if code is None:
        return 0, []
    server = Server(at.app.config["SETTINGS"])
    command = [sys.executable, "-m", "granian", *GRANIAN.format(port=server.port, workers=1).split(), "wsgi:app"]
    process = subprocess.Popen(command, cwd=code, env=environment | server.environment | {"PYTHONPATH": str(code)})
    try:
        _until_it_answers(server)
        answers = list(_ask_everything(at, server))
    finally:
        process.terminate()
        process.wait()
        server.close()
    return len(answers), [f"the code of before: {path} {status}" for path, status in answers if status >= FAULT]


def _unpacked(folder: Path) -> Path | None:
    """As it was just before the newest migration came."""
    newest = max((ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    asked = ["git", "log", "--diff-filter=A", "--format=%H", "--", str(newest.relative_to(ROOT))]
    came = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if came.returncode or not came.stdout.strip():
        return None
    commit = came.stdout.split()[0]
    packed = subprocess.run(["git", "archive", f"{commit}^"], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while not server.answers():
        assert time.monotonic() < deadline, "the code of before did not start"
        time.sleep(0.1)


def _ask_everything(at: Ground, server: Server) -> Iterator[tuple[str, int]]:
    with at.app.test_request_context():
        roles = (Role.RECRUITER, Role.LEAD, Role.SPONSOR, Role.ADMIN)
        active = select(Person).where(Person.deactivated_at.is_(None)).order_by(Person.id)
        people = [db.session.scalars(active.where(Person.role == role)).first() for role in roles]
        clients = [client_of(at.app, server, person.id) for person in people if person]
        candidates = db.session.scalars(select(Candidate.id).order_by(Candidate.id).limit(LOGGED)).all()
        db.session.commit()
        db.session.remove()
    for client in clients:
        yield from ((path, _asked(client, path)) for path in PAGES)
    for candidate in candidates:
        form = {"candidate": candidate, "outcome": "spoke", "note": "x", "key": uuid4().hex}
        yield "logging", _asked(clients[0], "/actions", form)


def _asked(client: Client, path: str, form: dict[str, object] | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=60)
    headers = {"Cookie": f"fanfare={client.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
    try:
        body = urlencode({"csrf_token": client.token, **form}) if form else None
        connection.request("POST" if form else "GET", path, body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 599
    else:
        return answer.status
    finally:
        connection.close()
