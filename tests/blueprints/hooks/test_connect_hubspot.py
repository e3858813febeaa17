"""docs/connect-hubspot.md: its commands are carried out as they stand there, and what it says of properties is so."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import Crm
from app.domain.journey.event_name import PRESET
from app.domain.journey.touchpoint import Touchpoint
from app.vendors.hubspot import OPT_OUT
from jobs import provider_events
from tests.blueprints.api.conftest import Client, people, sanne
from tests.blueprints.api.test_candidates import new
from tests.blueprints.api.test_ten_minutes import BLOCK
from tests.people import Browser
from tests.vendors.posting import PORTAL, SECRET

__all__ = ["people", "sanne"]
TOLD = (Path(__file__).parents[3] / "docs/connect-hubspot.md").read_text(encoding="utf-8")
CURL = 'curl() { printf "%s\\0" "$@" > "$ASKED"; }\n'
"""In place of the real one: what it is asked is sent by the test."""


@pytest.fixture
def connected(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Browser:
    assert "`FANFARE_HUBSPOT_SECRET`" in TOLD
    assert "`FANFARE_HUBSPOT_PORTAL`" in TOLD
    settings = browser.app.config["SETTINGS"].model_copy(update={"hubspot_secret": SECRET, "hubspot_portal": PORTAL})
    monkeypatch.setitem(browser.app.config, "SETTINGS", settings)
    return browser


def asked(command: str, folder: Path) -> list[str]:
    """What a shell makes of a command of the document: the words that curl is given."""
    file = folder / "asked"
    ours = {"FANFARE": "http://127.0.0.1:8000", "TOKEN": "the-token", "FANFARE_HUBSPOT_SECRET": SECRET}
    ours["FANFARE_HUBSPOT_PORTAL"] = PORTAL
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", CURL + command], env=os.environ | ours | {"ASKED": str(file)}, check=True
    )
    return file.read_text(encoding="utf-8").rstrip("\0").split("\0")


def headers(words: list[str]) -> dict[str, str]:
    return dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_every_command_does_what_it_says(connected: Browser, sanne: Client, tmp_path: Path) -> None:
    give, try_it = BLOCK.findall(TOLD)
    candidate_id = new(sanne)["id"]
    words = asked(give.replace("/1/", f"/{candidate_id}/"), tmp_path)
    path = words[0].removeprefix("http://127.0.0.1:8000")
    assert headers(words)["Authorization"] == "Bearer the-token"
    given = sanne.client.post(path, data=words[words.index("-d") + 1], headers=headers(words) | sanne.headers)
    assert given.status_code == 201
    words = asked(try_it, tmp_path)
    answer = connected.client.post("/hooks/hubspot", data=words[words.index("-d") + 1], headers=headers(words))
    assert (answer.status_code, answer.text) == (200, "")
    with connected.app.app_context():
        assert crm_id.whose(Crm.HUBSPOT, ["39580875173"]) == {"39580875173": candidate_id}
        assert provider_events.settle_due("me", clock.now()) == 1
        rows = db.session.execute(select(Touchpoint.candidate_id, Touchpoint.kind)).all()
    assert [tuple(row) for row in rows] == [(candidate_id, "form")]


def test_the_properties_that_it_tells_are_those_there_are(any_app: Flask) -> None:
    table = TOLD.partition("## What a property means")[2].partition("\n\nWhen")[0]
    told = {name for name in re.findall(r"`([a-z_]+)`", table) if name != OPT_OUT}
    assert told == {name.removeprefix("hubspot ") for name in PRESET if name.startswith("hubspot ")}
    assert f"`{OPT_OUT}`" in table
