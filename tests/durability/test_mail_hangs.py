"""A mail server that takes the call and says nothing: pages neither call it nor wait for whoever does."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.config import ROOT
from app.db import db, write
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from app.mail import Envelope, Mail
from jobs import letters, line
from jobs import outbox as sender
from tests.people import Browser, People, make_people

LETTER = Mail("Onderwerp", "tekst", "<p>tekst</p>")
IMPORTED = (
    "import sys; from app import create_app; create_app();"
    " print([m for m in ('smtplib', 'jobs', 'apprise', 'requests') if m in sys.modules])"
)


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """It listens, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def people(real_app: Flask, silent: socket.socket) -> People:
    real_app.config["SETTINGS"].mail_url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
    with real_app.app_context():
        found = make_people()
        now = clock.now()
        when = {"due_at": now, "not_after": now + clock.DAY, "now": now}
        outbox.plan(kind="x", recipient=f"person:{found.ada.id}", period="x", payload={}, host="x.nl", **when)
        db.session.commit()
    return found


def called(server: socket.socket, seconds: float) -> socket.socket | None:
    """Whoever calls within this time, and now waits for an answer."""
    server.settimeout(seconds)
    try:
        return server.accept()[0]
    except TimeoutError:
        return None


def test_the_web_process_has_nothing_to_send_mail_with(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED],
        cwd=ROOT,
        env={"FANFARE_INSTANCE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_inviting_somebody_calls_nobody(real_app: Flask, people: People, silent: socket.socket) -> None:
    ada = Browser(real_app).sign_in(people.ada)
    who = {"name": "Noor Willems", "email": "noor@voorbeeld.nl", "role": "recruiter", "team_id": ""}
    assert ada.post("/people", who).status_code == 303
    assert called(silent, 0.2) is None
    with real_app.app_context():
        assert db.session.scalars(select(OutboxRow.state).where(OutboxRow.kind == "invitation")).all() == ["pending"]


def test_nobody_waits_for_whoever_sends(
    real_app: Flask, people: People, silent: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "TIMEOUT", 50.0)
    monkeypatch.setattr(letters.Batch, "__init__", lambda *_: None)
    to = partial(Envelope, "a@x.nl", "f@x.nl")
    monkeypatch.setattr(letters.Batch, "compose", lambda _batch, row: (LETTER, to(row.message_id)))
    sending = threading.Thread(target=send, args=(real_app,))
    sending.start()
    waits = called(silent, 60)
    assert waits
    began = time.perf_counter()
    look_and_write(real_app, people)
    took, still = time.perf_counter() - began, sending.is_alive()
    waits.close()
    sending.join()
    assert still, f"the sender waited no longer than the page, {took:.1f} s"


def send(app: Flask) -> None:
    with app.app_context():
        sender.send_due("me", clock.now())


def look_and_write(app: Flask, people: People) -> None:
    """Open a page, and hold the write transaction for a moment."""
    assert Browser(app).sign_in(people.sanne).get("/").status_code == 200
    with app.app_context():
        write()
        db.session.rollback()
