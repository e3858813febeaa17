"""The process that polls Bullhorn is killed twenty times while things happen there: all counts exactly once."""

import os
import random
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from flask import Flask

from tests.fakes.bullhorn import Bullhorn, serving
from tests.jobs.bullhorn_killing import (
    KILLS,
    NOTES_EACH,
    PATIENCE,
    SEED,
    Counted,
    Poller,
    counted,
    deeds,
    expected,
    is_settled,
    lay,
    stem,
    until,
)

pytestmark = [pytest.mark.slow]


@dataclass
class Killing:
    """Kills the process that polls at one of Bullhorn's next answers: before the answer is sent, or just after it."""

    poller: Poller
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))
    left: int = 0
    child: int = 0
    killed: threading.Event = field(default_factory=threading.Event)

    def go(self, answers: int) -> None:
        self.left, self.killed = answers, threading.Event()
        self.child = self.poller.go()

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


def kill_again_and_again(app: Flask, manner: str) -> Counted:
    author = lay(app)
    with serving() as bullhorn, stem(app, bullhorn.base, manner) as poller:
        killing = Killing(poller)
        bullhorn.answered = killing.answered
        killing.go(0)
        until(lambda: bool(bullhorn.subscription))
        time.sleep(0.3)
        killing.kill()
        for turn in range(KILLS):
            for deed in deeds(turn, author):
                getattr(bullhorn, deed.command)(deed.entity, deed.number, **deed.facts)
            killing.go(killing.rng.randint(1, 2 * NOTES_EACH))
            assert killing.killed.wait(PATIENCE)
        killing.go(0)
        until(lambda: not bullhorn.queue and quiet(bullhorn))
        until(lambda: manner == "careless" or is_settled(app, max(bullhorn.batches)))
        killing.kill()
    return counted(app)


def quiet(bullhorn: Bullhorn) -> bool:
    """Whether only the question what is new has been asked for a while."""
    before = len(bullhorn.asked)
    time.sleep(1)
    return len(bullhorn.asked) > before and not any("entity" in each for each in bullhorn.asked[before:])


def test_everything_counts_exactly_once(real_app: Flask) -> None:
    assert kill_again_and_again(real_app, "ours") == expected()


def test_without_keeping_some_notes_are_lost(real_app: Flask) -> None:
    found = kill_again_and_again(real_app, "careless")
    assert set(expected().notes) - set(found.notes)
