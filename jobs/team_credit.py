"""Credits teams for what candidates thought of them, a month at a time."""

from datetime import datetime

from app.db import db, write
from app.domain.oversight import team_credit


def credit_due(_owner: str, now: datetime) -> int:
    """Returns how many teams were credited; a month that was missed is credited until the next one is."""
    write()
    credited = team_credit.credit(now)
    db.session.commit()
    return credited
