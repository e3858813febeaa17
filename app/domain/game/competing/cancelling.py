"""Cancelling a competition: it ends without a result, and the money that was held for it is available again."""

from datetime import datetime

from app.domain.agency.person import Person
from app.domain.game.competing import life, prize_money
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.publishing import check_published
from app.domain.game.rewarding import holding


def cancel(competition: Competition, reason: str, *, by: Person, now: datetime) -> bool:
    """End it without a result and let go of its money to the cent; False when it is final or cancelled already.

    Raises:
        NotAllowed: somebody else must.
        NotPublished: it is a draft.
        ValueError: without a reason.
    """
    check_published(competition, by)
    if not reason.strip():
        raise ValueError(reason)
    if not life.cancel(competition, reason, by=by, now=now):
        return False
    hold = prize_money.held_for(competition.id)
    if hold:
        holding.release(hold.id, now=now, actor_id=by.id)
    return True
