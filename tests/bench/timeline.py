"""How quickly the timeline of a candidate with a very long history is read, on both engines: `make bench-timeline`."""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Table, create_engine, insert, text
from sqlalchemy.engine import make_url

from app.db import db
from app.domain.actions import timeline
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.timeline import CHANGES, Cursor, Side, Wanted
from app.domain.agency.person import Person
from app.domain.candidates.candidate import branch_of
from app.domain.candidates.consent import Consent
from app.domain.candidates.stage_move import StageMove
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Touchpoint
from app.domain.program.action_kind import ActionKind
from tests import make
from tests.cluster import cluster
from tests.conftest import make_app
from tests.people import Browser, make_people

ENGINES = ("sqlite", "postgresql")
OTHERS = 200
SEEN_SHARE = 0.8
FEW = 40
SEED = 20261119
MINUTE = timedelta(minutes=1)
LIMIT_MS = 100


def rows_of(table: Table, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 5000):
        db.session.connection().execute(insert(table), rows[start : start + 5000])


def fill(events: int) -> tuple[int, Person]:
    """One candidate with `events` events, eight of ten their own, among others who have some as well."""
    rng, people = random.Random(SEED), make_people()
    touchpoint_kind.install_preset()
    kinds = db.session.query(ActionKind.id).order_by(ActionKind.id).all()
    codes = ("site_visit", "job_view", "mail_click", "mail_open")
    ids = [make.candidate(owner=people.sanne, branch_id=branch_of(people.sanne.id)).id for _ in range(OTHERS + 1)]
    seen, done = [], []
    for number in range(events + OTHERS * FEW):
        candidate_id = ids[0] if number < events else ids[1 + number % OTHERS]
        at = make.START + MINUTE * rng.randrange(events)
        rare = number % (events // FEW) == 0
        facts = {"candidate_id": candidate_id, "occurred_at": at, "local_date": at.date()}
        if rng.random() < SEEN_SHARE:
            kind = "survey_answered" if rare else rng.choice(codes)
            payload = {"score": "4"} if rare else None
            seen.append(facts | {"kind": kind, "received_at": at, "source": "bench", "external_id": str(number),
                                 "verdict": "human", "payload": payload})  # fmt: skip
        else:
            done.append(facts | {"kind_id": rng.choice(kinds)[0], "person_id": people.sanne.id, "outcome": "spoke",
                                 "channel": "phone", "recorded_at": at, "source": "import", "points": 0,
                                 "external_id": str(number), "note": "Gesproken."})  # fmt: skip
    rows_of(cast("Table", Touchpoint.__table__), seen)
    rows_of(cast("Table", EngagementAction.__table__), done)
    db.session.add_all(changes(ids[0], people.sanne.id, events))
    db.session.commit()
    return ids[0], people.sanne


def changes(candidate_id: int, person_id: int, events: int) -> Iterator[StageMove | Consent]:
    """Some moves and consents, spread over the same time."""
    for number in range(FEW):
        at = make.START + MINUTE * (events * number // FEW)
        yield StageMove(
            candidate_id=candidate_id, from_stage="engage", to_stage="nurture", moved_by_id=person_id, moved_at=at
        )
        yield Consent(candidate_id=candidate_id, purpose="pool", given=number % 2 == 0, via="page", at=at)  # type: ignore[arg-type] # as it is stored


def questions(candidate_id: int, events: int) -> dict[str, Callable[[], object]]:
    """What is asked of the timeline."""
    middle = Cursor(make.START + MINUTE * (events // 2), Side.US, 1)
    last = Cursor(make.START + MINUTE * 20, Side.CONSENT, 1)

    def asked(wanted: Wanted, before: Cursor | None = None) -> Callable[[], object]:
        return lambda: timeline.page_of(candidate_id, wanted, before)

    return {
        "newest, everything": asked(Wanted()),
        "middle, everything": asked(Wanted(), middle),
        "oldest, everything": asked(Wanted(), last),
        "candidate": asked(Wanted((Side.CANDIDATE,)), middle),
        "us": asked(Wanted((Side.US,)), middle),
        "stage and consent": asked(Wanted(CHANGES)),
        "a frequent kind": asked(Wanted((Side.CANDIDATE,), "job_view"), middle),
        "a rare kind": asked(Wanted((Side.CANDIDATE,), "survey_answered")),
        "an absent kind": asked(Wanted((Side.CANDIDATE,), "referral")),
        "an absent action": asked(Wanted((Side.US,), "nowhere")),
        "kinds on offer": timeline.kinds,
    }


def milliseconds(ask: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        db.session.remove()
        start = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


def report(name: str, taken: list[float]) -> bool:
    """Print one line; whether the slowest twentieth is within the limit."""
    p95 = taken[int(len(taken) * 0.95)]
    print(f"  {name:22} p50 {statistics.median(taken):7.1f} ms   p95 {p95:7.1f} ms")
    return p95 <= LIMIT_MS


def measure(app: Flask, events: int, times: int) -> bool:
    with app.app_context():
        upgrade()
        candidate_id, sanne = fill(events)
        db.session.connection().execute(text("ANALYZE"))
        db.session.commit()
        quick = [report(name, milliseconds(ask, times)) for name, ask in questions(candidate_id, events).items()]
    browser, url = Browser(app).sign_in(sanne).client, f"/candidates/{candidate_id}"
    for name, address in {"its part of the page": f"{url}?show=", "the whole page": url}.items():
        headers = {"HX-Request": "true"} if "?" in address else {}
        with app.app_context():
            taken = milliseconds(lambda: browser.get(address, headers=headers).status_code, times)  # noqa: B023 - asked at once
        quick.append(report(name, taken))
    return all(quick)


@contextmanager
def databases(folder: Path, engines: Sequence[str] = ENGINES) -> Iterator[dict[str, str]]:
    """A new SQLite file and a new PostgreSQL database, or those of them that are asked for."""
    urls = {"sqlite": f"sqlite:///{folder}/bench.sqlite"} if "sqlite" in engines else {}
    if "postgresql" not in engines:
        yield urls
        return
    with cluster() as server:
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        engine.dispose()
        yield urls | {"postgresql": make_url(server).set(database="bench").render_as_string(hide_password=False)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as urls:
        quick = []
        for engine, url in urls.items():
            print(f"{engine}, {asked.events:,} events of one candidate")
            app = make_app(Path(folder), url)
            quick.append(measure(app, asked.events, asked.times))
            with app.app_context():
                db.engine.dispose()
    if not all(quick):
        raise SystemExit(f"a p95 is above {LIMIT_MS} ms")


if __name__ == "__main__":
    main()
