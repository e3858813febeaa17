"""Newcomers: whoever comes to the agency after a competition was published may still take part, once they say so."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.db import db
from app.domain.agency import presence
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.game.competing.audience import among
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.entrant import Entrant, active, sides_of
from app.domain.game.competing.life import IN_PAIRS
from app.domain.game.weighing import PLAYS

MOST = 100


@presence.listen
def invite(person_id: int | None, first: date, last: date, *, moved: bool = False) -> None:
    """Invite somebody who came, or whose team is known now, to what was published before they were there.

    Their days and points count from joining the agency. As long as they did not join they follow their team.
    """
    person = db.session.get(Person, person_id) if person_id and moved else None
    if person is None:
        return
    for competition in _open_to(person, first, last):
        side = {"side_id": _side_of(competition, person)}
        facts = {"competition_id": competition.id, "person_id": person.id, "invited_at": person.created_at}
        row = insert(Entrant).values(**facts, **side)
        keys, waits = ["competition_id", "person_id"], Entrant.joined_at.is_(None)
        db.session.execute(row.on_conflict_do_update(index_elements=keys, set_=side, where=waits))


def came_later(entrant: Entrant, competition: Competition) -> bool:
    """Whether somebody was invited when the money for everybody's prizes was held already."""
    return competition.published_at is not None and entrant.invited_at > competition.published_at


def _open_to(person: Person, first: date, last: date) -> Sequence[Competition]:
    """What is for them, was published before they came, and can still be joined; of these days."""
    today = clock.local_day(clock.now(), the_zone())
    can_be_joined = or_(Competition.format.not_in(IN_PAIRS), Competition.first > today)
    published = Competition.published_at < person.created_at, Competition.cancelled_at.is_(None)
    rows = select(Competition).where(*published, can_be_joined, Competition.first <= last)
    still = rows.where(Competition.last >= max(first, today)).order_by(Competition.id).limit(MOST)
    return [row for row in db.session.scalars(still) if _is_for(person, row)]


def _is_for(person: Person, competition: Competition) -> bool:
    them = select(Person).where(Person.id == person.id, Person.deactivated_at.is_(None), Person.role.in_(PLAYS))
    return db.session.scalar(among(them, competition)) is not None


def _side_of(competition: Competition, person: Person) -> int | None:
    """That of their team; of the sides made for a competition the one with the fewest people."""
    sides = sides_of(competition.id)
    if not competition.own_teams:
        return next((side.id for side in sides if side.team_id == person.team_id), None)
    sizes = Counter(each.side_id for each in active(competition.id))
    return min(sides, key=lambda side: (sizes[side.id], side.position)).id
