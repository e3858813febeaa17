"""Four scheduler processes plan and send a year of weekly reminders in five zones: `make torture-reminders`.

Time goes from one moment at which something may happen to the next, in all zones by turns. The four clocks are off by
up to forty seconds, they come and go, they are killed in the middle, the mail server is away now and then, and every
other week all four take themselves for the leader. Each reminder is planned and handed over
exactly once, for nine o'clock of the wall. `--engine` is sqlite or postgresql, which is started for it. The controls
take the unique key, or the claim, out and must fail.
"""

import argparse
import multiprocessing
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch
from zoneinfo import ZoneInfo

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, create_engine, make_url, select, text
from sqlalchemy.orm import Session

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.notices import delivery, heartbeat, outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.program import block, occurrence
from app.domain.program.block import BEGINNING, Scope
from app.engine import engine_options, prepare
from app.mail import Envelope, Mail
from jobs import letters, post, worker
from jobs.schedule import JOBS
from tests import make
from tests.cluster import cluster
from tests.conftest import make_app
from tests.durability.stem import AT_HAND
from tests.torture.ground import conclude

ZONES = ("Europe/Amsterdam", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "Africa/Casablanca")
PROCESSES, PEOPLE, WEEKS, SKEW = 4, 12, 53, 40.0
MONDAY = date(2025, 12, 29)
OUT, DIES, AWAY = 0.4, 0.3, 0.15
"""How often one is out for some ticks, looks all the same and is killed, and finds no mail server."""

SECOND, NINE = timedelta(seconds=1), 9 * 60
TICKS = (-25, 20, 45 * 60)
"""Seconds after nine at which all look; at the last one everybody is there, and the mail server too."""
DUE = [job for job in JOBS if job.name in {"reminders", "outbox"}]
LETTER = Mail("Je opvolgmoment", "tekst", "<p>tekst</p>")
LEAD, CLAIM, PLAN = heartbeat.lead, delivery.claim, outbox.plan


class Killed(BaseException):
    """No goodbye: nothing catches it but the process that stands for another one."""


class Year(NamedTuple):
    """An agency's database, and the moments at which the schedulers look; the last of a day is marked."""

    folder: str
    url: str
    ticks: Sequence[tuple[datetime, bool]]


class Trial(NamedTuple):
    """How the four go about it; `control` is what is taken out."""

    seed: int
    control: str = ""


def found(zone: str, weekdays: Sequence[int], weeks: int) -> Sequence[tuple[datetime, bool]]:
    """An agency with twelve recruiters, each with a block of their own; the moments at which something may happen."""
    make.agency().timezone = zone
    program = make.program()
    for number in range(PEOPLE):
        person = make.person(f"R{number} Jansen")
        person.password_hash = "x"
        scope = Scope(program.id, person_id=person.id)
        weekday, starts = weekdays[number % len(weekdays)], 10 * 60 + 30 * number
        block.reserve(scope, weekday, starts, 45, from_week=BEGINNING, by_id=None, at=make.START - clock.WEEK)
    db.session.commit()
    return list(_ticks(ZoneInfo(zone), weeks))


def _ticks(zone: ZoneInfo, weeks: int) -> Iterator[tuple[datetime, bool]]:
    people = db.session.scalars(select(Person)).all()
    for week in range(weeks):
        day = MONDAY + week * clock.WEEK
        table = occurrence.timetable(people, day, day)
        assert table
        found = (table.in_week(person, day) for person in people)
        for held in sorted({clock.local_day(each.starts, zone) for each in found if each}):
            nine = clock.wall(held, NINE, zone)
            yield from ((nine + seconds * SECOND, seconds == TICKS[-1]) for seconds in TICKS)


def scheduler(years: Sequence[Year], number: int, trial: Trial, together: Barrier) -> None:
    """One of the four: at every tick it plans and sends, if it is there."""
    rng = random.Random(f"{trial.seed} {number}")
    app = make_app(Path(years[0].folder), years[0].url, log_level="error")
    engines = [_engine(year) for year in years]
    gone, skews = [0] * len(years), [rng.uniform(-SKEW, SKEW) * SECOND for _ in years]
    for moments in zip(*(year.ticks for year in years), strict=True):
        together.wait(timeout=60)
        for at, (moment, last) in enumerate(moments):
            gone[at] = 0 if last else max(0, gone[at] - 1) or (rng.randint(1, 3) if rng.random() < OUT else 0)
            if not gone[at] or rng.random() < DIES:
                _move_to(app, engines[at])
                me, now = f"process {number}", moment + skews[at]
                _look(app, years[at], trial, rng, me=me, now=now, steady=last, dies=bool(gone[at]))


def _engine(year: Year) -> Engine:
    url = year.url or f"sqlite:///{year.folder}/fanfare.sqlite"
    engine = create_engine(url, **engine_options(url))
    prepare(engine, "NORMAL")
    return engine


def _move_to(app: Flask, engine: Engine) -> None:
    """One application goes from agency to agency."""
    with app.app_context():
        db.engines[None] = engine  # type: ignore[index] # the mapping is a dict


def _look(
    app: Flask, year: Year, trial: Trial, rng: random.Random, *, me: str, now: datetime, steady: bool, dies: bool
) -> None:
    """Run both jobs once; who dies does so before a letter is handed over."""
    away = not steady and rng.random() < AWAY
    split = now.isocalendar().week % 2 == 0

    def hand_over(_post: post.Post, letter: dict[str, str]) -> None:
        if dies and rng.random() < 0.5:
            raise Killed
        if away:
            raise post.NoServer("away")
        with (Path(year.folder) / f"letters {me}").open("a", encoding="utf-8") as kept:
            kept.write(f"{letter['Message-ID']}\n")

    with (
        patch.object(clock, "now", lambda: now),
        patch.object(heartbeat, "lead", lambda *facts: split or LEAD(*facts)),
        patch.object(letters, "Batch", _Batch),
        patch("jobs.outbox.message", lambda _mail, envelope, _now: {"Message-ID": envelope.message_id}),
        patch.object(post.Post, "send", hand_over),
        patch.object(outbox, "plan", _plan_anew if trial.control == "key" else PLAN),
        patch.object(delivery, "claim", _look_only if trial.control == "claim" else CLAIM),
    ):
        try:
            for job in DUE:
                worker.run(app, job, me)
        except Killed:
            pass


class _Batch:
    """What a letter says is not what is judged here."""

    def __init__(self, _rows: Sequence[OutboxRow], _now: datetime) -> None:
        pass

    def compose(self, row: OutboxRow) -> tuple[Mail, Envelope]:
        return LETTER, Envelope(f"{row.id}@voorbeeld.nl", "fanfare@voorbeeld.nl", row.message_id)


def _plan_anew(**facts: Any) -> bool:  # noqa: ANN401 - as many types as facts
    """The control: no period tells that it was planned before."""
    return PLAN(**facts | {"period": f"{facts['period']} {time.monotonic_ns()}"})


def _look_only(_owner: str, now: datetime, limit: int = 20) -> Sequence[OutboxRow]:
    """The control: everybody reads what is due, and nobody says so."""
    waiting = OutboxRow.state == "pending", OutboxRow.next_try_at <= now
    rows = db.session.scalars(select(OutboxRow).where(*waiting).limit(limit)).all()
    for row in rows:
        db.session.expunge(row)
        row.lease_until = now + delivery.LEASE
    return rows


def run(years: Sequence[Year], trial: Trial) -> None:
    """Four processes, which look at the same moments."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(AT_HAND)
    together = context.Barrier(PROCESSES)
    told = [(years, number, trial, together) for number in range(PROCESSES)]
    processes = [context.Process(target=scheduler, args=one) for one in told]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError("a scheduler did not come to its end")


def faults(year: Year, zone: str, weeks: int) -> tuple[int, list[str]]:
    """How many reminders there are, and what is not as promised."""
    with Session(_engine(year)) as session:
        rows = session.scalars(select(OutboxRow)).all()
        session.get_bind().engine.dispose()
    found = [fault for row in rows for fault in _faults_of(row, ZoneInfo(zone))]
    handed = Counter(line for file in Path(year.folder).glob("letters *") for line in file.read_text().splitlines())
    found += [f"{name}: handed over {times} times" for name, times in handed.items() if times > 1]
    found += [f"{row.message_id}: not handed over" for row in rows if row.message_id not in handed]
    expected = PEOPLE * weeks
    return len(rows), found + ([f"{zone}: {len(rows)} rows, not {expected}"] if len(rows) != expected else [])


def _faults_of(row: OutboxRow, zone: ZoneInfo) -> Iterator[str]:
    at = row.due_at.astimezone(zone)
    if (at.hour, at.minute, at.second) != (9, 0, 0):
        yield f"{row.recipient} {row.period}: due at {at:%H:%M:%S}"
    if row.period != at.strftime("%G-W%V"):
        yield f"{row.recipient} {row.period}: due in {at:%G-W%V}"
    if row.state != "sent" or row.sent_at is None or not row.due_at <= row.sent_at < row.not_after:
        yield f"{row.recipient} {row.period}: {row.state} at {row.sent_at}"


def years_of(
    folder: Path, weekdays: Sequence[int], weeks: int, zones: Sequence[str] = ZONES, server: str = ""
) -> list[Year]:
    """A database for every zone, each a copy of one that was migrated."""
    app = make_app(folder, _database(server, "empty"))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    years = []
    for zone in zones:
        name = zone.replace("/", "-")
        place, url = folder / name, _database(server, name, "empty")
        place.mkdir()
        if not server:
            shutil.copy(folder / "fanfare.sqlite", place)
        year = Year(str(place), url, ())
        _move_to(app, _engine(year))
        with app.app_context():
            years.append(year._replace(ticks=found(zone, weekdays, weeks)))
            db.session.remove()
            db.engine.dispose()
    return years


def _database(server: str, name: str, template: str = "template1") -> str:
    """On PostgreSQL; nothing on SQLite."""
    if not server:
        return ""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--control", choices=("key", "claim"), default="")
    chosen = parser.parse_args()
    server = nullcontext("") if chosen.engine == "sqlite" else cluster()
    with tempfile.TemporaryDirectory() as folder, server as url:
        began = time.perf_counter()
        years = years_of(Path(folder), range(5), chosen.weeks, server=url)
        run(years, Trial(chosen.seed, chosen.control))
        found = [faults(year, zone, chosen.weeks) for year, zone in zip(years, ZONES, strict=True)]
        took = time.perf_counter() - began
    wrong = [fault for _, each in found for fault in each]
    reminders = sum(rows for rows, _ in found)
    told = f"{chosen.engine}: {reminders} reminders in {took:.0f} s"
    conclude(reminders, wrong, control=bool(chosen.control), told=told)


if __name__ == "__main__":
    main()
