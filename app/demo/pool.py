"""The talent pool of the demo agency: 3,200 candidates with their channels and owners."""

import random
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, insert

from app.db import db
from app.demo.names import FAMILY, GIVEN, ORIGINS, REGIONS, ROLES_SOUGHT
from app.domain.agency.naming import PREFIXES, sort_name
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, Stage, branch_of
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity
from app.domain.candidates.preference import ChannelPreference

SIZE = 3200
OLDEST = timedelta(days=420)
ENGAGED, NURTURED, PLACED, ENDED = 16, 45, (30, 180), 200
"""After how many days at most a candidate is engaged and kept warm, between which placed, and when that can be over."""
PLACED_SHARE, ENDED_SHARE = 0.28, 0.25
CHANNELS = ("phone", "whatsapp", "email")


class Somebody(NamedTuple):
    """Whom the pool holds: who looks after them, their stage, and since when they are there."""

    id: int
    owner_id: int
    stage: Stage
    registered_at: datetime


def fill(owners: list[Person], rng: random.Random, now: datetime) -> list[Somebody]:
    """Register everybody."""
    branches = {owner.id: branch_of(owner.id) for owner in owners}
    rows = [_candidate(number, owners, branches, rng, now) for number in range(SIZE)]
    made = insert(_table(Candidate)).returning(_table(Candidate).c.id, sort_by_parameter_order=True)
    ids = db.session.connection().execute(made, rows).scalars().all()
    pool = [Somebody(id_, row["owner_id"], row["stage"], row["registered_at"])
            for id_, row in zip(ids, rows, strict=True)]  # fmt: skip
    _insert(ContactState, [_state(one.id, one.owner_id) for one in pool])
    _insert(Identity, [way for one in pool for way in _ways(one.id, rng, now)])
    _insert(ChannelPreference, [_preference(one.id, rng, now) for one in pool if rng.random() < 0.6])  # noqa: PLR2004 - six in ten said what they prefer
    return pool


def _table(row: type[object]) -> Table:
    return cast("Table", row.__table__)  # type: ignore[attr-defined] # a mapped class


def _insert(row: type[object], values: list[dict[str, object]]) -> None:
    db.session.connection().execute(insert(_table(row)), values)


def _candidate(
    number: int, owners: list[Person], branches: dict[int, int | None], rng: random.Random, now: datetime
) -> dict[str, Any]:
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    owner = owners[number % len(owners)]
    registered = now - OLDEST * rng.random()
    return {
        "name": name,
        "sort_name": sort_name(name),
        **_parts(name),
        "role_sought": rng.choice(ROLES_SOUGHT),
        "region": rng.choice(REGIONS),
        "stage": _stage((now - registered).days, rng),
        "origin": rng.choice(ORIGINS),
        "external_id": f"VB-{number + 1:05d}",
        "owner_id": owner.id,
        "branch_id": branches[owner.id],
        "registered_at": registered,
        "updated_at": registered,
    }


def _stage(days: int, rng: random.Random) -> Stage:
    """How far somebody came who is here for so many days."""
    first, last = PLACED
    if rng.random() < PLACED_SHARE * min(1, max(0, days - first) / (last - first)):
        return Stage.REDEPLOY if days > ENDED and rng.random() < ENDED_SHARE else Stage.CONVERT
    if days < rng.uniform(0, ENGAGED):
        return Stage.ATTRACT
    return Stage.ENGAGE if days < rng.uniform(ENGAGED, NURTURED) else Stage.NURTURE


def _parts(name: str) -> dict[str, str]:
    """The given name, the prefix and the family name, as in "Jan", "van der", "Berg"."""
    given, *rest = name.split()
    at = next(place for place, word in enumerate(rest) if word.lower() not in PREFIXES)
    return {"given_name": given, "prefix": " ".join(rest[:at]), "family_name": " ".join(rest[at:])}


def _state(candidate_id: int, owner_id: int) -> dict[str, object]:
    return {
        "candidate_id": candidate_id,
        "owner_id": owner_id,
        "last_attempt_answered": False,
        "attempts": 0,
        "answers": 0,
    }


def _ways(candidate_id: int, rng: random.Random, now: datetime) -> list[dict[str, object]]:
    """A mobile number that is in nobody's hands, and often WhatsApp and a mail address that reaches nobody."""
    number = f"+316{89000000 + candidate_id:08d}"
    found = {"phone": number}
    if rng.random() < 0.7:  # noqa: PLR2004 - seven in ten use WhatsApp
        found["whatsapp"] = number
    if rng.random() < 0.8:  # noqa: PLR2004 - eight in ten have given a mail address
        found["email"] = f"kandidaat{candidate_id}@vasteband.example"
    return [
        {"candidate_id": candidate_id, "channel": channel, "address": address, "state": "unverified",
         "origin": "demo", "added_at": now}
        for channel, address in found.items()
    ]  # fmt: skip


def _preference(candidate_id: int, rng: random.Random, now: datetime) -> dict[str, object]:
    return {
        "candidate_id": candidate_id,
        "purpose": "contact",
        "channel": rng.choice(CHANNELS),
        "said_by": "candidate",
        "recorded_by_id": None,
        "recorded_at": now - timedelta(days=rng.randrange(1, 200)),
    }
