"""What somebody won: their own prizes of every competition, with what they are."""

from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.prize import Prize, PrizeAward

MOST = 50


class Won(NamedTuple):
    """A prize that was won, what it is, and in which competition."""

    award: PrizeAward
    prize: Prize
    competition: Competition

    @property
    def is_open(self) -> bool:
        """Whether it waits to be handed over, and can be declined."""
        return self.award.handed_at is None and self.award.declined_at is None


def of_person(person: Person) -> list[Won]:
    """What somebody won, the newest first."""
    rows = select(PrizeAward, Prize, Competition).join(Prize, Prize.id == PrizeAward.prize_id)
    rows = rows.join(Competition, Competition.id == PrizeAward.competition_id)
    mine = rows.where(PrizeAward.person_id == person.id)
    newest = mine.order_by(PrizeAward.won_at.desc(), PrizeAward.id.desc()).limit(MOST)
    return [Won(*row) for row in db.session.execute(newest)]


def own(person: Person, award_id: int) -> PrizeAward | None:
    """One's own prize; somebody else's is not there."""
    row = db.session.get(PrizeAward, award_id)
    return row if row and row.person_id == person.id else None
