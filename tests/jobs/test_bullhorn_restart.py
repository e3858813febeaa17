"""Bullhorn itself is killed twenty times, also in the middle of an answer, and comes back with what is on its disk.

The process that polls goes on all the while; what happens in Bullhorn has its effect here exactly once.
"""

import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from flask import Flask

from app.config import ROOT
from tests.jobs.bullhorn_killing import (
    KILLS,
    NOTES_EACH,
    PATIENCE,
    SEED,
    Counted,
    Deed,
    counted,
    deeds,
    expected,
    is_settled,
    lay,
    stem,
    until,
)

CUT_OFF = OSError, HTTPException, ValueError
AWAY = (0.0, 0.02, 0.2)
"""Seconds until it is back."""
pytestmark = [pytest.mark.slow]


class There:
    """Bullhorn as a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.rng, self.deaths = folder, random.Random(SEED), 0
        self.base = f"http://127.0.0.1:{self.port}"
        self.process = self.start()

    def start(self) -> "subprocess.Popen[str]":
        line = [sys.executable, "-m", "tests.fakes.bullhorn_process", str(self.folder), str(self.port)]
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
        with cast("IO[str]", process.stdout) as said:
            assert said.readline() == "ready\n"
        return process

    def tell(self, command: str, **query: object) -> dict[str, Any]:
        with urlopen(f"{self.base}/control/{command}?{urlencode(query)}", timeout=PATIENCE) as answer:
            told: dict[str, Any] = json.loads(answer.read())
        return told

    def doom(self, turn: int) -> None:
        """Let it die: where it gives a batch, so that this is purged and arrives nowhere; else wherever it may be."""
        of, where = ("batch", ("after", "half")) if turn % 2 else ("any", ("before", "after", "half"))
        answers = 1 if turn % 2 else self.rng.randint(1, 3 * NOTES_EACH)
        with suppress(*CUT_OFF):  # it may be so quick that it does not answer this either
            self.tell("doom", answers=answers, of=of, where=self.rng.choice(where))

    def come_back(self) -> None:
        """What it gives anew it refuses at first, and what it gave out last."""
        self.process.wait(PATIENCE)
        self.deaths += 1
        time.sleep(self.rng.choice(AWAY))
        self.process = self.start()
        self.tell("refuse", again=self.rng.randint(0, 2), last=self.rng.randint(0, 1))

    def carry_out(self, deed: Deed) -> None:
        """Whoever gets no answer does it once more; it may be done already."""
        while True:
            try:
                self.tell(deed.command, entity=deed.entity, number=deed.number, facts=json.dumps(deed.facts))
            except CUT_OFF:
                self.come_back()
            else:
                return

    def is_quiet(self) -> bool:
        """Whether all that it had to tell was asked for, and only the question what is new was put for a while."""
        before = self.tell("state")
        time.sleep(1)
        after = self.tell("state")
        return not after["queue"] and after["looked"] == before["looked"] and after["asked"] > before["asked"]


@contextmanager
def bullhorn_at(folder: Path) -> Iterator[There]:
    there = There(folder)
    try:
        yield there
    finally:
        there.process.kill()
        there.process.wait(PATIENCE)


def kill_bullhorn_again_and_again(app: Flask, folder: Path, manner: str) -> Counted:
    author = lay(app)
    with bullhorn_at(folder) as there, stem(app, there.base, manner) as poller:
        poller.go()
        until(lambda: bool(there.tell("state")["subscription"]))
        for turn in range(KILLS):
            there.doom(turn)
            deaths = there.deaths
            for deed in deeds(turn, author):
                there.carry_out(deed)
            if there.deaths == deaths:
                there.come_back()
        assert there.deaths >= KILLS
        until(there.is_quiet)
        until(lambda: manner == "trusting" or is_settled(app, there.tell("state")["last"]))
    return counted(app)


def test_everything_counts_exactly_once(real_app: Flask, tmp_path: Path) -> None:
    assert kill_bullhorn_again_and_again(real_app, tmp_path, "ours") == expected()


def test_without_asking_again_some_notes_are_lost(real_app: Flask, tmp_path: Path) -> None:
    found = kill_bullhorn_again_and_again(real_app, tmp_path, "trusting")
    assert set(expected().notes) - set(found.notes)
