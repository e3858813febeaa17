"""What waits for those who run rewards: to be decided, and to be handed over to whom."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing import handing
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.entrant import Side
from app.domain.game.competing.prize import Prize, PrizeAward
from app.domain.game.payroll import Origin
from app.domain.game.recognition.surprise import Surprise
from app.domain.game.rewarding.redemption import Asked, Redemption, RedemptionMove, RedemptionState
from app.domain.game.rewarding.reward import Reward

MOST = 200


class ToHand(NamedTuple):
    """A reward, a prize or a surprise that was promised and not handed over; `person` None: it is for a team.

    `what` is what a prize is, `about` the competition in which it was won; a surprise has neither. `free`: nobody is
    there who could decline it, because it is for a team, or they left.
    """

    origin: Origin
    id: int
    since: datetime
    cents: int
    person_id: int | None
    person: str | None
    reward: Reward | None = None
    what: str = ""
    about: str = ""
    free: bool = False


def requested(program_id: int) -> list[Asked]:
    """Every request without a decision, whoever waits longest first; one's own are among them."""
    rows = select(Redemption, Reward, Person).join(Reward, Reward.id == Redemption.reward_id)
    rows = rows.join(Person, Person.id == Redemption.person_id)
    waiting = rows.where(Reward.program_id == program_id, Redemption.state == RedemptionState.REQUESTED)
    longest_first = waiting.order_by(Redemption.requested_at, Redemption.id).limit(MOST)
    return [Asked(*row) for row in db.session.execute(longest_first)]


def to_hand_over(program_id: int) -> list[ToHand]:
    """Everything that was promised and not handed over, whoever waits longest first; one's own is among it."""
    found = [*_rewards(program_id), *_prizes(program_id), *_surprises(program_id)]
    return sorted(found, key=lambda each: (each.since, each.origin, each.id))


def _rewards(program_id: int) -> list[ToHand]:
    agreed = (RedemptionMove.redemption_id == Redemption.id) & (RedemptionMove.state == RedemptionState.APPROVED)
    rows = select(Redemption, Reward, Person.name, RedemptionMove.moved_at)
    rows = rows.join(Reward, Reward.id == Redemption.reward_id).join(Person, Person.id == Redemption.person_id)
    waiting = rows.join(RedemptionMove, agreed).where(
        Reward.program_id == program_id, Redemption.state == RedemptionState.APPROVED
    )
    return [
        ToHand(Origin.REDEMPTION, row.id, at, row.cents, row.person_id, name, reward)
        for row, reward, name, at in _run(waiting.order_by(RedemptionMove.moved_at))
    ]


def _prizes(program_id: int) -> list[ToHand]:
    names = Prize.title, Competition.name, func.coalesce(Person.name, Side.name)
    rows = select(PrizeAward, *names, or_(Person.id.is_(None), Person.deactivated_at.is_not(None)))
    rows = rows.join(Prize, Prize.id == PrizeAward.prize_id)
    rows = rows.join(Competition, Competition.id == PrizeAward.competition_id)
    rows = rows.outerjoin(Person, Person.id == PrizeAward.person_id).outerjoin(Side, Side.id == PrizeAward.side_id)
    waiting = rows.where(Competition.program_id == program_id, *handing.OPEN).order_by(PrizeAward.won_at)
    return [
        ToHand(Origin.COMPETITION, row.id, row.won_at, row.cents, row.person_id, who, None, title, about, free)
        for row, title, about, who, free in _run(waiting)
    ]


def _surprises(program_id: int) -> list[ToHand]:
    rows = select(Surprise, Person.name, Person.deactivated_at.is_not(None)).join(
        Person, Person.id == Surprise.receiver_id
    )
    waiting = rows.where(Surprise.program_id == program_id, Surprise.handed_at.is_(None), Surprise.cents > 0)
    return [
        ToHand(Origin.SURPRISE, row.id, row.given_at, row.cents, row.receiver_id, name, free=free)
        for row, name, free in _run(waiting.order_by(Surprise.given_at))
    ]


def _run(query: Select[*tuple[Any, ...]]) -> list[Any]:
    return list(db.session.execute(query.limit(MOST)))


def award(program_id: int, award_id: int) -> PrizeAward | None:
    """A prize that was won in a competition of the program."""
    rows = select(PrizeAward).join(Competition, Competition.id == PrizeAward.competition_id)
    return db.session.scalar(rows.where(PrizeAward.id == award_id, Competition.program_id == program_id))


def redeemed(program_id: int, redemption_id: int) -> Redemption | None:
    """What somebody asked for in the program."""
    rows = select(Redemption).join(Reward, Reward.id == Redemption.reward_id)
    return db.session.scalar(rows.where(Redemption.id == redemption_id, Reward.program_id == program_id))
