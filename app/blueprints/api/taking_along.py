"""Whoever reads many candidates takes the pool along, by whichever address: the audit log says so, once an hour."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial

from flask import Response, current_app, g

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.agency import audit, reading
from app.web import auth

READ_ON = "candidates.read_on"
HOUR = timedelta(hours=1)
MANY = 100
"""Different ones within an hour: a page of them. Whoever reads the same again and again takes nobody along."""


def tells(*candidate_ids: int, on: bool = False) -> None:
    """The answer tells of these, unless it is no answer; `on`: it goes through the whole list."""
    g.once_told = partial(_count, candidate_ids, on=on) if candidate_ids else None


def count(answer: Response) -> None:
    """Before an answer goes out: what it tells counts, and what was refused, or is known there already, does not."""
    counts = g.pop("once_told", None)
    if counts and answer.status_code < 300:  # noqa: PLR2004 - it has what was asked for
        counts()


def _count(candidate_ids: Collection[int], *, on: bool) -> None:
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
