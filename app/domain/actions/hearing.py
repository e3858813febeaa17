"""Listening: who hears of a candidate at once, and who hears it in their place on a day off."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select

from app.db import db
from app.domain.actions.covering import PLAYERS
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.candidates.candidate import Candidate
from app.domain.program import absence, at_work

MOST = 20


def who(them: Candidate, day: date) -> list[int]:
    """Whoever looks after a candidate; on a day off of theirs whoever covers them, else who leads the branch.

    Without an owner who works here it is the leads of the branch, and without those whoever administers. When none of
    them is there, it waits for whom it is.
    """
    owner = owner_of(them)
    if owner is None:
        return _there(_leading(them), day) or [each.id for each in _leading(them)]
    if at_work.on([owner.id], day):
        return [owner.id]
    return _covering(owner, day) or _there(_leading(them), day) or [owner.id]


def owner_of(them: Candidate) -> Person | None:
    """Whoever looks after a candidate, as long as they work here."""
    owner = db.session.get(Person, them.owner_id) if them.owner_id else None
    return owner if owner is not None and owner.is_active else None


def _covering(owner: Person, day: date) -> list[int]:
    """Who leads the team has its pools beside their own; without one there the colleagues have them during leave."""
    if owner.team_id is None:
        return []
    team = db.session.scalars(_active(*PLAYERS).where(Person.team_id == owner.team_id, Person.id != owner.id)).all()
    leads = _there([each for each in team if each.role == Role.LEAD], day)
    return leads or (_there(team, day) if absence.away_on(owner.id, day, day) else [])


def _leading(them: Candidate) -> Sequence[Person]:
    leads = _active(Role.LEAD)
    if them.branch_id is not None:
        leads = leads.join(Team, Team.id == Person.team_id).where(Team.branch_id == them.branch_id)
    return db.session.scalars(leads).all() or db.session.scalars(_active(Role.ADMIN)).all()


def _there(people: Sequence[Person], day: date) -> list[int]:
    return at_work.on([each.id for each in people], day) if people else []


def _active(*roles: Role) -> Select[Person]:
    active = select(Person).where(Person.role.in_(roles), Person.deactivated_at.is_(None))
    return active.order_by(Person.id).limit(MOST)
