"""What somebody won: prizes of their own, with their side or with everybody, and the competitions themselves."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, or_, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing import scoreboard
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.entrant import ACTIVE, Entrant
from app.domain.game.competing.prize import Prize, PrizeAward
from app.domain.game.competing.result import Result

MOST = 50
SEVERAL = 10


class Winning(NamedTuple):
    """A prize that was won, what it is, and in which competition."""

    award: PrizeAward
    prize: Prize
    competition: Competition

    @property
    def together(self) -> bool:
        """Whether it is for a side, or for everybody who took part."""
        return self.award.person_id is None

    @property
    def is_open(self) -> bool:
        """Whether it waits to be handed over, and can be declined."""
        return not self.together and self.award.handed_at is None and self.award.declined_at is None


def of_person(person: Person) -> list[Winning]:
    """What somebody won, by themselves or together with others, the newest first."""
    part = and_(Entrant.competition_id == PrizeAward.competition_id, Entrant.person_id == person.id)
    with_all = PrizeAward.person_id.is_(None), or_(PrizeAward.side_id.is_(None), PrizeAward.side_id == Entrant.side_id)
    rows = select(PrizeAward, Prize, Competition).join(Prize, Prize.id == PrizeAward.prize_id)
    rows = rows.join(Competition, Competition.id == PrizeAward.competition_id).outerjoin(Entrant, part)
    mine = rows.where(or_(PrizeAward.person_id == person.id, and_(*with_all, *ACTIVE)))
    newest = mine.order_by(PrizeAward.won_at.desc(), PrizeAward.id.desc()).limit(MOST)
    return [Winning(*row) for row in db.session.execute(newest)]


def own(person: Person, award_id: int) -> PrizeAward | None:
    """One's own prize; somebody else's is not there."""
    row = db.session.get(PrizeAward, award_id)
    return row if row and row.person_id == person.id else None


def won_since(person_id: int, since: datetime) -> Competition | None:
    """The last competition that somebody won after a moment, by its final result."""
    rows = select(Competition, Result, Entrant).join(Result, Result.competition_id == Competition.id)
    rows = rows.join(Entrant, Entrant.competition_id == Competition.id).where(Entrant.person_id == person_id, *ACTIVE)
    latest = rows.where(Result.final.is_(True), Result.made_at > since).order_by(Result.made_at.desc()).limit(SEVERAL)
    found = db.session.execute(latest).all()
    return next((row for row, result, entrant in found if is_winner(row, result, entrant)), None)


def is_winner(competition: Competition, result: Result, entrant: Entrant) -> bool:
    """Whether somebody has a prize, the first place, or is on the side or among those who won together."""
    told, me, side = scoreboard.told(result), entrant.person_id, entrant.side_id
    for prize in result.body["prizes"]:
        if prize["person_id"] == me or (prize["person_id"] is None and prize["side_id"] in {None, side}):
            return True
    match competition.format:
        case Format.TEAM_GOAL:
            return told.reached(competition)
        case Format.TEAMS:
            return any(line.place == 1 and line.subject_id == side for line in told.sides)
        case Format.THRESHOLD:
            return False
        case _:
            return any(line.place == 1 and line.subject_id == me for line in told.people)
