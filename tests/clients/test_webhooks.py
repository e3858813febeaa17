"""docs/webhooks.md: its receivers in Python and in Node run as they stand there, and take what is ours alone."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.config import ROOT
from app.db import db
from app.domain.notices import webhook, webhook_event, webhook_secret
from app.domain.notices.webhook import Kind, WebhookEndpoint
from app.domain.notices.webhook_event import WebhookDelivery
from app.web.fetching import Bounds
from jobs import webhooks
from jobs.outgoing import Way
from tests import make
from tests.conftest import KEY
from tests.jobs.test_outgoing import ANYTHING
from tests.ports import free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("clients")]
TOLD = (ROOT / "docs/webhooks.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^```(python|js)\n(.*?)^```", TOLD, re.MULTILINE | re.DOTALL))
PATIENCE = 60.0


@contextmanager
def running(language: str, secret: str, port: int, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """The example as it stands in the document."""
    file = folder / ("receiver.py" if language == "python" else "receiver.mjs")
    file.write_text(EXAMPLES[language], encoding="utf-8")
    program = sys.executable if language == "python" else "node"
    known = {"FANFARE_SECRET": secret, "PORT": str(port), "PATH": os.environ["PATH"]}
    with subprocess.Popen([program, str(file)], env=known, stdout=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def endpoint(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[WebhookEndpoint, str, int]]:
    """One on this machine, with its secret and its port."""
    monkeypatch.setattr(webhooks, "WAY", Way(ANYTHING, Bounds(seconds=10)))
    with real_app.app_context():
        make.agency()
        now, port = clock.now(), free_port()
        row = webhook.add("ATS", f"http://127.0.0.1:{port}/in", webhook.CHOOSABLE, now)
        secret = webhook_secret.renew(row, KEY, now)
        db.session.commit()
        yield row, secret, port
        db.session.remove()


def rows() -> list[WebhookDelivery]:
    return list(db.session.scalars(select(WebhookDelivery), execution_options={"populate_existing": True}))


def tampered(port: int, row: WebhookDelivery, endpoint: WebhookEndpoint) -> int:
    """What the example answers to a message of which a letter was changed on its way."""
    headers = webhooks.signed(endpoint, row, '{"type": "fan.became"}', KEY)
    with suppress(HTTPError), urlopen(Request(f"http://127.0.0.1:{port}/", b'{"type": "fan.becamf"}', headers)):
        return 204
    return 401


@pytest.mark.parametrize("language", ["python", "js"])
def test_the_example_takes_ours_and_nothing_else(
    endpoint: tuple[WebhookEndpoint, str, int], language: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    row, secret, port = endpoint
    folder = request.getfixturevalue("modules") if language == "js" else tmp_path
    webhook_event.tell(Kind.FAN_BECAME, 7, {"candidate_id": 7}, clock.now())
    db.session.commit()
    with running(language, secret, port, folder) as process:
        webhooks.send_due("me", clock.now())
        assert [(each.state, each.status) for each in rows()] == [("sent", 204)]
        assert process.stdout
        assert "fan.became" in process.stdout.readline()
        assert tampered(port, rows()[0], row) == 401


@pytest.mark.parametrize("language", ["python", "js"])
def test_for_a_day_both_secrets_open_it(
    endpoint: tuple[WebhookEndpoint, str, int], language: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    row, before, port = endpoint
    folder = request.getfixturevalue("modules") if language == "js" else tmp_path
    webhook_secret.renew(row, KEY, clock.now())
    webhook_event.tell(Kind.CANDIDATE_ERASED, 7, {"candidate_id": 7, "external_id": "VB-é"}, clock.now())
    db.session.commit()
    with running(language, before, port, folder):
        webhooks.send_due("me", clock.now())
    assert [(each.state, each.status) for each in rows()] == [("sent", 204)]


def test_every_kind_stands_in_the_document() -> None:
    assert set(EXAMPLES) == {"python", "js"}
    assert [kind for kind in Kind if f"| `{kind}` |" not in TOLD] == []
