"""For whom a competition is, by name."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Branch, Team
from app.domain.game.competing.competition import Audience, Competition

OF: Mapping[str, tuple[InstrumentedAttribute[int], InstrumentedAttribute[str]]] = {
    Audience.BRANCH: (Branch.id, Branch.name),
    Audience.TEAM: (Team.id, Team.name),
    Audience.PEOPLE: (Person.id, Person.name),
}


def names_of_audience(competition: Competition) -> Sequence[str]:
    """The branches, teams or people for whom it is; none when it is for everybody."""
    if competition.audience not in OF:
        return []
    key, name = OF[competition.audience]
    rows = select(name).where(key.in_(competition.audience_ids))
    return db.session.scalars(rows.order_by(func.lower(name), key)).all()
