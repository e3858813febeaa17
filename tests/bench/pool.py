"""How quickly the list of a pool of a hundred thousand answers every filter, on both engines: `make bench-pool`."""

import argparse
import hashlib
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import time_machine
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, insert, make_url, text

from app.db import db
from app.demo.names import FAMILY, GIVEN, ORIGINS, REGIONS, ROLES_SOUGHT
from app.domain.agency.naming import sort_name
from app.domain.agency.person import Person
from app.domain.candidates import label, search
from app.domain.candidates.candidate import Candidate, Stage, branch_of
from app.domain.candidates.consent import Consent
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity
from app.domain.candidates.label import CandidateLabel, LabelKind
from tests import make
from tests.cluster import cluster
from tests.conftest import make_app
from tests.people import Browser, make_people

SEED = 20261119
NOW = datetime(2026, 11, 19, 10, tzinfo=UTC)
DAY = timedelta(days=1)
LIMIT_MS = 150
FOLDER = Path("build/bench")
SHARES = (10, 15, 50, 18, 7)
SKILLS = [f"{role} {level}" for role in ROLES_SOUGHT for level in ("junior", "senior")][:150]
CERTIFICATES = ["VCA", "VCA-VOL", "heftruck", "reachtruck", "BHV", "code 95", "NEN 3140", "HACCP", "LASSEN MIG", "CE"]
TAGS = ["beurs 2026", "zomer", "oud-collega", "avonddienst", "duitsland", "student", "zzp", "bemiddeld", "vip"]
PAGES = {
    "everybody": "",
    "everybody, page 1,000": "page=1000",
    "newest": "sort=newest",
    "warmest": "sort=warmest",
    "warmest, page 1,000": "sort=warmest&page=1000",
    "text: family name": "q=vissers",
    "text: two words": "q=jan+berg",
    "text: three letters": "q=jan",
    "text: one letter": "q=a",
    "text: part of a number": "q=0612",
    "text: nobody": "q=zzzz",
    "stage": "stage=nurture",
    "two stages": "stage=engage&stage=redeploy",
    "mine": "owner=mine",
    "nobody's": "owner=none",
    "skill": "skill={skill}",
    "two skills": "skill={skill},{other}",
    "certificate valid today": "certificate=vca",
    "tag": "tag=student",
    "origin": "origin={origin}",
    "region": "region={region}",
    "available by": "available=2026-12-01",
    "hours": "hours=32",
    "travel": "travel=30",
    "warm": "warmth=warm&warmth=very-warm",
    "cool": "warmth=cool",
    "spoken within 30 days": "spoken=within-30",
    "not spoken for 90 days": "spoken=not-90",
    "never spoken": "spoken=never",
    "by WhatsApp": "channel=whatsapp",
    "consent given": "consent=given",
    "consent ends soon": "consent=ending",
    "no consent": "consent=none",
    "referred": "referred=yes",
    "warm, certificate, available": "warmth=warm&certificate=vca&available=2026-12-01&sort=warmest",
    "text, stage, skill, reachable": "q=an&stage=nurture&skill={skill}&channel=phone",
    "all that is slow": "q=an&channel=whatsapp&consent=given&spoken=not-90&sort=warmest",
}


def bulk(row: type[Any], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 5000):
        db.session.connection().execute(insert(row.__table__), rows[start : start + 5000])


def fill(size: int) -> None:
    """A pool of so many candidates, the same each time."""
    rng, people = random.Random(SEED), make_people()
    owners = [people.sanne, people.bram, people.otto, people.lead]
    team = people.sanne.team_id
    owners += [make.person(f"Recruiter{number} Bos", team=None) for number in range(40)]
    for number, owner in enumerate(owners[4:]):
        owner.team_id = team if number % 2 else people.otto.team_id
    db.session.flush()
    branches = {owner.id: branch_of(owner.id) for owner in owners}
    ids = range(1, size + 1)
    bulk(Candidate, [candidate(one, owners, branches, rng) for one in ids])
    bulk(ContactState, [state(one, rng) for one in ids])
    db.session.execute(
        text("UPDATE contact_state SET owner_id = (SELECT owner_id FROM candidate WHERE id = candidate_id)")
    )
    bulk(Identity, [way for one in ids for way in ways(one, rng)])
    bulk(Consent, [given for one in ids for given in consents(one, rng)])
    labels(ids, rng)
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT setval('candidate_id_seq', (SELECT max(id) FROM candidate))"))
    started = time.perf_counter()
    search.refresh(ids)
    print(f"what {size:,} are found by: {time.perf_counter() - started:.1f} s")
    db.session.commit()


def candidate(one: int, owners: list[Person], branches: dict[int, int | None], rng: random.Random) -> dict[str, Any]:
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    owner = None if rng.random() < 0.1 else rng.choice(owners)
    registered = NOW - rng.random() * 900 * DAY
    return {
        "id": one,
        "name": f"{given} {family}",
        "sort_name": sort_name(f"{given} {family}"),
        "given_name": given,
        "prefix": "",
        "family_name": "",
        "role_sought": rng.choice(ROLES_SOUGHT),
        "aspiration": "",
        "region": rng.choice(REGIONS),
        "travel_km": rng.choice((None, 10, 20, 30, 50)),
        "available_from": (NOW + rng.randrange(-60, 120) * DAY).date() if rng.random() < 0.5 else None,
        "hours_week": rng.choice((None, 16, 24, 32, 36, 40)),
        "stage": rng.choices(list(Stage), SHARES)[0],
        "origin": rng.choice(ORIGINS),
        "external_id": f"VB-{one:06d}",
        "owner_id": owner.id if owner else None,
        "branch_id": branches[owner.id] if owner else 1 + one % 2,
        "referred_by_id": rng.randrange(1, one) if one > 1 and rng.random() < 0.03 else None,
        "retention": "registered",
        "keep_until": registered + 730 * DAY,
        "registered_at": registered,
        "updated_at": registered,
    }


def state(one: int, rng: random.Random) -> dict[str, Any]:
    spoke = NOW - rng.random() * 400 * DAY if rng.random() < 0.6 else None
    return {
        "candidate_id": one,
        "last_two_way_at": spoke,
        "last_attempt_at": spoke,
        "last_attempt_answered": spoke is not None,
        "attempts": 0,
        "answers": 0,
        "tau": NOW.timestamp() + rng.gauss(40, 60) * 86400 if rng.random() < 0.5 else None,
        "do_not_contact_at": NOW if rng.random() < 0.01 else None,
    }


def ways(one: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    usual = {"candidate_id": one, "state": "unverified", "state_origin": "", "origin": "", "added_at": NOW}
    mobile = "+316" if rng.random() < 0.85 else "+3138"
    yield usual | {"channel": "phone", "address": f"{mobile}{10000000 + one * 7}"}
    if rng.random() < 0.9:
        yield usual | {"channel": "email", "address": f"kandidaat{one}@voorbeeld{one % 50}.nl"}


def consents(one: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    usual = {"candidate_id": one, "purpose": "pool", "via": "form", "given": True}
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        at = NOW - rng.random() * 365 * DAY
        yield usual | {"at": at, "until": at + 365 * DAY, "given": rng.random() < 0.9}


def labels(ids: range, rng: random.Random) -> None:
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for kind, names, most in (
        (LabelKind.SKILL, SKILLS, 3),
        (LabelKind.CERTIFICATE, CERTIFICATES, 1),
        (LabelKind.TAG, TAGS, 1),
    ):
        known = list(label.ensure(kind, names).values())
        for one in ids:
            for _ in range(rng.randint(0, most)):
                chosen = known[min(int(rng.expovariate(6 / len(known))), len(known) - 1)]
                until = (NOW + rng.randrange(-300, 700) * DAY).date() if kind == LabelKind.CERTIFICATE else None
                rows[one, chosen] = {"candidate_id": one, "label_id": chosen, "until": until, "added_at": NOW}
    bulk(CandidateLabel, list(rows.values()))


def version(size: int) -> str:
    """Changes whenever the rows or the tables do."""
    sources = [Path(__file__), Path(search.__file__), *sorted(Path("migrations/versions").glob("*.py"))]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:10] + f"-{size}"


@contextmanager
def on_sqlite(size: int) -> Iterator[Flask]:
    folder = FOLDER / f"pool-{version(size)}"
    fresh = not (folder / "done").exists()
    folder.mkdir(parents=True, exist_ok=True)
    app = make_app(folder.resolve())
    with app.app_context():
        if fresh:
            upgrade()
            fill(size)
            db.session.execute(text("ANALYZE"))
            db.session.commit()
            (folder / "done").touch()
    yield app
    with app.app_context():
        db.engine.dispose()


@contextmanager
def on_postgresql(size: int) -> Iterator[Flask]:
    with cluster() as server:
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        engine.dispose()
        folder = FOLDER / "postgresql"
        folder.mkdir(parents=True, exist_ok=True)
        app = make_app(folder.resolve(), make_url(server).set(database="bench").render_as_string(hide_password=False))
        with app.app_context():
            upgrade()
            fill(size)
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))  # as the server itself does after so many new rows
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


class Figures(NamedTuple):
    """Milliseconds: of both processors' work on one page on average, and of waiting for it."""

    work: float
    p50: float
    p95: float

    def __str__(self) -> str:
        return "".join(f"{each:>9.1f}" for each in self)


def measure(browser: Browser, query: str, rounds: int, work: Callable[[], float]) -> Figures:
    """What a whole page takes, after it was opened once."""
    figures = []
    begun = 0.0
    for number in range(rounds + 1):
        begun = work() if number == 1 else begun
        started = time.perf_counter()
        answer = browser.client.get(f"/candidates?{query}")
        figures.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, f"{query}: {answer.status}"
    waits = sorted(figures[1:])
    return Figures((work() - begun) * 1000 / rounds, statistics.median(waits), waits[int(rounds * 0.95)])


def own_work() -> float:
    """Seconds of work of this process, in which SQLite lives."""
    return time.process_time()


def all_work(app: Flask) -> Callable[[], float]:
    """The same with every process of the PostgreSQL server, those that have ended included."""
    with app.app_context():
        folder = Path(str(db.session.scalar(text("SHOW data_directory"))))
        db.session.remove()
    server = (folder / "postmaster.pid").read_text().split()[0]
    tick = os.sysconf("SC_CLK_TCK")

    def seconds() -> float:
        ticks = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                facts = path.read_text().rpartition(")")[2].split()
                own = path.parent.name == server
                ticks += sum(map(int, facts[11:15])) if own else sum(map(int, facts[11:13])) * (facts[1] == server)
        return time.process_time() + ticks / tick

    return seconds


def report(app: Flask, engine: str, rounds: int) -> bool:
    """A table, a filter a line; whether nobody waited too long for any of them, but for one time in twenty."""
    with app.app_context():
        people = {person.name.split()[0]: person for person in db.session.query(Person)}
    names = {"skill": SKILLS[0], "other": SKILLS[1], "origin": ORIGINS[0], "region": REGIONS[0]}
    work = own_work if engine == "sqlite" else all_work(app)
    print(f"\n{engine + ', load ' + str(os.getloadavg()[0]):<34}{'agency-wide, ms':>27}{'own branch, ms':>27}")
    print(f"{'':<34}" + f"{'work':>9}{'p50':>9}{'p95':>9}" * 2)
    good = True
    browsers = [Browser(app).sign_in(people[who]) for who in ("Ada", "Sanne")]
    for page, query in PAGES.items():
        figures = [measure(browser, query.format(**names), rounds, work) for browser in browsers]
        slow = any(each.p95 > LIMIT_MS for each in figures)
        good = good and not slow
        print(f"{page:<34}" + "".join(map(str, figures)) + (" SLOW" if slow else ""), flush=True)
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    good = True
    for engine, build in (("sqlite", on_sqlite), ("postgresql", on_postgresql)):
        if asked.engine in (None, engine):
            with time_machine.travel(NOW, tick=True), build(asked.size) as app:
                good = report(app, engine, asked.rounds) and good
    raise SystemExit(0 if good else f"a page took more than {LIMIT_MS} ms at p95")


if __name__ == "__main__":
    main()
