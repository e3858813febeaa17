"""How long a look for duplicates takes: 100,000 candidates made up from a seed, on SQLite; `--rows` for another size.

Prints the seconds of reading, of the whole look, of a night in which one in a hundred changed, and what was found.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import insert, update

from app import create_app
from app.config import Settings
from app.db import db, write
from app.domain.agency.naming import sort_name
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Retention, Stage
from app.domain.candidates.identity import Identity, IdentityState
from app.domain.custody import finder
from app.web import duplicates

NOW = datetime(2026, 3, 4, tzinfo=UTC)
GIVEN = [
    "jan",
    "piet",
    "els",
    "anna",
    "fatima",
    "mohammed",
    "sanne",
    "bram",
    "daan",
    "emma",
    "lotte",
    "youssef",
    "kees",
    "truus",
    "wim",
    "noor",
    "lars",
    "milan",
]
STARTS = [
    "jans",
    "vrie",
    "bakk",
    "visse",
    "smi",
    "meij",
    "mulde",
    "boer",
    "dijk",
    "groo",
    "hend",
    "koni",
    "leeu",
    "maas",
    "oost",
    "pete",
    "roel",
    "schoe",
    "tim",
]
ENDS = ["en", "sen", "s", "er", "stra", "ma", "sma", "huis", "berg", "veld", "kamp", "inga", "dijk", "brink", "horst"]
REGIONS = [f"regio {number}" for number in range(60)]
ROLES = [f"functie {number}" for number in range(80)]
DOUBLE = 50  # one in so many is brought twice


def people(rows: int, seed: random.Random) -> Iterator[tuple[dict[str, object], str]]:
    """Facts and a phone number of made-up candidates; every fiftieth is the one before, with a slip of the pen."""
    facts, phone = _person(seed), ""
    for number in range(1, rows + 1):
        if number % DOUBLE == 0:
            name = str(facts["name"])
            at = seed.randrange(len(name))
            facts, phone = facts | {"name": name[:at] + name[at + 1 :]}, phone if seed.random() < 0.5 else ""
        else:
            facts, phone = _person(seed), f"+316{number:08}"
        yield {"id": number, "external_id": None} | facts, phone


def _person(seed: random.Random) -> dict[str, object]:
    family = seed.choice(STARTS) + seed.choice("aeiou") + seed.choice(ENDS) + seed.choice("klmnrst")
    name = f"{seed.choice(GIVEN)}{seed.choice('aeiou')} {seed.choice(('', 'van ', 'de '))}{family}"
    return {"name": name.title(), "region": seed.choice(REGIONS), "role_sought": seed.choice(ROLES)}


def build(rows: int) -> None:
    """Write the pool."""
    common = {"stage": Stage.ENGAGE, "retention": Retention.REGISTERED, "registered_at": NOW, "updated_at": NOW}
    told = {"given_name": "", "prefix": "", "family_name": "", "aspiration": "", "origin": ""}
    everybody = list(people(rows, random.Random(7)))
    for at in range(0, rows, 5_000):
        portion = everybody[at : at + 5_000]
        write()
        facts = [common | told | each | {"sort_name": sort_name(str(each["name"]))} for each, _ in portion]
        db.session.execute(insert(Candidate.__table__), facts)  # type: ignore[arg-type] # a table, not a class
        reach = {"channel": Channel.PHONE, "state": IdentityState.UNVERIFIED, "state_origin": "", "origin": ""}
        phones = [reach | {"candidate_id": each["id"], "address": to, "added_at": NOW} for each, to in portion if to]
        db.session.execute(insert(Identity.__table__), phones)  # type: ignore[arg-type] # as above
        db.session.commit()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.model_validate({"secret_key": "k" * 40, "instance": Path(folder)}))
        with app.app_context():
            upgrade()
            build(rows)
            for name, seconds, found in measured(rows):
                print(f"{name:34} {seconds:8.1f} s   {found}")


def measured(rows: int) -> Iterator[tuple[str, float, str]]:
    """What took how long, and what came of it."""
    began = time.perf_counter()
    pool = finder.read()
    yield "reading everybody", time.perf_counter() - began, f"{len(pool.everybody)} candidates"
    began = time.perf_counter()
    pairs = finder.find(pool)
    yield "comparing everybody", time.perf_counter() - began, f"{len(pairs)} pairs"
    began = time.perf_counter()
    looked = duplicates.look(NOW)
    yield "reading, comparing and writing", time.perf_counter() - began, f"{looked.new} new"
    write()
    later = NOW + timedelta(days=1)
    db.session.execute(update(Candidate).where(Candidate.id <= rows // 100).values(updated_at=later))
    db.session.commit()
    began = time.perf_counter()
    looked = duplicates.look(later, later)
    yield "a night with 1 in 100 changed", time.perf_counter() - began, f"{looked.found} pairs, {looked.new} new"
    twice = {(each.first_id, each.second_id) for each in pairs}
    known = [(number - 1, number) for number in range(DOUBLE, rows + 1, DOUBLE)]
    hit = sum(each in twice for each in known)
    yield "brought twice and found", 0.0, f"{hit} of {len(known)} ({100 * hit / len(known):.1f} %)"


if __name__ == "__main__":
    main()
