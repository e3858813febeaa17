"""Taking part in a competition: being asked, joining, declining, and no more than two at a time."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import and_, select, update
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.clock import Period
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.game.competing import life, newcomers, prize_money
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.entrant import ACTIVE, Entrant, Side

AT_ONCE = 2
"""In so many competitions may somebody be at the same time."""


class TooMany(Exception):  # noqa: N818 - it says which rule stands in the way
    """These people are in two others already in some of these days: `people` are their ids."""

    def __init__(self, people: Collection[int]) -> None:
        self.people = frozenset(people)


class Closed(Exception):  # noqa: N818 - it says which rule stands in the way
    """The days of the competition are over, or it was cancelled."""


def join(competition: Competition, person: Person, now: datetime, *, side_id: int | None = None) -> Entrant:
    """Take part from now on; who declined before comes back.

    Until its last day is over, so that nobody waits to see how it ends; in pairs until it begins, for then the seats
    are given.

    Raises:
        LookupError: it, or that side, is not for them.
        Closed: its days are over.
        TooMany: they are in two others already.
        TooLittle: they came later, and the budget has too little for what everybody may win.
    """
    life.hold(competition, shared=True)
    hold_people([person.id])
    entrant = db.session.get(Entrant, (competition.id, person.id), populate_existing=True)
    if not _may_join(competition, entrant, now):
        raise Closed
    if entrant is None or not _is_side(competition.id, side_id):
        raise LookupError(person.id)
    if entrant.joined_at is None or entrant.declined_at is not None:
        if busy := too_many(competition, [person.id]):
            raise TooMany(busy)
        if entrant.joined_at is None and newcomers.came_later(entrant, competition):
            prize_money.hold_more(competition, now=now, actor_id=person.id)
        entrant.joined_at, entrant.declined_at = entrant.joined_at or now, None
    entrant.side_id = entrant.side_id or side_id
    db.session.flush()
    return entrant


def decline(competition: Competition, person: Person, now: datetime) -> bool:
    """Not take part, or no longer; False when it is over, not for them, or said before.

    Nothing is lost by it: points stay points, and in this competition nobody sees that somebody is missing.
    """
    life.hold(competition, shared=True)
    hold_people([person.id])
    if not _is_open(competition, now):
        return False
    mine = Entrant.competition_id == competition.id, Entrant.person_id == person.id, Entrant.declined_at.is_(None)
    said = update(Entrant).where(*mine).values(declined_at=now)
    return db.session.scalar(said.returning(Entrant.person_id)) is not None


def hold_people(people: Collection[int]) -> None:
    """One after another: of two joinings, or publishings, at the same moment the second sees the first."""
    rows = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
    db.session.execute(rows.with_for_update(key_share=True))


def _is_open(competition: Competition, now: datetime) -> bool:
    closes = competition.closes_at
    return closes is not None and now < closes and competition.cancelled_at is None


def _may_join(competition: Competition, entrant: Entrant | None, now: datetime) -> bool:
    begins, ends = life.dates_of(competition).moments(the_zone())
    seated = entrant is not None and entrant.seat is not None
    last = begins if competition.format in life.IN_PAIRS and not seated else ends
    return now < last and _is_open(competition, now)


def _is_side(competition_id: int, side_id: int | None) -> bool:
    """Whether a side is one of its own; none is no matter."""
    own = select(Side.id).where(Side.id == side_id, Side.competition_id == competition_id)
    return side_id is None or db.session.scalar(own) is not None


def enter(
    competition: Competition,
    people: Collection[Person],
    sides: Mapping[int, int],
    now: datetime,
    *,
    shy: Collection[int] = (),
) -> None:
    """Invite these people; unless it is by choice they take part at once, but for those who are `shy`.

    `sides` are those of people by their ids.
    """
    asked = {person.id for person in people} if competition.by_choice else shy
    rows = [
        {
            "competition_id": competition.id,
            "person_id": person.id,
            "side_id": sides.get(person.id),
            "invited_at": now,
            "joined_at": None if person.id in asked else now,
        }
        for person in people
    ]
    if rows:
        db.session.execute(insert(Entrant).on_conflict_do_nothing(), rows)


def too_many(competition: Competition, people: Collection[int]) -> set[int]:
    """Who of these people is in two others already on one of its days."""
    touching = and_(
        Competition.id != competition.id,
        Competition.published_at.is_not(None),
        Competition.cancelled_at.is_(None),
        Competition.first <= competition.last,
        Competition.last >= competition.first,
    )
    rows = (
        select(Entrant.person_id, Competition.first, Competition.last)
        .join(Competition, and_(Competition.id == Entrant.competition_id, touching))
        .where(Entrant.person_id.in_(people), *ACTIVE)
    )
    others: dict[int, list[Period]] = defaultdict(list)
    for person_id, first, last in db.session.execute(rows):
        others[person_id].append(Period(max(first, competition.first), last + clock.DAY))
    return {person_id for person_id, dates in others.items() if most_at_once(dates) >= AT_ONCE}


def most_at_once(dates: Collection[Period]) -> int:
    """How many of these there are on the day with the most: it is the first one of some of them."""
    return max((sum(each.start in other for other in dates) for each in dates), default=0)
