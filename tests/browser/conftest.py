"""A real Chromium against a running server: the installed one, never a download."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import make_server

from app import clock
from app.db import db
from app.domain.agency import session as sign_in
from app.domain.agency.person import Person
from tests.browser.demo import MOMENT, build_demo, standing_at
from tests.browser.hands import Hands
from tests.conftest import make_app
from tests.serving import Quiet

THURSDAY = datetime(2026, 11, 19, 10, tzinfo=UTC)
PATIENCE = 30_000
"""Milliseconds until what is waited for does not come: a machine that does other things too is slow, and not wrong."""
expect.set_options(timeout=PATIENCE)


@dataclass
class Site:
    """An application that answers over HTTP, and the faults that browsers met on it."""

    app: Flask
    url: str
    chromium: Chromium
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def context(self, person: Person | None = None, **options: object) -> BrowserContext:
        """A fresh browser profile, signed in as a person or as nobody."""
        options = {"locale": "nl-NL", **options}
        context = self.chromium.new_context(base_url=self.url, **options)  # type: ignore[arg-type] # playwright's own options
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda message: self.note(message.type, message.text))
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        if person:
            context.add_cookies([{"name": "fanfare", "value": self.cookie(person), "url": self.url}])
        return context

    def close(self) -> None:
        """Every profile that is still open: its pages would go on asking a server that is gone."""
        for context in self.contexts:
            context.close()

    def note(self, kind: str, text: str) -> None:
        """A console error is a fault; the browser's own line about a 4xx answer is not."""
        if kind == "error" and "the server responded with a status of 4" not in text:
            self.faults.append(text)

    def cookie(self, person: Person) -> str:
        """The session cookie of a person who signed in."""
        with self.app.test_request_context():
            token = sign_in.open_session(person, "Chromium", clock.now())
            db.session.commit()
            serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined] # Flask's default
            return str(serializer.dumps({"_user_id": token, "_fresh": True}))


@contextmanager
def served(app: Flask, chromium: Chromium) -> Iterator[Site]:
    """The application, answering on loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    app.config["SETTINGS"].public_url = url
    try:
        with closing(Site(app, url, chromium)) as site:
            yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def site(real_app: Flask, chromium: Chromium) -> Iterator[Site]:
    """The application on a database of its own, served on loopback; no browser may meet a fault on it."""
    with served(real_app, chromium) as found:
        yield found
    assert found.faults == []


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo agency's SQLite file; copy it, and stand at MOMENT. The first process that asks builds it for all."""
    if worker_id == "master":
        return build_demo(tmp_path_factory.mktemp("demo"))
    shared = tmp_path_factory.getbasetemp().parent
    built = shared / "demo.sqlite"
    with (shared / "demo.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not built.exists():
            build_demo(tmp_path_factory.mktemp("demo")).rename(built)
    return built


@contextmanager
def demo_at(file: Path, folder: Path, chromium: Chromium) -> Iterator[Site]:
    """A copy of the demo agency, served while the clock stands at the moment of its building."""
    shutil.copy(file, folder / "fanfare.sqlite")
    app = make_app(folder)
    try:
        with standing_at(MOMENT), served(app, chromium) as found:
            yield found
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path, chromium: Chromium) -> Iterator[Site]:
    """The demo agency for one test; no browser may meet a fault on it."""
    with demo_at(demo_file, tmp_path, chromium) as found:
        yield found
    assert found.faults == []


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The clock, on a Thursday."""
    found = Hands(THURSDAY)
    monkeypatch.setattr(clock, "now", found.now)
    return found


@pytest.fixture
def page(site: Site) -> Page:
    """A page of a visitor who is not signed in."""
    return site.context(viewport={"width": 1366, "height": 768}).new_page()
