"""Lets go of redemptions that nobody decided in time, and takes coins whose announced day has come."""

from datetime import datetime

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.game.rewarding import deciding, lapse, lapsing
from app.domain.game.rewarding.lapse import CoinLapse
from app.domain.game.rewarding.redemption import Redemption


def expire_due(_owner: str, now: datetime) -> int:
    """Returns how many redemptions expired; each in a transaction of its own, so that nobody waits for long."""
    expired = 0
    for redemption_id in deciding.overdue(now):
        write()
        expired += deciding.expire(db.session.get_one(Redemption, redemption_id), now)
        db.session.commit()
    return expired


def lapse_due(_owner: str, now: datetime) -> int:
    """Returns how many people lost coins; whoever lost them before a crash does not lose them again after it."""
    zone = the_zone()
    due = [row.id for row in lapse.due(clock.local_day(now, zone))]
    return sum(_lapse(lapse_id, now) for lapse_id in due)


def _lapse(lapse_id: int, now: datetime) -> int:
    lost = 0
    for person_id in lapsing.holders():
        write()
        row = db.session.get_one(CoinLapse, lapse_id)
        lost += row.withdrawn_at is None and lapsing.take(row, person_id, the_zone(), now) > 0
        db.session.commit()
    write()
    lapse.done(db.session.get_one(CoinLapse, lapse_id), now)
    db.session.commit()
    return lost
