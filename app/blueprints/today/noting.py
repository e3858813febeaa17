"""Logs the list that Today shows, when its order is a new one."""

from sqlalchemy.exc import DBAPIError

from app.blueprints.today.showing import Day
from app.db import Busy, db, write
from app.domain.actions.open_ends import SURFACE
from app.domain.scoring import list_log


def note(day: Day) -> None:
    """After the page is made: nobody waits for the log, and a list that is missed is logged at the next visit."""
    if not list_log.is_another(day.upcoming, day.ends.shown):
        return
    person_id = day.person.id
    try:
        write()
        list_log.keep(person_id, day.upcoming, SURFACE, day.now)
        db.session.commit()
    except (Busy, DBAPIError):  # who is next stands there all the same
        db.session.rollback()
