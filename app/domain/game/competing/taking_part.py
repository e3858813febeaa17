"""Who may and does take part: who is invited, joining, declining, and no more than two at a time."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.game.competing import life
from app.domain.game.competing.competition import Audience, Competition
from app.domain.game.competing.entrant import Entrant, Side
from app.domain.game.weighing import PLAYS

RUNS = frozenset({Role.SPONSOR, Role.ADMIN})
"""Who runs competitions; a team's lead does for that team only."""
MOST = 500
AT_ONCE = 2
"""In so many competitions may somebody be at the same time."""


class TooMany(Exception):  # noqa: N818 - it says which rule stands in the way
    """These people are in two others already in some of these days: `people` are their ids."""

    def __init__(self, people: Collection[int]) -> None:
        self.people = frozenset(people)


class Closed(Exception):  # noqa: N818 - it says which rule stands in the way
    """The days of the competition are over, or it was cancelled."""


ACTIVE: tuple[ColumnElement[bool], ...] = (Entrant.joined_at.is_not(None), Entrant.declined_at.is_(None))


def invited(competition: Competition) -> Sequence[Person]:
    """For whom it is: who plays and is in the branches, teams or among the people for whom it was made."""
    plays = select(Person).where(Person.deactivated_at.is_(None), Person.role.in_(PLAYS))
    return db.session.scalars(_among(plays, competition).order_by(Person.id)).all()


def _among(people: Select[Person], competition: Competition) -> Select[Person]:
    ids = competition.audience_ids
    match competition.audience:
        case Audience.BRANCH:
            return people.where(Person.team_id.in_(select(Team.id).where(Team.branch_id.in_(ids))))
        case Audience.TEAM:
            return people.where(Person.team_id.in_(ids))
        case Audience.PEOPLE:
            return people.where(Person.id.in_(ids))
        case _:
            return people


def join(competition: Competition, person: Person, now: datetime, *, side_id: int | None = None) -> Entrant:
    """Take part from now on; who declined before comes back.

    Until its last day is over, so that nobody waits to see how it ends; in pairs until it begins, for then the seats
    are given.

    Raises:
        LookupError: it, or that side, is not for them.
        Closed: its days are over.
        TooMany: they are in two others already.
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
    """Who of these people is in two others already in some of its days."""
    touching = and_(
        Competition.id != competition.id,
        Competition.published_at.is_not(None),
        Competition.cancelled_at.is_(None),
        Competition.first <= competition.last,
        Competition.last >= competition.first,
    )
    busy = (
        select(Entrant.person_id)
        .join(Competition, and_(Competition.id == Entrant.competition_id, touching))
        .where(Entrant.person_id.in_(people), *ACTIVE)
        .group_by(Entrant.person_id)
        .having(func.count() >= AT_ONCE)
    )
    return set(db.session.scalars(busy))


def entrant_of(competition_id: int, person_id: int) -> Entrant | None:
    """Somebody's part in a competition; None when it is not for them."""
    return db.session.get(Entrant, (competition_id, person_id))


def active(competition_id: int) -> Sequence[Entrant]:
    """Who takes part, by their numbers."""
    rows = select(Entrant).where(Entrant.competition_id == competition_id, *ACTIVE)
    return db.session.scalars(rows.order_by(Entrant.person_id)).all()


def sides_of(competition_id: int) -> Sequence[Side]:
    """The sides in their order."""
    rows = select(Side).where(Side.competition_id == competition_id).order_by(Side.position)
    return db.session.scalars(rows).all()


def visible_to(person: Person, competition_id: int) -> Competition | None:
    """A competition as somebody may see it: published and for them, or they run it; None to everybody else."""
    found = select(Competition).where(Competition.id == competition_id)
    return db.session.scalar(_seen_by(person, found))


def names_seen_by(person: Person, competition_ids: Collection[int]) -> dict[int, str]:
    """What those of these competitions are called that somebody may see."""
    if not competition_ids:
        return {}
    seen = _seen_by(person, select(Competition).where(Competition.id.in_(competition_ids)))
    rows = db.session.execute(seen.with_only_columns(Competition.id, Competition.name))
    return {row.id: row.name for row in rows}


def all_for(person: Person) -> Sequence[Competition]:
    """All competitions that somebody may see, the latest first."""
    rows = _seen_by(person, select(Competition)).order_by(Competition.first.desc(), Competition.id.desc())
    return db.session.scalars(rows.limit(MOST)).all()


def _seen_by(person: Person, rows: Select[Competition]) -> Select[Competition]:
    if person.role in RUNS:
        return rows
    mine = select(Entrant.competition_id).where(Entrant.person_id == person.id)
    return rows.where(or_(Competition.id.in_(mine), Competition.made_by_id == person.id))
