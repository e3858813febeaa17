"""The demo agency's follow-up blocks: on the Fridays behind it most recruiters worked through a queue."""

import random
from collections.abc import Iterator, Sequence
from datetime import date

from app import clock
from app.demo import past
from app.demo.past import Setting
from app.domain.actions.contact import Contact
from app.domain.agency.person import Person
from app.domain.program.block import Block

WEEKS = 7
CARDS = 7
KEEPING = 0.75


def contacts(recruiters: Sequence[Person], pairs: Sequence[tuple[int, int]], setting: Setting) -> list[Contact]:
    """What was logged in the blocks; the star, who comes first, kept them all."""
    found: list[Contact] = []
    for place, person in enumerate(recruiters):
        rng = random.Random(f"blocks {place}")  # noqa: S311 - a game with names, no secret
        own = [candidate_id for candidate_id, owner_id in pairs if owner_id == person.id]
        for day in _fridays(setting):
            if place == 0 or rng.random() < KEEPING:
                found += _worked(person, rng.sample(own, min(CARDS, len(own))), day, rng, setting)
    return sorted(found, key=lambda contact: contact.at)


def _fridays(setting: Setting) -> Iterator[date]:
    """Those of the weeks that are over."""
    monday = clock.week_of(clock.local_day(setting.now, setting.zone)).start
    for week in range(WEEKS, 0, -1):
        yield monday - clock.WEEK * week + clock.DAY * 4


def _worked(person: Person, own: Sequence[int], day: date, rng: random.Random, setting: Setting) -> Iterator[Contact]:
    usual = Block(program_id=setting.program_id)
    for number, candidate_id in enumerate(own):
        at = clock.wall(day, usual.starts + 2 + number * 5, setting.zone)
        yield past.contact(person, candidate_id, at, rng, setting)
