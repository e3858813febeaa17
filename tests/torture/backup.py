"""Backups under load, each restored into an empty place of either engine and compared: `make torture-backup`.

While four writers log points, add and erase candidates without pause, `flask backup` is taken again and again. Each
file is restored by `flask restore` elsewhere with the log of erasures of that moment: every row is compared by its
SHA-256, the doctor finds nothing, the ledger's sum is that of its boards, and nobody who was erased is there. The
control changes one bit of each file, or leaves the log of erasures out: every one must be found.
"""

import argparse
import itertools
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, Self

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from app import clock
from app.db import Busy, db, write
from app.domain.candidates.candidate import Candidate
from app.domain.custody import erasure_log
from app.domain.custody.erasure import Reason
from app.domain.notices.heartbeat import ran
from app.web import custody
from tests import make
from tests.cluster import cluster
from tests.conftest import _create_database, _drop_database, make_app
from tests.domain.game.scene import Scene, start
from tests.torture.ground import PATIENCE, conclude

ENGINES = ("sqlite", "postgresql")
CANARY = "Kanarie"
PAUSE = 0.01
AHEAD, ERASED = 5, 8
"""So many wait at each writer from the beginning, so that each backup has some; so many are erased after it."""


class Found(NamedTuple):
    """What became of a backup: whether it was restored, and what was wrong with what came back."""

    code: int
    said: str
    wrong: list[str]


class Load:
    """Writers in threads of their own; `done` counts what they committed, `broken` says why one gave up."""

    def __init__(self, app: Flask, scene: Scene, writers: int) -> None:
        self.app, self.scene = app, scene
        self.stop, self.done, self.broken = threading.Event(), Counter[str](), list[str]()
        self.threads = [threading.Thread(target=self.work, args=(number,)) for number in range(writers)]

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def work(self, number: int) -> None:
        for turn in itertools.count():
            if self.stop.wait(PAUSE):
                return
            step = (self.earn, self.join, self.forget)[0 if turn % 4 < 2 else turn % 4 - 1]
            with self.app.app_context():
                try:
                    step(number, turn)
                    self.done[step.__name__] += 1
                except Busy:
                    self.done["busy"] += 1
                except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                    self.broken.append(f"a writer gave up: {error}")
                    return
                finally:
                    db.session.remove()

    @property
    def faults(self) -> list[str]:
        """Without somebody who earns, joins and is forgotten meanwhile nothing was tried."""
        idle = [step.__name__ for step in (self.earn, self.join, self.forget) if not self.done[step.__name__]]
        return self.broken + [f"nobody could {name}" for name in idle]

    def earn(self, _number: int, turn: int) -> None:
        write()
        self.scene.earn(turn % 7 + 1, recorded_at=clock.now())
        db.session.commit()

    def join(self, number: int, turn: int) -> None:
        write()
        make.candidate(f"{CANARY} {number} {turn}", at=clock.now())
        db.session.commit()

    def forget(self, number: int, _turn: int) -> None:
        oldest = db.session.query(Candidate.id).filter(Candidate.name.startswith(f"{CANARY} {number} "))
        one = oldest.order_by(Candidate.id).limit(1).scalar()
        if one:
            write()
            custody.erase(one, by_id=self.scene.people.ada.id, reason=Reason.ASKED, now=clock.now())


@contextmanager
def place(engine: str, server: str, folder: Path, *, tables: bool) -> Iterator[Flask]:
    """An installation of its own; without `tables` it is as empty as a new machine."""
    url = "" if engine == "sqlite" else _create_database(server)
    folder.mkdir()
    app = make_app(folder, url)
    with app.app_context():
        if tables:
            upgrade()
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        if url:
            _drop_database(server, url)


def flask(app: Flask, *words: object) -> tuple[int, str]:
    """A command in a process of its own, as somebody would give it."""
    settings = app.config["SETTINGS"]
    told = {"INSTANCE": settings.instance, "DATABASE_URL": settings.database_url, "SECRET_KEY": settings.secret_key}
    command = [str(Path(sys.executable).with_name("flask")), *map(str, words)]
    environment = {f"FANFARE_{name}": str(value) for name, value in told.items()} | {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def restored(app: Flask, file: Path, log: Path | None) -> Found:
    """Put a backup back and look at all that may be wrong."""
    code, said = flask(app, "restore", file, *(("--erasures", log) if log else ()))
    if code:
        return Found(code, said.strip().splitlines()[-1], [])
    with app.app_context():
        return Found(code, "", list(_wrong(app, log)))


def _wrong(app: Flask, log: Path | None) -> Iterator[str]:
    settings = app.config["SETTINGS"]
    if settings.database_url.startswith("sqlite"):
        for problem in db.session.scalars(text("PRAGMA integrity_check")):
            if problem != "ok":
                yield str(problem)
    ledger, boards = (
        db.session.scalar(text(question))
        for question in (
            "SELECT coalesce(sum(points), 0) FROM ledger_entry",
            "SELECT coalesce(sum(points), 0) FROM standing WHERE scope = 'person' AND period = 'week'",
        )
    )
    if ledger != boards:
        yield f"the ledger has {ledger} points, the boards {boards}"
    erased = {erasure_log.read(line)["candidate_id"] for line in erasure_log.lines(log)} if log else _erased_since(app)
    there = db.session.query(Candidate.id).filter(Candidate.id.in_(erased), Candidate.name.startswith(CANARY))
    if back := there.count():
        yield f"{back} who were erased are back"


def _erased_since(app: Flask) -> set[int]:
    """Whom the log of the control names, which was kept back from the restore."""
    kept = Path(app.config["SETTINGS"].instance).with_suffix(".log")
    return {erasure_log.read(line)["candidate_id"] for line in erasure_log.lines(kept)}


def flip(file: Path, dice: random.Random) -> None:
    content = bytearray(file.read_bytes())
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    file.write_bytes(content)


class Round(NamedTuple):
    """From which engine to which, and what is done to it on the way."""

    number: int
    source: str
    target: str
    control: str


def _until_more_are_erased(log: Path) -> None:
    """Some of those who are in the backup."""
    enough, deadline = len(list(erasure_log.lines(log))) + ERASED, time.monotonic() + PATIENCE
    while len(list(erasure_log.lines(log))) < enough:
        assert time.monotonic() < deadline, "nobody is erased any more"
        time.sleep(0.1)


def run(source: Flask, one: Round, server: str, folder: Path, dice: random.Random) -> Found:
    """Take a backup under load, let more be erased, and restore it."""
    file, there = folder / f"{one.number}.zip", folder / f"place-{one.number}"
    code, said = flask(source, "backup", file)
    if code:
        return Found(code, said.strip(), ["no backup was made"])
    kept, log = Path(source.config["SETTINGS"].instance) / erasure_log.NAME, there.with_suffix(".log")
    _until_more_are_erased(kept)
    log.write_text(kept.read_text())
    if one.control == "flip":
        flip(file, dice)
    with place(one.target, server, there, tables=False) as app:
        found = restored(app, file, None if one.control == "log" else log)
    file.unlink()
    return found


class Plan(NamedTuple):
    """Where the server and the folders are, and how it is gone about."""

    server: str
    folder: Path
    rounds: int
    writers: int
    control: str
    seed: int


def all_from(source: str, origin: Flask, plan: Plan) -> tuple[Counter[str], list[str]]:
    """The rounds of one engine, under load: how each direction went, and what went wrong with the writers."""
    dice, went = random.Random(f"{plan.seed} {source}"), Counter[str]()
    with origin.app_context():
        scene = start()
        ran("outbox", clock.now(), clock.now(), None)
        for number, each in itertools.product(range(plan.writers), range(AHEAD)):
            make.candidate(f"{CANARY} {number} before {each}", at=clock.now())
        db.session.commit()
        db.session.remove()
    with Load(origin, scene, plan.writers) as load:
        time.sleep(2)
        for number, target in itertools.product(range(plan.rounds), ENGINES):
            one = Round(number, source, target, plan.control)
            there = plan.folder / f"{source}-{target}-{number}"
            there.mkdir()
            found = run(origin, one, plan.server, there, dice)
            well = not found.code and not found.wrong
            went[f"{source} to {target}: {'well' if well else 'found'}"] += 1
            if well == bool(plan.control):
                print(f"{source} to {target} {number}: {found}", flush=True)
    print(f"{source}: {dict(load.done)} committed meanwhile", flush=True)
    return went, [f"{source}: {fault}" for fault in load.faults]


def torture(rounds: int, writers: int, control: str, seed: int) -> tuple[Counter[str], list[str]]:
    """How each direction went, and what went wrong with the writers; both engines at once, each in its own place."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(cluster())
        plan = Plan(server, folder, rounds, writers, control, seed)
        places = [stack.enter_context(place(each, server, folder / f"from-{each}", tables=True)) for each in ENGINES]
        with ThreadPoolExecutor(len(ENGINES)) as threads:
            found = list(threads.map(partial(all_from, plan=plan), ENGINES, places))
    return sum((went for went, _ in found), Counter[str]()), [fault for _, broken in found for fault in broken]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=13, help="in each of the four directions")
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--control", choices=("", "flip", "log"), default="")
    chosen = parser.parse_args()
    went, broken = torture(chosen.rounds, chosen.writers, chosen.control, chosen.seed)
    for name, count in sorted(went.items()):
        print(f"{name} {count}")
    tried, found = sum(went.values()), sum(count for name, count in went.items() if name.endswith("found"))
    if chosen.control:  # every one must be found out
        wrong = [f"what was done to a backup: {chosen.control}"] * found if found == tried and not broken else []
    else:
        wrong = ["a backup that was not restored as it was"] * found + broken
    told = f"{tried - found} of {tried} restored and verified"
    conclude(tried, wrong, control=bool(chosen.control), told=told)


if __name__ == "__main__":
    main()
