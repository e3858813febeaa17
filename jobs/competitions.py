"""Carries competitions on: seats at the start, the provisional result, the final one, and what nobody was given."""

from collections.abc import Callable, Iterable
from datetime import datetime

import structlog

from app.db import db, write
from app.domain.agency.agency import the_agency, the_zone
from app.domain.game.competing import finalising, life, pairing, prize_money
from app.domain.game.competing.competition import Competition

Step = Callable[[Competition, datetime], object]
log = structlog.get_logger()


class NotAll(Exception):  # noqa: N818 - it says what became of the others
    """These competitions could not be carried on, and are tried again; all others were."""


def carry_on(_owner: str, now: datetime) -> int:
    """Take every step that is due, each in a transaction of its own; returns how many were taken.

    What is due is read from the moments of a competition, so that days without this job change nothing but the hour.

    Raises:
        NotAll: some could not be taken.
    """
    if the_agency() is None:
        return 0
    stuck: list[int] = []
    taken = _each(life.to_seat(now, the_zone()), lambda row, _now: pairing.seat(row), now, stuck)
    taken += _each(life.to_close(now), finalising.review, now, stuck)
    taken += _each(life.in_review(), finalising.finalise, now, stuck)
    taken += _each(prize_money.to_let_go(now), prize_money.let_go, now, stuck)
    if stuck:
        raise NotAll(*stuck)
    return taken


def _each(rows: Iterable[Competition], step: Step, now: datetime, stuck: list[int]) -> int:
    """Ids first: after the commit of one the next is read anew, as another process may have left it."""
    taken = 0
    for competition_id in [row.id for row in rows]:
        try:
            taken += _take(competition_id, step, now)
        except Exception:  # one that cannot be carried on must not keep the others waiting
            db.session.rollback()
            log.exception("competition_stuck", competition=competition_id)
            stuck.append(competition_id)
    return taken


def _take(competition_id: int, step: Step, now: datetime) -> bool:
    write()
    row = db.session.get(Competition, competition_id, populate_existing=True)
    taken = bool(row and step(row, now))
    db.session.commit()
    return taken
