"""Twelve weeks of the demo agency's past: what candidates did, and how it and what was done about it is written."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from app import clock
from app.db import db
from app.demo import applications
from app.domain.actions import bulk
from app.domain.actions.contact import Contact
from app.domain.actions.outcome import Outcome
from app.domain.actions.response import take_in_many
from app.domain.agency.person import Person
from app.domain.journey.touchpoint import Hit
from app.domain.program.kind_rule import KindRule
from app.domain.program.program import Program

WEEKS = 12
OUTCOMES = (Outcome.SPOKE, Outcome.MESSAGE_SENT, Outcome.NO_ANSWER, Outcome.APPOINTMENT, Outcome.REPLIED)
COLD_SHARES, WARM_SHARES = (34, 31, 24, 4, 7), (46, 20, 16, 9, 9)
"""How contacts end with whoever was not heard of lately, and with whoever was."""
KINDS = ("site_visit", "mail_click", "job_view", "mail_open", "application_started", "form", "application_completed")
KIND_SHARES = (34, 18, 24, 14, 4, 4, 2)
LATELY = timedelta(days=4)
"""What is older came from a file: it is history, and no news on a screen."""

Row = TypeVar("Row", Contact, Hit)


@dataclass(frozen=True, slots=True)
class Setting:
    """When and where the past is played."""

    now: datetime
    zone: ZoneInfo
    program_id: int

    @property
    def program(self) -> Program:
        return db.session.get_one(Program, self.program_id)


def touchpoints(pairs: Sequence[tuple[int, int]], star_id: int, rng: random.Random, now: datetime) -> list[Hit]:
    """Much of the pool shows itself now and then, some of it a lot; the star's is quiet, for the scenes to be seen."""
    hits = []
    for candidate_id, owner_id in pairs:
        for number in range(rng.choice((0, 0, 0, 1, 2, 4, 8))):
            at = now - timedelta(days=WEEKS * 7 * rng.random() ** 2, minutes=30)
            kind = "site_visit" if owner_id == star_id else rng.choices(KINDS, KIND_SHARES)[0]
            hits.append(_about(Hit(candidate_id, kind, at, "demo", f"{candidate_id}-{number}"), candidate_id + number))
    return sorted(hits, key=lambda hit: hit.occurred_at)


def _about(hit: Hit, number: int) -> Hit:
    """With the vacancy when it is about one."""
    if hit.kind not in applications.OF_A_VACANCY:
        return hit
    job = applications.job(number)
    return hit._replace(vacancy=job.reference, payload=job.payload(number))


def contact(
    person: Person, candidate_id: int, at: datetime, rng: random.Random, setting: Setting, *, warm: bool = False
) -> Contact:
    """Something that a person logged, with an outcome as they usually fall; `warm`: the candidate was here lately."""
    return Contact(
        person_id=person.id,
        team_id=person.team_id,
        candidate_id=candidate_id,
        outcome=rng.choices(OUTCOMES, WARM_SHARES if warm else COLD_SHARES)[0],
        kind=None,
        at=at,
        now=at,
        day=clock.local_day(at, setting.zone),
        zone=setting.zone,
        program_id=setting.program_id,
        source="page" if setting.now - at < LATELY else "import",
        external_id=f"demo-{person.id}-{at.timestamp():.0f}-{candidate_id}-{rng.getrandbits(20)}",
    )


def play(hits: Sequence[Hit], contacts: Sequence[Contact], now: datetime, step: Callable[[], None]) -> None:
    """Write the past in the order of its parts; `step` commits after every part."""
    for part in _parts(hits, 500):
        take_in_many(part, now, silent=True)
        step()
    rules: dict[date, Mapping[str, KindRule]] = {}
    for batch in _parts(contacts, 100):
        bulk.record_many(batch, rules)
        step()


def _parts(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
