"""Writes scores into Carerix: planned for whom they changed, and asked once more whether they may before each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.agency.agency import the_agency, the_zone
from app.domain.notices import delivery
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import CARERIX, number_in
from app.domain.scoring import carerix_score
from app.domain.scoring.carerix_score import Written
from jobs import batches
from jobs.carerix_door import Door, NotWritten

A_RUN = timedelta(seconds=60)
IN_A_ROW = 3
NOT_THEIRS = "there is nothing to write any more"


def plan_due(_owner: str, now: datetime) -> int:
    """Plan what is to be written; returns how much is new."""
    settings: Settings = current_app.config["SETTINGS"]
    write()
    carerix_score.forget(now - carerix_score.KEPT)
    wanted = settings.writes_carerix and the_agency() is not None
    planned = carerix_score.plan_due(now, the_zone(), settings.public_host) if wanted else 0
    db.session.commit()
    return planned


def send_due(owner: str, _now: datetime) -> int:
    """Write until nothing is due, for a minute at most; returns how much was begun."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.writes_carerix:
        return 0
    door, until = Door(settings), clock.now() + A_RUN
    return batches.work_off(owner, CARERIX, lambda rows: _write_all(rows, owner, door, until))


def _write_all(rows: Sequence[OutboxRow], owner: str, door: Door, until: datetime) -> int:
    """How many were begun: several in a row that come to nothing, and the others wait for the next turn."""
    failed = 0
    for number, row in enumerate(rows):
        if clock.now() > until or failed >= IN_A_ROW or not delivery.has_time(row, clock.now()):
            return number
        failed = 0 if _write(row, owner, door) else failed + 1
    return len(rows)


def _write(row: OutboxRow, owner: str, door: Door) -> bool:
    """No transaction is open while Carerix is talked to. False: it did not go through."""
    candidate_id = number_in(row.recipient, CARERIX) or 0
    wanted = carerix_score.wanted(candidate_id, clock.now()) if clock.now() <= row.not_after else None
    db.session.rollback()
    try:
        if wanted is not None:
            door.write(wanted.number, wanted.shown)
    except NotWritten as none:
        _not_written(row, owner, none)
        return False
    _settle(row, owner, candidate_id, wanted)
    return True


def _settle(row: OutboxRow, owner: str, candidate_id: int, wanted: Written | None) -> None:
    write()
    if wanted is None:
        delivery.skipped(row.id, owner, NOT_THEIRS)
    else:
        delivery.sent(row.id, owner, clock.now())
        carerix_score.written(candidate_id, wanted.shown, clock.now())
    db.session.commit()


def _not_written(row: OutboxRow, owner: str, none: NotWritten) -> None:
    write()
    if none.for_good:
        delivery.failed(row.id, owner, none.fault)
    else:
        delivery.try_again(row, owner, clock.now(), none.fault)
    db.session.commit()
