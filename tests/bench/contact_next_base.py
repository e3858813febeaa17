"""A base of candidates for the bench of contact next: three pools of known size among pools of two hundred."""

import random
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert

from app.db import db
from app.demo.names import FAMILY, GIVEN
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.consent import Consent
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity
from app.domain.candidates.preference import ChannelPreference
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import Touchpoint
from app.domain.scoring.cell import Cell
from app.domain.scoring.rules import live_for_writing
from tests import make
from tests.people import make_people

SEED = 20261119
NOW = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)  # a Friday, 14:30 in Amsterdam
DAY = timedelta(days=1)
PORTION = 20_000
USUAL_POOL = 200
SHARES = (10, 15, 50, 18, 7)
STATES = (None, "started", "completed", "in_procedure", "interviewed", "rejected")
STATE_SHARES = (85, 3, 3, 4, 2, 3)


def fill(base: int, pools: tuple[int, ...]) -> list[int]:
    """So many candidates, the same each time; answers the owners of the pools, others have one of the usual size."""
    rng = random.Random(SEED)
    touchpoint_kind.install_preset()
    ruleset_id = live_for_writing(NOW).id
    owners = [make_people().sanne, *(make.person(f"Recruiter{number} Bos") for number in range(len(pools) - 1))]
    others = [make.person(f"Collega{number} Smit").id for number in range(max(1, (base - sum(pools)) // USUAL_POOL))]
    db.session.flush()
    mine = [owner.id for owner, size in zip(owners, pools, strict=True) for _ in range(size)]
    owned = mine + [rng.choice(others) for _ in range(base - len(mine))]
    rng.shuffle(owned)
    numbered = iter(enumerate(owned, 1))
    while portion := list(islice(numbered, PORTION)):
        _write(portion, ruleset_id, rng)
    db.session.commit()
    return [owner.id for owner in owners]


def _write(portion: list[tuple[int, int]], ruleset_id: int, rng: random.Random) -> None:
    registered = {one: NOW - rng.random() * 700 * DAY for one, _ in portion}
    seen = [one for one, _ in portion if rng.random() < 0.1]
    _insert(Candidate, [_candidate(one, owner, registered[one], rng) for one, owner in portion])
    _insert(ContactState, [_state(one, owner, registered[one], rng) for one, owner in portion])
    _insert(Identity, [_address(one, rng) for one, _ in portion])
    _insert(Consent, [_consent(one, rng) for one, _ in portion if rng.random() < 0.2])
    _insert(ChannelPreference, [_wish(one, rng) for one, _ in portion if rng.random() < 0.2])
    ages = {one: rng.random() * 10 * DAY for one in seen}
    _insert(Touchpoint, [_touchpoint(one, NOW - age) for one, age in ages.items()])
    _insert(Cell, [_cell(one, NOW - age, ruleset_id) for one, age in ages.items()])


def _insert(table: type[Any], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.connection().execute(insert(table.__table__), rows)


def _candidate(one: int, owner: int, registered: datetime, rng: random.Random) -> dict[str, Any]:
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    return {
        "id": one,
        "name": f"{given} {family}",
        "sort_name": f"{family} {given}".lower(),
        "given_name": given,
        "prefix": "",
        "family_name": family,
        "role_sought": "",
        "aspiration": "",
        "region": "",
        "stage": rng.choices(list(Stage), SHARES)[0],
        "origin": "",
        "owner_id": owner,
        "retention": "registered",
        "keep_until": registered + 730 * DAY,
        "registered_at": registered,
        "updated_at": registered,
    }


def _ago(rng: random.Random, share: float, days: float) -> datetime | None:
    return NOW - rng.random() * days * DAY if rng.random() < share else None


def _state(one: int, owner: int, registered: datetime, rng: random.Random) -> dict[str, Any]:
    tried = _ago(rng, 0.7, min(200.0, (NOW - registered) / DAY))
    attempts = rng.randrange(1, 9) if tried else 0
    unanswered = [tried - n * 3 * DAY for n in range(rng.choice((0, 0, 1, 2, 3)))] if tried else []
    promised = NOW + rng.uniform(-5, 20) * DAY if rng.random() < 0.06 else None
    answers = rng.randrange(attempts + 1)
    return {
        "candidate_id": one,
        "owner_id": owner,
        "last_two_way_at": _ago(rng, 0.4, 400),
        "last_attempt_at": tried,
        "last_attempt_by_id": owner if tried else None,
        "last_attempt_answered": bool(tried and not unanswered),
        "last_inbound_at": _ago(rng, 0.15, 300),
        **{f"unanswered_{n + 1}": at for n, at in enumerate((unanswered + [None] * 3)[:3])},
        "attempts": attempts,
        "answers": answers,
        "reach": {f"phone:{rng.choice(('morning', 'afternoon'))}": [answers, attempts]} if attempts else None,
        "promise_id": one if promised else None,
        "promise_due_at": promised,
        "promise_kind": "agreed" if promised else None,
        **_trigger(rng),
        "tau": NOW.timestamp() + rng.gauss(20, 50) * 86400 if rng.random() < 0.5 else None,
        "application_state": rng.choices(STATES, STATE_SHARES)[0],
        "do_not_contact_at": _ago(rng, 0.01, 300),
        "paused_until": NOW + rng.random() * 30 * DAY if rng.random() < 0.02 else None,
    }


def _trigger(rng: random.Random) -> dict[str, Any]:
    at = _ago(rng, 0.05, 30)
    return {"trigger": "form" if at else None, "trigger_at": at}


def _address(one: int, rng: random.Random) -> dict[str, Any]:
    state = "opted_out" if rng.random() < 0.02 else "unverified"
    facts = {"candidate_id": one, "channel": "phone", "address": f"+316{10000000 + one * 7}", "state": state}
    return facts | {"state_origin": "", "origin": "", "added_at": NOW}


def _consent(one: int, rng: random.Random) -> dict[str, Any]:
    facts = {"candidate_id": one, "purpose": "contact", "via": "form", "given": rng.random() < 0.95}
    return facts | {"at": NOW - rng.random() * 365 * DAY}


def _wish(one: int, rng: random.Random) -> dict[str, Any]:
    hours = rng.random() < 0.2
    return {
        "candidate_id": one,
        "purpose": "contact",
        "channel": "phone",
        "channels": ["phone"],
        "days": "24" if hours else "",
        "from_minute": 1020 if hours else None,
        "until_minute": 1200 if hours else None,
        "no_voicemail": False,
        "arrangement": "",
        "note": "",
        "said_by": "candidate",
        "recorded_at": NOW,
    }


def _touchpoint(one: int, at: datetime) -> dict[str, Any]:
    facts = {"id": one, "candidate_id": one, "kind": "mail_click", "occurred_at": at, "received_at": at}
    return facts | {"local_date": at.date(), "source": "bench", "external_id": str(one), "verdict": "human"}


def _cell(one: int, at: datetime, ruleset_id: int) -> dict[str, Any]:
    facts = {"candidate_id": one, "ruleset_id": ruleset_id, "kind": "mail_click", "local_date": at.date()}
    return facts | {"key": at.timestamp() + 2.58 * 21 * 86400, "counted": True, "touchpoint_id": one}
