"""Whoever reads many candidates takes the pool along, by whichever address: the audit log says so, once an hour."""

from datetime import timedelta

from flask import current_app

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.agency import audit, reading
from app.web import auth

READ_ON = "candidates.read_on"
HOUR = timedelta(hours=1)
MANY = 100
"""Different ones within an hour: a page of them. Whoever reads the same again and again takes nobody along."""


def reads(*candidate_ids: int, on: bool = False) -> None:
    """Software of the token's person reads these, before they are told; `on`: it goes through the whole list."""
    person, now = auth.person(), clock.now()
    if audit.lately(READ_ON, person.id, now - HOUR):
        return
    settings: Settings = current_app.config["SETTINGS"]
    reader = reading.by(person.id, settings.key)
    before = reading.lately(reader, now)
    new = reading.marks(candidate_ids, settings.key) - before
    if not new and not on:
        return
    write(person, auth.token())
    reading.note(reader, new, now)
    if on or len(before) + len(new) > MANY:
        audit.record(READ_ON, person.id, now)
    db.session.commit()
