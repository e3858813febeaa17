"""The way up: what somebody could log today to have so many points more, as far as it still pays."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import select

from app.db import db
from app.domain.actions.award import PROOF_FROM, PlaceClass, award
from app.domain.actions.outcome import KINDS, Outcome
from app.domain.actions.place import AwardDay
from app.domain.agency.person import Person, Role
from app.domain.program.kind_rule import KindRule, rules_on

MOST_WAYS = 2
MOST_TIMES = 40


class Way(NamedTuple):
    """So many times of a kind, each with another candidate."""

    kind: KindRule
    times: int


def ways_up(program_id: int, person: Person, points: int, day: date) -> Sequence[Way]:
    """The shortest ways to so many points, by what is logged every day and pays at once; none when it pays no more."""
    logged = _logged(person.id, day)
    kinds = [kind for kind in rules_on(program_id, day).values() if _everyday(kind, person)]
    ways = [Way(kind, times) for kind in kinds if (times := times_for(points, kind, logged.get(kind.kind_id, 0)))]
    return sorted(ways, key=lambda way: way.times)[:MOST_WAYS]


def _everyday(kind: KindRule, person: Person) -> bool:
    """Nobody sets out to find nobody in."""
    own = kind.for_members and person.role == Role.MEMBER
    if kind.code == KINDS[Outcome.NO_ANSWER]:
        return False
    return 0 < kind.points < PROOF_FROM and (own or kind.place_class is not None)


def times_for(points: int, kind: KindRule, logged: int) -> int | None:
    """How often a kind, logged so often today, must be logged again for so many points; None: it does not pay them."""
    earned = 0
    place_class = cast("PlaceClass | None", kind.place_class)
    for times in range(1, MOST_TIMES + 1):
        paid = award(kind.points, place_class=place_class, count_today=logged + times - 1).points
        earned += paid
        if earned >= points:
            return times
        if not paid:
            return None
    return None


def _logged(person_id: int, day: date) -> dict[int, int]:
    rows = select(AwardDay.kind_id, AwardDay.actions).where(AwardDay.person_id == person_id, AwardDay.local_date == day)
    return {row.kind_id: row.actions for row in db.session.execute(rows)}
