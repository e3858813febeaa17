"""Prizes handed over: what was promised is spent; whoever declines one gives it back to the budget."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing import prize_money
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.prize import PrizeAward
from app.domain.game.rewarding import holding
from app.domain.game.rewarding.budget import Pot
from app.domain.game.running import RUNS, NotAllowed

MOST = 10_000
"""A prize for everybody is one for each of them."""
OPEN: tuple[ColumnElement[bool], ...] = (PrizeAward.handed_at.is_(None), PrizeAward.declined_at.is_(None))


def hand_over(award: PrizeAward, *, by: Person, now: datetime) -> bool:
    """Somebody got their prize; False when they had it, or declined it.

    Raises:
        NotAllowed: it is one's own, or one does not run competitions.
    """
    if by.role not in RUNS or award.person_id == by.id:
        raise NotAllowed
    if not _settled(award, handed_at=now, handed_by_id=by.id):
        return False
    hold = prize_money.held_for(award.competition_id)
    if award.cents and hold:
        holding.spend(hold.id, award.cents, now=now, actor_id=by.id)
    _close(award.competition_id, now)
    return True


def decline(award: PrizeAward, *, by: Person, now: datetime) -> bool:
    """Somebody does not want their prize; False when they had it, or declined it before.

    For a team, and for who left before they got it, whoever runs competitions does: else its money waits for ever.

    Raises:
        NotAllowed: it is somebody else's, who is still here.
    """
    if award.person_id != by.id and not (by.role in RUNS and _is_nobodys(award)):
        raise NotAllowed
    if not _settled(award, declined_at=now):
        return False
    hold = prize_money.held_for(award.competition_id)
    if award.cents and hold:
        holding.release_part(hold.id, Pot.COMMITTED, award.cents, now=now, actor_id=by.id)
    _close(award.competition_id, now)
    return True


def _is_nobodys(award: PrizeAward) -> bool:
    winner = db.session.get(Person, award.person_id) if award.person_id is not None else None
    return winner is None or not winner.is_active


def _settled(award: PrizeAward, **facts: object) -> bool:
    """Once: of two at the same moment one finds it done."""
    db.session.execute(
        select(Competition.id).where(Competition.id == award.competition_id).with_for_update(key_share=True)
    )
    waiting = update(PrizeAward).where(PrizeAward.id == award.id, *OPEN).values(**facts)
    settled = db.session.scalar(waiting.returning(PrizeAward.id)) is not None
    db.session.refresh(award)
    return settled


def _close(competition_id: int, now: datetime) -> None:
    """With its last prize the competition is rewarded."""
    left = select(PrizeAward.id).where(PrizeAward.competition_id == competition_id, *OPEN).exists()
    done = update(Competition).where(Competition.id == competition_id, Competition.rewarded_at.is_(None), ~left)
    db.session.execute(done.values(rewarded_at=now))


def awards_of(competition_id: int) -> Sequence[PrizeAward]:
    """Who won what, in the order of the prizes."""
    rows = select(PrizeAward).where(PrizeAward.competition_id == competition_id)
    return db.session.scalars(rows.order_by(PrizeAward.prize_id, PrizeAward.nth).limit(MOST)).all()


def to_hand_over(most: int) -> Sequence[PrizeAward]:
    """Prizes that wait for somebody to hand them over, longest first."""
    longest_first = select(PrizeAward).where(*OPEN).order_by(PrizeAward.won_at, PrizeAward.id)
    return db.session.scalars(longest_first.limit(most)).all()
