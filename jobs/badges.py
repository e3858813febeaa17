"""Gives badges to whoever earned one lately."""

from datetime import datetime
from itertools import islice

from app import clock
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.game.recognition import awarding, deeds
from app.domain.program.program import the_program

AT_ONCE = 100


def give_due(_owner: str, now: datetime) -> int:
    """Give what is due to whoever had rows in the last day; returns how many badges were given.

    It is looked for without the write lock, because most of the time there is nothing to write.
    """
    program, zone, since = the_program(), the_zone(), now - clock.DAY
    if program is None:
        return 0
    people, given = iter(deeds.lately(program.id, since, clock.local_day(since, zone))), 0
    while portion := list(islice(people, AT_ONCE)):
        found = {each.person_id for each in awarding.due(program.id, portion)}
        if found:
            write()
            given += awarding.give(program.id, sorted(found), now, zone)
            db.session.commit()
    return given
