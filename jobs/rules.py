"""Makes an edition of the rules whenever a setting, or a new release, says something else than the last one."""

from datetime import datetime

from app.db import db, write
from app.domain.actions import game_rules
from app.domain.agency.agency import SETUP_DONE, the_agency
from app.domain.program.program import the_program


def publish_due(_owner: str, now: datetime) -> int:
    """Answers how many were made; it is looked for without the write lock, because most of the time there is none."""
    agency, program = the_agency(), the_program()
    if agency is None or program is None or agency.setup_step < SETUP_DONE or not game_rules.changed(program):
        return 0
    write()
    made = game_rules.publish(program, None, now)
    db.session.commit()
    return int(made is not None)
