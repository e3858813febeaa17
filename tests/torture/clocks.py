"""The clock jumps two hours ahead and back while people log and letters go out: `make torture-clocks`.

Eight people log in threads, a job plans and sends, and the clock that all of them ask, not the machine's, jumps under
them. Everybody is answered as ever, nothing is lost or there twice, each letter is handed over exactly once, and
nothing waits for a moment that was only the clock's. `--engine` is sqlite or postgresql, which is started for it. The
control holds by its lease whatever was claimed when the clock was ahead, as if no lease could be of a wrong clock.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from unittest.mock import patch
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.notices import delivery, heartbeat, outbox
from app.domain.notices.outbox import OutboxRow
from app.mail import Envelope, Mail
from jobs import letters, post, worker
from jobs.schedule import JOBS
from tests import make
from tests.people import Browser, make_people
from tests.torture import reconcile
from tests.torture.ground import PATIENCE, chosen, conclude, ground

STEP = timedelta(hours=2)
JUMPS = (STEP, timedelta(0), -STEP, timedelta(0))
BETWEEN, SHORT = 1.5, 4.0
"""Seconds from one jump to the next, and until the control gives up."""
PEOPLE, EACH, LETTERS, KIND = 8, 10, 40, "x"
FINE = (303, 503)
"""Logged, or told to try again: eight at once on a busy machine may wait for too long."""
LETTER = Mail("Onderwerp", "tekst", "<p>tekst</p>")
NOW, CLAIM = clock.now, delivery.claim
DUE = [job for job in JOBS if job.name in {"outbox", "reminders", "streaks", "boards", "housekeeping"}]


@dataclass
class Storm:
    """How far off the clock is; who logged what, how it was answered, and which letters were handed over."""

    app: Flask
    off: timedelta = timedelta(0)
    answers: Counter[int] = field(default_factory=Counter)
    acknowledged: list[str] = field(default_factory=list)
    handed: Counter[str] = field(default_factory=Counter)
    stop: threading.Event = field(default_factory=threading.Event)

    def now(self) -> datetime:
        return NOW() + self.off

    def log(self, browser: Browser, candidates: list[int]) -> None:
        rng = random.Random(candidates[0])
        while not self.stop.is_set():
            name = uuid4().hex
            form = {"candidate": rng.choice(candidates), "outcome": "no_answer", "note": name, "key": name}
            status = browser.post("/actions", form).status_code
            self.answers[status] += 1
            if status == 303:
                self.acknowledged.append(name)

    def work(self) -> None:
        """The process of the jobs."""
        while not self.stop.is_set():
            for job in DUE:
                worker.run(self.app, job, "me")

    def hand_over(self, letter: dict[str, str]) -> None:
        self.handed[letter["Message-ID"]] += 1


class Batch:
    """What a letter says is not what is judged here."""

    def __init__(self, _rows: object, _now: datetime) -> None:
        pass

    def compose(self, row: OutboxRow) -> tuple[Mail, Envelope]:
        return LETTER, Envelope(f"{row.id}@voorbeeld.nl", "fanfare@voorbeeld.nl", row.message_id)


@contextmanager
def jumping(storm: Storm, *, control: bool) -> Iterator[None]:
    with (
        patch.object(clock, "now", storm.now),
        patch.object(letters, "Batch", Batch),
        patch("jobs.outbox.message", lambda _mail, envelope, _now: {"Message-ID": envelope.message_id}),
        patch.object(post.Post, "send", storm.hand_over),
        patch("app.domain.notices.delivery.SKEW", timedelta(days=9) if control else heartbeat.SKEW),
    ):
        yield


def prepare(app: Flask) -> list[tuple[Browser, list[int]]]:
    with app.app_context():
        make_people()
        people = [make.person(f"R{number} Jansen") for number in range(PEOPLE)]
        theirs = [[make.candidate(owner=person).id for _ in range(EACH)] for person in people]
        db.session.commit()
        db.session.remove()
    return [(Browser(app).sign_in(person), ids) for person, ids in zip(people, theirs, strict=True)]


def plan(app: Flask, number: int, *, gone: bool) -> None:
    """Letters that are due; `gone`: whoever claimed them is, and the clock was two hours ahead when they did."""
    with app.app_context():
        now = NOW()
        for each in range(LETTERS):
            when = {"due_at": now, "not_after": now + clock.DAY, "now": now}
            outbox.plan(kind=KIND, recipient=f"person:{each + 1}", period=str(number), payload={}, host="x.nl", **when)
        if gone:
            _claim(number, now + STEP)
        db.session.commit()
        db.session.remove()


def _claim(number: int, now: datetime) -> None:
    """Some of these alone: a letter that another holds at that moment was in its hands before the clock jumped."""
    rows = select(OutboxRow).where(OutboxRow.kind == KIND, OutboxRow.period == str(number)).limit(LETTERS // 4)
    for row in db.session.scalars(rows):
        row.state, row.lease_owner, row.lease_until = "sending", "gone", now + delivery.LEASE


def storm_of(app: Flask, jumps: int, *, control: bool) -> Storm:
    """So many jumps, each with letters that became due just before it."""
    storm, people = Storm(app), prepare(app)
    threads = [threading.Thread(target=storm.log, args=each, daemon=True) for each in people]
    threads.append(threading.Thread(target=storm.work, daemon=True))
    with jumping(storm, control=control):
        for each in threads:
            each.start()
        for number in range(jumps):
            plan(app, number, gone=bool(number % 2))
            storm.off = JUMPS[number % len(JUMPS)]
            time.sleep(BETWEEN)
        storm.off = timedelta(0)
        _until_sent(app, jumps * LETTERS, SHORT if control else PATIENCE)
        storm.stop.set()
        for each in threads:
            each.join()
    return storm


def _until_sent(app: Flask, letters: int, patience: float) -> None:
    deadline, sent = time.monotonic() + patience, select(func.count()).where(OutboxRow.state == "sent")
    while time.monotonic() < deadline:
        with app.app_context():
            done = db.session.scalar(sent) or 0
            db.session.remove()
        if done >= letters:
            return
        time.sleep(0.2)


def faults(storm: Storm) -> Iterator[str]:
    """What was not answered as ever, is lost or there twice, or waits."""
    yield from (f"{number} times {status}" for status, number in storm.answers.items() if status not in FINE)
    if not storm.acknowledged:
        yield "nobody logged"
    with storm.app.app_context():
        notes = Counter(db.session.scalars(select(EngagementAction.note)))
        rows = db.session.scalars(select(OutboxRow)).all()
        failed = {run.name: run.failure for run in heartbeat.runs() if run.failures}
        db.session.remove()
    yield from (f"{name}: {notes[name]} times" for name in storm.acknowledged if notes[name] != 1)
    for row in rows:
        if row.kind == KIND and (row.state, storm.handed[row.message_id]) != ("sent", 1):
            yield f"{row.recipient} {row.period}: {row.state}, handed over {storm.handed[row.message_id]} times"
    yield from (f"job {name}: {failure}" for name, failure in failed.items())


def differences(app: Flask) -> list[str]:
    """As of when the clock was furthest ahead: what was logged then is not yet on a board of this moment."""
    with patch.object(clock, "now", lambda: NOW() + STEP):
        return reconcile.differences(app)


def main() -> None:
    options = chosen(__doc__, jumps=16)
    with ground(options.engine) as at:
        storm = storm_of(at.app, options.jumps, control=options.control)
        wrong = list(faults(storm)) + ([] if options.control else differences(at.app))
    told = f"{options.engine}: {options.jumps} jumps, {len(storm.acknowledged)} actions, {len(storm.handed)} letters"
    conclude(len(storm.acknowledged) + len(storm.handed), wrong, control=options.control, told=told)


if __name__ == "__main__":
    main()
