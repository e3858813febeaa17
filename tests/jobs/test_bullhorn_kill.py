"""The process that polls Bullhorn is killed twenty times while notes come in: every note counts exactly once."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, cast

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.config import ROOT
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import Crm
from app.domain.game.ledger import LedgerEntry
from tests.fakes.bullhorn import Bullhorn, serving, settings
from tests.jobs.desk import make_desk

KILLS, NOTES_EACH, SEED = 20, 6, 20261123
PATIENCE = 120
PERSON = 501
pytestmark = [pytest.mark.slow]


@dataclass
class Killing:
    """Kills the process that polls at one of its next answers: before the answer is sent, or just after it."""

    bullhorn: Bullhorn
    stem: subprocess.Popen[str]
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))
    left: int = 0
    child: int = 0
    killed: threading.Event = field(default_factory=threading.Event)

    def go(self, answers: int) -> None:
        self.left, self.killed = answers, threading.Event()
        cast("IO[str]", self.stem.stdin).write("\n")
        cast("IO[str]", self.stem.stdin).flush()
        self.child = int(cast("IO[str]", self.stem.stdout).readline())

    def answered(self, _path: str) -> None:
        self.left -= 1
        if self.left == 0:
            wait = self.rng.choice((0.0, 0.0, 0.004, 0.02))
            if wait:
                threading.Timer(wait, self.kill).start()
            else:
                self.kill()

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.child, signal.SIGKILL)
        self.killed.set()


@contextmanager
def polling(app: Flask, bullhorn: Bullhorn, manner: str) -> Iterator[Killing]:
    ours = app.config["SETTINGS"]
    url = "" if "sqlite" in ours.database_url else ours.database_url
    line = [sys.executable, "-m", "tests.jobs.bullhorn_stem", str(ours.instance), url]
    line += [json.dumps(settings(bullhorn)), manner]
    pipe = subprocess.PIPE
    with subprocess.Popen(line, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as stem:
        killing = Killing(bullhorn, stem)
        bullhorn.answered = killing.answered
        try:
            yield killing
        finally:
            killing.kill()
            stem.kill()


def feed(bullhorn: Bullhorn, first: int, author: str) -> None:
    for number in range(first, first + NOTES_EACH):
        facts = {"action": "Outbound Call", "dateAdded": int(clock.now().timestamp() * 1000), "isDeleted": False}
        whose = {"commentingPerson": {"id": 7, "email": author}, "personReference": {"id": PERSON}}
        bullhorn.put("Note", number, **facts, **whose)


def told(app: Flask) -> Counter[str]:
    """How often each note counts; what it earned stands in the ledger once for each."""
    with app.app_context():
        standing = select(EngagementAction.external_id, EngagementAction.id).where(EngagementAction.undone_at.is_(None))
        rows = db.session.execute(standing).all()
        earned = select(LedgerEntry.source_id, func.count()).where(LedgerEntry.line == 0)
        lines = [number for _, number in db.session.execute(earned.group_by(LedgerEntry.source_id))]
        db.session.rollback()
    assert set(lines) == {1}
    return Counter(str(number) for number, _ in rows)


def kill_again_and_again(app: Flask, manner: str) -> tuple[Counter[str], int]:
    """What counted in the end, and how many notes there were."""
    with app.app_context():
        desk = make_desk()
        author = desk.sanne.email or ""
        crm_id.give(desk.aisha.id, Crm.BULLHORN, str(PERSON), origin="", now=clock.now())
        db.session.commit()
    with serving() as bullhorn, polling(app, bullhorn, manner) as killing:
        killing.go(0)
        until(lambda: bool(bullhorn.subscription))
        time.sleep(0.3)
        killing.kill()
        for number in range(KILLS):
            feed(bullhorn, 1000 + number * NOTES_EACH, author)
            killing.go(killing.rng.randint(1, 2 * NOTES_EACH))
            assert killing.killed.wait(PATIENCE)
        killing.go(0)
        until(lambda: not bullhorn.queue and quiet(bullhorn))
    return told(app), KILLS * NOTES_EACH


def quiet(bullhorn: Bullhorn) -> bool:
    """Whether only the question what is new has been asked for a while."""
    before = len(bullhorn.asked)
    time.sleep(1)
    return len(bullhorn.asked) > before and not any("entity" in each for each in bullhorn.asked[before:])


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_every_note_counts_exactly_once(real_app: Flask) -> None:
    found, notes = kill_again_and_again(real_app, "ours")
    assert (len(found), set(found.values())) == (notes, {1})


def test_without_keeping_some_are_lost(real_app: Flask) -> None:
    found, notes = kill_again_and_again(real_app, "careless")
    assert len(found) < notes
