"""Every `flask` command that a document tells is carried out as it stands, in an agency of its own.

Where it says FILE or ID there is a file or a number. The commands run one after another, as whoever looks after an
installation gives them; what is restored goes into an empty place beside it.
"""

import gzip
import json
import re
import shlex
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.cli import FlaskGroup

from app.cli.import_log import DEFAULT_MAP
from app.db import db
from app.domain.candidates.candidate import Stage
from app.domain.game.competing.competition import Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.notices.heartbeat import ran
from app.domain.scoring import contact_next, list_log
from tests import make
from tests.conftest import _dispose, make_app
from tests.domain.game.competing import arena
from tests.house.documents import called

NOW = arena.FINAL + timedelta(days=7)
CHANGES_THE_TREE = 'db revision --rev-id 0003 -m "what it does"'
"""It writes a migration, of which tests/house/test_migrations.py looks at every one."""
ANY = "NAME"
"""Stands for any command."""
NAMED = {
    "backup": "backup FILE",
    "explain": "explain LIST",
    "import-bullhorn": "import-bullhorn NOTES",
    "restore": "restore FILE",
}
"""What only speaks of a command, and how the command is given."""
NOTHING_TO_DO = {"bullhorn-knock": "no password waits to be tried again"}
AFTER_OTHERS = ("db ", "restore")
FILES = {
    "pool.csv": "Nr;Naam;Mobiel\n1;Zoë Çelik;0612345678\n",
    "touchpoints.csv": "candidate,kind,occurred_at\nc1,A_SUBMITTED,2011-09-30T22:38:44Z\n",
    "notes.csv": "note,recruiter,candidate,kind,occurred_at\n7,sanne@voorbeeld.nl,1,Outbound Call,2026-02-10T11:00\n",
    "events.csv": "entity,ts,kind,actor\na,2026-03-01T10:00:00Z,form,1\nb,2026-03-20T10:00:00Z,x,\n",
    "cutoffs.json": json.dumps({"cuts": ["2026-03-23T10:00:00Z"], "acts": ["form"]}),
    "kinds.json": '{"form": 4}',
}
ACTIONS = "recruiter,candidate,kind,started_at,occurred_at\nr1,c1,Nabellen offertes,x,2011-10-08T14:32:00Z\n"
SEEN = {
    "backup": "is whole",
    "backup --verify": "is whole",
    "doctor": "standings    ok",
    "explain": "reproduced exactly: 1 rows",
    "import-candidates": '"new": 1',
    "import-log": '"actions": 1',
    "openapi print": '"openapi": "3.1',
    "raffle-verify": "the same",
    "restore": "candidates forgotten again",
}
"""What some of them say when they did what they are there for."""


def lay(app: Flask) -> dict[str, str]:
    """An agency with points, a raffle that was drawn and a list that was shown; the numbers by the documents' words."""
    with app.app_context(), app.test_request_context():
        here = arena.start()
        sanne = here.scene.people.sanne
        row = here.publish(
            Format.THRESHOLD, goal=100, step=50, prizes=(PrizePlan(PrizeKind.RAFFLE, "Bon", 10_00, number=1),)
        )
        here.scene.earn(300)
        here.finish(row)
        make.candidate("Bram Willems", owner=sanne, stage=Stage.ENGAGE, at=NOW - timedelta(days=1))
        listed = list_log.note(sanne, contact_next.for_person(sanne, NOW), "today", NOW)
        ran("outbox", NOW, NOW, None)
        db.session.commit()
        return {"ID": str(row.id), "LIST": str(listed)}


def lay_files(folder: Path) -> dict[str, str]:
    """What files the documents' words stand for; FILE is another one for each command."""
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "actions.csv.gz").write_bytes(gzip.compress(ACTIONS.encode()))
    for name in ("backups", "mounted"):
        (folder / name).mkdir()
    (folder / "erasures.jsonl").touch()
    at = {name: str(folder / name) for name in ("touchpoints.csv", "notes.csv", "events.csv", "cutoffs.json")}
    return {
        "ACTIONS": str(folder / "actions.csv.gz"),
        "TOUCHPOINTS": at["touchpoints.csv"],
        "NOTES": at["notes.csv"],
        "EVENTS": at["events.csv"],
        "CUTOFFS": at["cutoffs.json"],
        "OUT": str(folder / "out.csv"),
        "FOLDER": str(folder / "backups"),
        "/backups": str(folder / "mounted"),
        "LOG": str(folder / "erasures.jsonl"),
        "/safe/erasures.jsonl": str(folder / "erasures.jsonl"),
        "MAIL_ADDRESS": "ada@voorbeeld.nl",
        "DAYS": "21",
        "N": "7",
    }


def file_of(line: str, folder: Path, number: int) -> str:
    """What FILE stands for in this line: a new one where a backup is made, else what the command takes in."""
    for start, name in (
        ("import-candidates", "pool.csv"),
        ("score-events", "kinds.json"),
        ("backup FILE", f"backup-{number}.zip"),
    ):
        if line.startswith(start):
            return str(folder / name)
    return str(DEFAULT_MAP) if line.startswith("import-log") else str(folder / "kept.zip")


def carry_out(app: Flask, line: str, stands_for: Mapping[str, str]) -> None:
    """One command in that installation, answering yes where it asks."""
    words = [stands_for.get(word, word) for word in shlex.split(re.sub(r"[\[\]]", "", line))]
    done = app.test_cli_runner().invoke(FlaskGroup(create_app=lambda: app), words, input="y\n")
    if refusal := NOTHING_TO_DO.get(line):
        assert done.exit_code == 1, line
        assert refusal in done.output
        return
    assert done.exit_code == 0, (line, done.output, done.exception)
    said = next((SEEN[start] for start in sorted(SEEN, reverse=True) if line.startswith(start)), "")
    assert said in done.output, line


def put_back(line: str, folder: Path, stands_for: Mapping[str, str]) -> None:
    """Into an empty place, which is SQLite whatever the backup is of."""
    place = make_app(folder)
    carry_out(place, line, stands_for)
    _dispose(place)


def test_every_flask_command_of_the_documents_is_carried_out(
    real_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = dict.fromkeys(NAMED.get(line, line) for line in called("flask") if line not in {ANY, CHANGES_THE_TREE})
    assert len(given) > 35
    demo = real_app.config["SETTINGS"].model_copy(update={"demo": True})
    with time_machine.travel(NOW):
        stands_for = lay(real_app) | lay_files(tmp_path)
        carry_out(real_app, "backup KEPT", stands_for | {"KEPT": str(tmp_path / "kept.zip")})
        for number, line in enumerate(sorted(given, key=lambda each: each.startswith(AFTER_OTHERS))):
            kept = str(tmp_path / "kept.zip")
            words = stands_for | {"FILE": file_of(line, tmp_path, number), "/backups/NAME": kept, "NEWEST": kept}
            if line.startswith("restore"):
                put_back(line, tmp_path / f"place-{number}", words)
                continue
            with monkeypatch.context() as meanwhile:
                if line == "demo":
                    meanwhile.setitem(real_app.config, "SETTINGS", demo)
                carry_out(real_app, line, words)
