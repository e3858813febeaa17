"""For whom a competition is."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Branch, Team
from app.domain.game.competing.competition import Audience, Competition
from app.domain.game.weighing import PLAYS

OF: Mapping[str, tuple[InstrumentedAttribute[int], InstrumentedAttribute[str]]] = {
    Audience.BRANCH: (Branch.id, Branch.name),
    Audience.TEAM: (Team.id, Team.name),
}


def invited(competition: Competition) -> Sequence[Person]:
    """For whom it is: who plays and is in the branches, teams or among the people for whom it was made."""
    plays = select(Person).where(Person.deactivated_at.is_(None), Person.role.in_(PLAYS))
    return db.session.scalars(among(plays, competition).order_by(Person.id)).all()


def among(people: Select[Person], competition: Competition) -> Select[Person]:
    """Those of these people for whom it is."""
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


def names_of_audience(competition: Competition) -> Sequence[str]:
    """The branches or teams for whom it is; none when it is for everybody.

    Nor when it is for people who were chosen: beside their names one would see who of them is missing.
    """
    if competition.audience not in OF:
        return []
    key, name = OF[competition.audience]
    rows = select(name).where(key.in_(competition.audience_ids))
    return db.session.scalars(rows.order_by(func.lower(name), key)).all()
