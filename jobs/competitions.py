"""Carries competitions from one state to the next: seats at the start, the provisional result, the final one."""

from collections.abc import Callable, Iterable
from datetime import datetime

from app.db import db, write
from app.domain.agency.agency import the_agency, the_zone
from app.domain.game.competing import finalising, life, pairing
from app.domain.game.competing.competition import Competition

Step = Callable[[Competition, datetime], object]


def carry_on(_owner: str, now: datetime) -> int:
    """Take every step that is due, each in a transaction of its own; returns how many were taken.

    What is due is read from the moments of a competition, so that days without this job change nothing but the hour.
    """
    if the_agency() is None:
        return 0
    taken = _each(life.to_seat(now, the_zone()), lambda row, _now: pairing.seat(row), now)
    taken += _each(life.to_close(now), finalising.review, now)
    return taken + _each(life.in_review(), finalising.finalise, now)


def _each(rows: Iterable[Competition], step: Step, now: datetime) -> int:
    """Ids first: after the commit of one the next is read anew, as another process may have left it."""
    taken = 0
    for competition_id in [row.id for row in rows]:
        write()
        row = db.session.get(Competition, competition_id, populate_existing=True)
        taken += bool(row and step(row, now))
        db.session.commit()
    return taken
