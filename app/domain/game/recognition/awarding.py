"""Giving badges: found from the ledger, given once, and told when they are new; what was given stays."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.game import feed
from app.domain.game.recognition import badges, deeds
from app.domain.game.recognition.badge import BadgeAward
from app.domain.game.recognition.badges import Badge, Progress
from app.domain.program.preset import PRESET

NEWS = clock.WEEK
"""What was earned longer ago than that is history and no news."""
A_PERSON = 100
"""Badges are numbered per person: the source of what is told of one."""
KINDS = tuple(preset.code for preset in PRESET)


class Due(NamedTuple):
    """A badge that somebody earned and was not given."""

    person_id: int
    badge: Badge
    earned_on: date


def due(program_id: int, people: Collection[int]) -> list[Due]:
    """What these people earned and were not given."""
    had, done = given_to(people), deeds.of_people(program_id, people)
    return [
        Due(person_id, each.badge, each.earned_on)
        for person_id in people
        for each in badges.progress(done.get(person_id, ()), KINDS)
        if each.earned_on is not None and each.badge not in had.get(person_id, {})
    ]


def give(program_id: int, people: Collection[int], now: datetime, zone: ZoneInfo, *, silent: bool = False) -> int:
    """Give what is due to these people; answers how many badges. `silent`: it is the past, and told to nobody."""
    return sum(_give(program_id, each, now, zone, silent=silent) for each in due(program_id, people))


def _give(program_id: int, each: Due, now: datetime, zone: ZoneInfo, *, silent: bool) -> bool:
    facts = each._asdict() | {"program_id": program_id, "given_at": now}
    once = insert(BadgeAward).values(facts).on_conflict_do_nothing(index_elements=["person_id", "badge"])
    if db.session.scalar(once.returning(BadgeAward.person_id)) is None:
        return False
    if not silent and clock.local_day(now, zone) - each.earned_on <= NEWS:
        _tell(program_id, each, now)
    return True


def _tell(program_id: int, each: Due, now: datetime) -> None:
    number = list(Badge).index(each.badge) + 1
    person = db.session.get_one(Person, each.person_id)
    feed.tell(
        program_id,
        feed.Told.BADGE,
        person.id * A_PERSON + number,
        person_id=person.id,
        team_id=person.team_id,
        number=number,
        now=now,
    )


def badge_of(number: int) -> Badge:
    """The badge that a number in the news stands for."""
    return list(Badge)[number - 1]


def given_to(people: Collection[int]) -> Mapping[int, Mapping[str, date]]:
    """The badges that these people have, each with the day on which it was earned."""
    rows = select(BadgeAward.person_id, BadgeAward.badge, BadgeAward.earned_on)
    found: dict[int, dict[str, date]] = defaultdict(dict)
    for person_id, badge, earned_on in db.session.execute(rows.where(BadgeAward.person_id.in_(people))):
        found[person_id][badge] = earned_on
    return found


class Standing(NamedTuple):
    """A badge as somebody sees their own: since when they have it, or else how far they are."""

    progress: Progress
    given_on: date | None


def of_person(program_id: int, person_id: int) -> list[Standing]:
    """Every badge with how far somebody is; one that was given stays, whatever was taken back since."""
    had = given_to([person_id]).get(person_id, {})
    done = deeds.of_people(program_id, [person_id]).get(person_id, ())
    return [Standing(each, had.get(each.badge)) for each in badges.progress(done, KINDS)]
