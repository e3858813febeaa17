"""What of a team's prize is whose: payroll sees nobody's prizes but people's, so that each has an equal part."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing.entrant import ACTIVE, Entrant
from app.domain.game.competing.prize import PrizeAward
from app.domain.game.competing.splitting import parts


class Part(NamedTuple):
    """Somebody's part of a prize, in cents."""

    person_id: int
    person: str
    cents: int


def parts_of(awards: Collection[PrizeAward]) -> Mapping[int, list[Part]]:
    """By the ids of prizes of a side, or of everybody: the parts of those who were still here when it was won.

    To the cent the whole: it may be that some have one more than others.
    """
    rows = (
        select(Entrant.competition_id, Entrant.side_id, Person.id, Person.name, Person.deactivated_at)
        .join(Person, Person.id == Entrant.person_id)
        .where(Entrant.competition_id.in_({award.competition_id for award in awards}), *ACTIVE)
        .order_by(Person.id)
    )
    entrants = db.session.execute(rows).all() if awards else []
    found = {}
    for award in awards:
        team = [
            (person_id, name)
            for competition_id, side_id, person_id, name, left_at in entrants
            if competition_id == award.competition_id
            and award.side_id in (None, side_id)
            and (left_at is None or left_at >= award.won_at)
        ]
        cents = parts(award.cents, len(team)) if team else []
        found[award.id] = [Part(*member, each) for member, each in zip(team, cents, strict=True)]
    return found
