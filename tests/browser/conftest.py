"""A real Chromium against a running server: the installed one, never a download."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from app import clock
from app.db import db
from app.domain.agency import session as sign_in
from app.domain.agency.person import Person

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """The browser to drive: FANFARE_CHROMIUM, else chromium on the path."""
    return os.environ.get("FANFARE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    path = chromium_path()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and CI must test in it (make setup-browser)")
        pytest.skip("Chromium is not installed (make setup-browser)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Site:
    """An application that answers over HTTP, and the faults that browsers met on it."""

    app: Flask
    url: str
    chromium: Chromium
    faults: list[str] = field(default_factory=list)

    def context(self, person: Person | None = None, **options: object) -> BrowserContext:
        """A fresh browser profile, signed in as a person or as nobody."""
        context = self.chromium.new_context(base_url=self.url, locale="nl-NL", **options)  # type: ignore[arg-type] # playwright's own options
        context.set_default_timeout(8000)
        context.on("console", lambda message: self.note(message.type, message.text))
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        if person:
            context.add_cookies([{"name": "fanfare", "value": self.cookie(person), "url": self.url}])
        return context

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


@pytest.fixture
def site(real_app: Flask, chromium: Chromium) -> Iterator[Site]:
    """The application on a database of its own, served on loopback; no browser may meet a fault on it."""
    server = make_server("127.0.0.1", 0, real_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    real_app.config["SETTINGS"].public_url = url
    found = Site(real_app, url, chromium)
    yield found
    server.shutdown()
    thread.join()
    server.server_close()
    assert found.faults == []


@pytest.fixture
def page(site: Site) -> Iterator[Page]:
    """A page of a visitor who is not signed in."""
    context = site.context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()
