"""Writes scores into Carerix: planned for whom they changed, and asked once more whether they may before each.

What stands there under a number that is nobody's here any more is taken back.
"""

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
from app.domain.scoring import carerix_score, carerix_standing
from app.domain.scoring.carerix_score import MOST, PORTION, Written
from app.domain.scoring.carerix_standing import AGAIN
from jobs import batches
from jobs.carerix_door import Door, NotWritten, Refused

A_RUN = timedelta(seconds=60)
IN_A_ROW = 3
NOT_THEIRS = "there is nothing to write any more"


def plan_due(_owner: str, now: datetime) -> int:
    """Plan what is to be written; returns how much is new. Who is looked through is read while nobody is held up."""
    settings: Settings = current_app.config["SETTINGS"]
    _forget(now - carerix_score.KEPT)
    _let_go(now)
    if not settings.writes_carerix or the_agency() is None:
        return 0
    planned = 0
    for portion in carerix_score.due(now, the_zone()):
        planned += _plan(portion, now, settings.public_host) if portion else 0
        if planned >= MOST:
            break
    return planned


def _forget(before: datetime) -> None:
    ids = carerix_score.outlived(before)
    for start in range(0, len(ids), PORTION):
        write()
        carerix_score.forget(ids[start : start + PORTION])
        db.session.commit()


def _let_go(now: datetime) -> None:
    """Notice which numbers are nobody's any more, also while nothing is written: none is kept for good."""
    while numbers := carerix_standing.freed():
        write()
        carerix_standing.let_go(numbers, now)
        db.session.commit()
    write()
    carerix_standing.forget(now - carerix_standing.KEPT)
    db.session.commit()


def _plan(portion: Sequence[int], now: datetime, host: str) -> int:
    write()
    today = clock.local_day(now, the_zone())
    planned = sum(carerix_score.plan(each, today, now, host) for each in portion)
    db.session.commit()
    return planned


def send_due(owner: str, _now: datetime) -> int:
    """Write until nothing is due, for a minute at most; returns how much was begun."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.writes_carerix:
        return 0
    door, until = Door(settings), clock.now() + A_RUN
    taken_back = _take_back_all(door, until)
    return taken_back + batches.work_off(owner, CARERIX, lambda rows: _write_all(rows, owner, door, until))


def _take_back_all(door: Door, until: datetime) -> int:
    """How many were tried, before the first that does not go through: what is wrong may be more than that number."""
    numbers = carerix_standing.due(clock.now())
    for tried, number in enumerate(numbers):
        if clock.now() > until or not _take_back(number, door):
            return tried
    return len(numbers)


def _take_back(number: str, door: Door) -> bool:
    """No transaction is open while Carerix is talked to. False: it does not go through, whatever the number."""
    write()
    is_ours = carerix_standing.claim(number, clock.now())
    db.session.commit()
    if not is_ours:
        return True
    try:
        door.take_back(number)
    except Refused as refused:
        _settle_standing(number, "" if refused.is_unknown else refused.fault, clock.DAY)
        return True
    except NotWritten as none:
        _settle_standing(number, none.fault, AGAIN)
        return False
    _settle_standing(number)
    return True


def _settle_standing(number: str, fault: str = "", wait: timedelta = AGAIN) -> None:
    """It is gone, or stays for a reason and is tried again."""
    write()
    if fault:
        carerix_standing.stays(number, fault, clock.now() + wait)
    else:
        carerix_score.taken_back(number)
    db.session.commit()


def _write_all(rows: Sequence[OutboxRow], owner: str, door: Door, until: datetime) -> int:
    """How many were begun: several in a row that come to nothing, and the others wait for the next turn."""
    failed = 0
    for number, row in enumerate(rows):
        if clock.now() > until or failed >= IN_A_ROW or not delivery.has_time(row, clock.now()):
            return number
        failed = 0 if _write(row, owner, door) else failed + 1
    return len(rows)


def _write(row: OutboxRow, owner: str, door: Door) -> bool:
    """No transaction is open while Carerix is talked to. False: it does not go through, whomever it is about."""
    candidate_id = number_in(row.recipient, CARERIX) or 0
    wanted = carerix_score.wanted(candidate_id, clock.now()) if clock.now() <= row.not_after else None
    db.session.rollback()
    try:
        if wanted is not None:
            _note(wanted.number)
            door.write(wanted.number, wanted.shown)
    except Refused as refused:
        _refuse(row, owner, candidate_id, refused)
        return True
    except NotWritten as none:
        write()
        delivery.try_again(row, owner, clock.now(), none.fault)
        db.session.commit()
        return False
    _settle(row, owner, candidate_id, wanted)
    return True


def _note(number: str) -> None:
    """Before it is written: whoever is killed in between leaves no score behind that nobody knows of."""
    is_noted = carerix_standing.is_noted(number)
    db.session.rollback()
    if not is_noted:
        write()
        carerix_standing.note(number)
        db.session.commit()


def _settle(row: OutboxRow, owner: str, candidate_id: int, wanted: Written | None) -> None:
    write()
    if wanted is None:
        delivery.skipped(row.id, owner, NOT_THEIRS)
    else:
        delivery.sent(row.id, owner, clock.now())
        carerix_score.written(candidate_id, wanted, clock.now())
    db.session.commit()


def _refuse(row: OutboxRow, owner: str, candidate_id: int, refused: Refused) -> None:
    """It is not asked again today, and not for weeks when nobody there has the number."""
    write()
    delivery.failed(row.id, owner, refused.fault)
    if refused.is_unknown:
        carerix_score.unknown(candidate_id, refused.number, clock.now())
    db.session.commit()
