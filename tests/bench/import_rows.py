"""How long 200,000 rows take, what memory, and what somebody who writes beside it notices: `make bench-import`."""

import argparse
import csv
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing.synchronize import Event
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from app import clock
from app.db import Busy, db, write
from app.domain.agency.session import SignInFailure
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.importing import candidate_import
from app.domain.candidates.table_file import write_workbook
from app.domain.custody import import_undo
from app.web.importing import finish
from tests import make
from tests.cluster import cluster
from tests.conftest import make_app
from tests.importing import guessed
from tests.people import make_people

HEADER = [
    "Kandidaatnummer", "Voornaam", "Tussenvoegsel", "Achternaam", "Mobiel", "E-mailadres", "Gezochte functie",
    "Woonplaats", "Fase", "Beschikbaar per", "Uren per week", "Certificaten", "Vaardigheden", "Ingeschreven op",
]  # fmt: skip
REGIONS = ("Zwolle", "Deventer", "Apeldoorn", "Kampen", "Meppel")
STAGES = ("nieuw", "actief", "warmhouden", "geplaatst", "herplaatsen")
MOST_SECONDS = 300
MOST_MB = 300
PAUSE = 0.02
LONGEST_WAIT_MS = 1_000


def rows_of(number: int) -> Iterator[list[str]]:
    """People as an agency has them: two in five hundred cannot be read, one is in it twice."""
    for at in range(number):
        phone = "geen" if at % 500 == 7 else f"06{10_000_000 + at}"
        mail = f"kandidaat{at - 3 if at % 500 == 9 else at}@voorbeeld.nl"
        yield [
            f"K{at}", f"Voornaam{at % 900}", "van der" if at % 3 == 0 else "", f"Achternaam{at % 40_000}", phone, mail,
            "Magazijnmedewerker", REGIONS[at % 5], STAGES[at % 5], "01-02-2026", str(16 + at % 25),
            "VCA tot 31-12-2027" if at % 4 == 0 else "", "heftruck; lassen" if at % 2 else "", "03-02-2024",
        ]  # fmt: skip


def put_file(number: int, kind: str, path: Path) -> None:
    """Made in a process of its own, so that the memory measured is that of the import."""
    maker = multiprocessing.get_context("spawn").Process(target=make_file, args=(number, kind, path))
    maker.start()
    maker.join()


def make_file(number: int, kind: str, path: Path) -> None:
    if kind == "xlsx":
        path.write_bytes(write_workbook(HEADER, rows_of(number)))
        return
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out, delimiter=";").writerows(chain([HEADER], rows_of(number)))


def beside(folder: str, url: str, ready: Event, stop: Event, waits: "multiprocessing.Queue[list[float]]") -> None:
    """Somebody else who writes all the while, in a process of their own."""
    app, found = make_app(Path(folder), url), []
    with app.app_context():
        ready.set()
        while not stop.is_set():
            began = time.perf_counter()
            with suppress(Busy):
                write()
                db.session.add(SignInFailure(account_hash="bench", address_hash="bench", at=clock.now()))
                db.session.commit()
            found.append((time.perf_counter() - began) * 1000)
            time.sleep(PAUSE)
    waits.put(found)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(label: str, began: tuple[float, float]) -> tuple[float, float]:
    now = moment()
    took, computed = now[0] - began[0], now[1] - began[1]
    print(f"  {label:16} {took:7.1f} s, of which computing {computed:6.1f} s   peak {megabytes():5.0f} MB", flush=True)
    return now


def moment() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def bring(path: Path, number: int) -> tuple[float, float]:
    """From the file to the pool: the seconds of reading, rehearsing and writing together, and the memory at most."""
    people = make_people()
    db.session.commit()
    began = at = moment()
    brought = candidate_import.read(path.read_bytes(), number)
    at = timed("read and packed", at)
    write()
    row = candidate_import.receive(people.ada, "pool", brought, make.START)
    db.session.commit()
    del brought
    write()
    candidate_import.rehearse(row.id, candidate_import.checked_columns(guessed(row)))
    db.session.commit()
    finish(row.id)
    at = timed("rehearsed", at)
    write()
    candidate_import.go_on(row.id)
    db.session.commit()
    finish(row.id)
    timed("written", at)
    cost = moment()[0] - began[0], megabytes()
    db.session.refresh(row)
    print(f"  {row.counts}, candidates: {db.session.scalar(select(func.count()).select_from(Candidate))}")
    undo(row.id, people.ada.id)
    return cost


def undo(import_id: int, person_id: int) -> None:
    began = moment()
    write()
    import_undo.begin(import_id, person_id)
    db.session.commit()
    finish(import_id)
    timed("undone", began)
    print(f"  candidates left: {db.session.scalar(select(func.count()).select_from(Candidate))}")


@contextmanager
def writer_beside(app: Flask, folder: str, url: str) -> Iterator[list[float]]:
    context, found = multiprocessing.get_context("spawn"), list[float]()
    ready, stop, waits = context.Event(), context.Event(), context.Queue()
    process = context.Process(target=beside, args=(folder, url, ready, stop, waits))
    process.start()
    ready.wait(60)
    yield found
    stop.set()
    found += waits.get(timeout=60)
    process.join()
    found.sort()


def measure(app: Flask, folder: str, url: str, path: Path, number: int) -> bool:
    with app.app_context():
        upgrade()
        with writer_beside(app, folder, url) as waits:
            seconds, memory = bring(path, number)
    p50, p99, worst = (waits[int(len(waits) * share)] for share in (0.5, 0.99, 0.999999))
    print(f"  a writer beside it: {len(waits)} commits, p50 {p50:.0f} ms, p99 {p99:.0f} ms, worst {worst:.0f} ms")
    kept = seconds <= MOST_SECONDS and memory <= MOST_MB and worst <= LONGEST_WAIT_MS
    print(f"  {seconds:.0f} s of {MOST_SECONDS}, {memory:.0f} MB of {MOST_MB}: {'kept' if kept else 'NOT KEPT'}")
    return kept


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=200_000)
    asked.add_argument("--kind", choices=("csv", "xlsx"), default="csv")
    asked.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "candidates"
        put_file(chosen.rows, chosen.kind, path)
        print(f"{chosen.rows} rows, {path.stat().st_size / 1e6:.1f} MB {chosen.kind}, {chosen.engine}")
        if chosen.engine == "sqlite":
            kept = measure(make_app(Path(folder)), folder, "", path, chosen.rows)
        else:
            with cluster() as url:
                kept = measure(make_app(Path(folder), url), folder, url, path, chosen.rows)
    raise SystemExit(0 if kept else 1)


if __name__ == "__main__":
    main()
