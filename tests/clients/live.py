"""The intake on loopback for clients that others made, which loses its answer when it is told to."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select
from werkzeug.serving import make_server

from app import clock
from app.db import db
from app.domain.candidates.candidate import Candidate
from app.domain.journey import intake_log, source
from app.domain.journey.intake_log import IntakeLogLine
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.visit import Visit
from tests import make
from tests.people import make_people
from tests.serving import Quiet

PATIENCE = 30.0
"""Seconds until what a client was to send does not come."""
Start = Callable[..., Any]
Wsgi = Callable[[dict[str, Any], Start], Iterable[bytes]]


@dataclass
class Forgetful:
    """Passes requests on, and answers the first `losing` of those that send something as if all had gone wrong."""

    inner: Wsgi
    losing: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        names = ("REQUEST_METHOD", "PATH_INFO", "CONTENT_TYPE", "HTTP_CONTENT_ENCODING", "HTTP_ORIGIN", "HTTP_COOKIE")
        self.asked.append({name: environ.get(name, "") for name in names})
        if environ["REQUEST_METHOD"] != "POST" or not self.losing:
            return self.inner(environ, start)
        self.losing -= 1
        b"".join(self.inner(environ, lambda *_: None))
        start("503 Service Unavailable", [("Content-Type", "text/plain"), ("Access-Control-Allow-Origin", "*")])
        return [b"lost"]


@dataclass
class Live:
    """An application that answers at `url`, and one key of each sort."""

    app: Flask
    url: str
    door: Forgetful
    server_key: str = ""
    browser_key: str = ""
    source_ids: dict[bool, int] = field(default_factory=dict)

    def prepare(self) -> "Live":
        with self.app.app_context():
            make_people()
            make.candidate("Bram", external_id="b-1")
            for trusted in (True, False):
                row, key = source.make("Website", None, clock.now(), trusted=trusted)
                self.source_ids[trusted] = row.id
                self.server_key, self.browser_key = (key, "") if trusted else (self.server_key, key)
            db.session.commit()
        return self

    def touchpoints(self) -> list[tuple[str, str | None]]:
        with self.app.app_context():
            query = select(Touchpoint.kind, Touchpoint.vacancy).order_by(Touchpoint.kind, Touchpoint.id)
            return [(kind, vacancy) for kind, vacancy in db.session.execute(query)]

    def visits(self) -> list[Visit]:
        with self.app.app_context():
            return list(db.session.scalars(select(Visit).order_by(Visit.occurred_at, Visit.id)))

    def named(self, external_id: str) -> str | None:
        with self.app.app_context():
            return db.session.scalar(select(Candidate.name).where(Candidate.external_id == external_id))

    def lines(self, *, trusted: bool) -> list[IntakeLogLine]:
        """What was sent with a key and what became of it, oldest first."""
        with self.app.app_context():
            return list(reversed(intake_log.latest(self.source_ids[trusted])))

    def fates(self, *, trusted: bool) -> list[str]:
        return [line.fate for line in self.lines(trusted=trusted)]

    def wait_for(self, tab: Page, number: int) -> None:
        """Until a browser has sent so much."""
        until(tab, lambda: len(self.fates(trusted=False)) >= number)


def until(tab: Page, happened: Callable[[], bool]) -> None:
    """Until this is so, or long enough to know that it does not come."""
    deadline = time.monotonic() + PATIENCE
    while not happened() and time.monotonic() < deadline:
        tab.wait_for_timeout(100)


@contextmanager
def listening(app: Wsgi) -> Iterator[str]:
    """An application on a port of its own; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def live(app: Flask) -> Iterator[Live]:
    door = Forgetful(app)
    with listening(door) as url:
        app.config["SETTINGS"].public_url = url
        yield Live(app, url, door).prepare()
