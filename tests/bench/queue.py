"""How long a key takes to bring the next card of the queue, in a browser and on both engines: `make bench-queue`.

A card has come when it is painted with the focus on its name, and a key that is pressed on it acts. Every key must have
logged somebody. Between a card and the next key one reads; with `--reading 0` keys are pressed as fast as cards come,
which is as fast as the server answers: then nothing is known beforehand, and no limit is held.

The application answers as in production: granian, a process of its own, one worker with two threads.
"""

import argparse
import logging
import os
import random
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect, sync_playwright
from sqlalchemy import create_engine, func, make_url, select, text

from app import clock
from app.config import Settings
from app.db import db, write
from app.demo.build import build
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.response import take_in_many
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate
from app.domain.journey.touchpoint import Hit, Touchpoint
from tests.bench.figure import Figure, Skipped, slowest
from tests.bench.kept import FILE, demo
from tests.bench.running import worked
from tests.browser.conftest import Site
from tests.browser.demo import MOMENT, standing_at
from tests.browser.timing import first_frames, took, watch
from tests.chromium import FLAGS, chromium_path
from tests.cluster import cluster
from tests.conftest import make_app
from tests.durability.server import Server

SEED = 20261119
AT_ONCE = 500
KEYS = "123456123"
READING = 500
"""Milliseconds between a card and the next key: nobody reads who is next in less."""
PATIENCE = 10_000
LIMITS = {"demo": 50, "full": 100}
SCREEN = {"width": 1366, "height": 768}
CLICKS = ("site_visit", "job_view", "mail_click")


def fill(touchpoints: int) -> None:
    """The demo agency, with as many touchpoints more as are asked for."""
    if not db.session.scalar(select(func.count()).select_from(Person)):
        build(MOMENT, "Europe/Amsterdam")
    rng = random.Random(SEED)
    ids = db.session.scalars(select(Candidate.id).where(Candidate.merged_into_id.is_(None))).all()
    missing = touchpoints - (db.session.scalar(select(func.count()).select_from(Touchpoint)) or 0)
    for start in range(0, max(0, missing), AT_ONCE):
        write()
        numbers = range(start, min(missing, start + AT_ONCE))
        take_in_many([_hit(number, rng, rng.choice(ids)) for number in numbers], MOMENT)
        db.session.commit()
        db.session.expunge_all()


def _hit(number: int, rng: random.Random, candidate_id: int) -> Hit:
    ago = timedelta(days=2 + rng.random() * 300)
    return Hit(candidate_id, rng.choice(CLICKS), MOMENT - ago, "bench", f"bench-{number}")


@contextmanager
def on_sqlite() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(demo() / FILE, folder)
        app = make_app(Path(folder))
        yield app
        with app.app_context():
            db.engine.dispose()


@contextmanager
def on_postgresql() -> Iterator[Flask]:
    with cluster() as server, tempfile.TemporaryDirectory() as folder:
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        engine.dispose()
        app = make_app(Path(folder), make_url(server).set(database="bench").render_as_string(hide_password=False))
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


OPENED: dict[str, Callable[[], AbstractContextManager[Flask]]] = {"sqlite": on_sqlite, "postgresql": on_postgresql}


def recruiters(app: Flask, first: int, count: int) -> list[Person]:
    with app.app_context():
        query = select(Person).where(Person.role == Role.RECRUITER, Person.deactivated_at.is_(None))
        found = list(db.session.scalars(query.order_by(Person.id).offset(first).limit(count)))
        db.session.expunge_all()
        return found


@contextmanager
def answering(app: Flask, chromium: Chromium) -> Iterator[tuple[Site, Server]]:
    """The application in a process of its own, at the moment at which the clock stands here."""
    settings: Settings = app.config["SETTINGS"]
    off = (clock.now() - datetime.now(UTC)).total_seconds()  # noqa: TID251 - how far the one clock is put off
    with closing(Server(settings, "tests.bench.standing:app", BENCH_CLOCK_OFF=str(off))) as server:
        server.start()
        yield Site(app, f"http://127.0.0.1:{server.port}", chromium), server


def logged(app: Flask) -> int:
    with app.app_context():
        found = db.session.scalar(select(func.count()).select_from(EngagementAction)) or 0
        db.session.remove()
        return found


def answered(page: Page, app: Flask, expected: int) -> None:
    """Every key has logged somebody, the last one when its answer has come."""
    for _ in range(PATIENCE // READING):
        if logged(app) == expected:
            return
        page.wait_for_timeout(READING)
    raise AssertionError(f"{logged(app)} were logged and not {expected}")


class Pressed(NamedTuple):
    """The milliseconds of every key until its card stands, and until the first frame after it, both from the least.

    `work` are the seconds of the processor that the server took, also for cards that were fetched beforehand.
    """

    took: list[float]
    frames: list[float]
    work: float


def measure(app: Flask, chromium: Chromium, who: list[Person], reading: int) -> Pressed:
    """The keys of some recruiters who work through their queues; the first key of everybody warms up."""
    found: list[float] = []
    frames: list[float] = []
    work = 0.0
    with answering(app, chromium) as (site, server):
        assert server.group
        for person in who:
            context = site.context(person, viewport=SCREEN)
            page = context.new_page()
            watch(page)
            page.goto("/block")
            page.keyboard.press("o")
            expect(page.locator("#queue-name")).to_be_visible()
            begun, before, pressed = worked(server.group), logged(app), 0
            for number, key in enumerate(KEYS, len(took(page)) + 1):
                if page.locator("#queue-name").count():
                    page.wait_for_timeout(reading)
                    page.keyboard.press(key)
                    page.wait_for_function("number => took.length >= number", arg=number)
                    pressed += 1
            answered(page, app, before + pressed)
            found += took(page)[1:]
            frames += first_frames(page)[1:]
            work += worked(server.group) - begun
            context.close()
    return Pressed(sorted(found), sorted(frames), work)


def report(engine: str, label: str, pressed: Pressed, *, held: bool) -> list[Figure]:
    """How long a key takes, and how long the browser takes to paint anything after it: no card stands earlier."""
    found, frames, work = pressed
    p95, frame = (slowest(each, 0.95) for each in (found, frames))
    limit = f"limit {LIMITS[label]} ms" if held else "as the server answers"
    first = f"first frame p50 {statistics.median(frames):5.1f} ms   p95 {frame:5.1f} ms"
    print(
        f"{engine:<11}{label:<8}{len(found):>5} keys   p50 {statistics.median(found):6.1f} ms   p95 {p95:6.1f} ms"
        f"   worst {found[-1]:6.1f} ms   server {work * 1000 / len(found):5.1f} ms a key"
        f"   {first}   ({limit}, load {os.getloadavg()[0]:.1f})",
        flush=True,
    )
    what = "the demo agency" if label == "demo" else "more touchpoints"
    name = f"{engine}, {what}, key to next card, p95"
    return [
        Figure(name, "ms", p95, target=LIMITS[label] if held else None, rounds=tuple(found)),
        Figure(f"{engine}, {what}, key to the first frame, p95", "ms", frame),
    ]


class Asked(NamedTuple):
    """How many people press keys, with how many milliseconds between them; and the touchpoints of a second agency."""

    people: int = 8
    reading: int = READING
    touchpoints: int = 0


def bench(
    engine: str, opened: Callable[[], AbstractContextManager[Flask]], chromium: Chromium, asked: Asked
) -> list[Figure]:
    """The demo agency as it is, then with the touchpoints that are asked for."""
    good = list[Figure]()
    with opened() as app, standing_at(MOMENT):
        for label, touchpoints in (("demo", 0), ("full", asked.touchpoints)):
            if label == "full" and not touchpoints:
                continue
            with app.app_context():
                if label == "demo":
                    upgrade()
                fill(touchpoints)
                db.session.remove()
            who = recruiters(app, 0 if label == "demo" else asked.people, asked.people)
            measured = measure(app, chromium, who, asked.reading)
            good += report(engine, label, measured, held=asked.reading >= READING)
    return good


def run(engines: Sequence[str], asked: Asked) -> list[Figure]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    if chromium_path() is None:
        raise Skipped("no Chromium is installed (make setup-browser)")
    found = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        for engine in engines:
            found += bench(engine, OPENED[engine], chromium, asked)
        chromium.close()
    return found


def b14(quick: bool) -> list[Figure]:
    """From a key to the next card, of the demo agency on SQLite."""
    return run(["sqlite"], Asked(people=1 if quick else 8))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--touchpoints", type=int, default=50_000)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--reading", type=int, default=READING)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    found = run([asked.engine] if asked.engine else list(OPENED), Asked(asked.people, asked.reading, asked.touchpoints))
    raise SystemExit(0 if all(each.met for each in found) else "a key took too long")


if __name__ == "__main__":
    main()
