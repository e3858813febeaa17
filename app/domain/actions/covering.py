"""Covering: whose pool somebody may work beside their own, so that nobody is forgotten while a colleague is away."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.program import absence

PLAYERS = (Role.RECRUITER, Role.LEAD)


def may_cover(person: Person, owner_id: int, today: date) -> bool:
    """Whether somebody may work the pool of this owner today."""
    return owner_id == person.id or any(owner.id == owner_id for owner in covered_by(person, today))


def covered_by(person: Person, today: date) -> Sequence[Person]:
    """The colleagues of the team who are on leave today or have left; for who leads the team, all of the team."""
    if person.team_id is None or person.role not in PLAYERS:
        return ()
    team = select(Person).where(Person.team_id == person.team_id, Person.id != person.id)
    pools = team.where(or_(Person.role.in_(PLAYERS), Person.deactivated_at.is_not(None)))
    colleagues = db.session.scalars(pools.order_by(Person.sort_name, Person.id)).all()
    if person.role == Role.LEAD:
        return colleagues
    away = absence.days_off([each.id for each in colleagues], today, today)
    return [each for each in colleagues if not each.is_active or away[each.id]]
