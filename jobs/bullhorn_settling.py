"""Lets a record of Bullhorn's have its effect, each by itself; one that nobody understands holds up no other."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import structlog
from flask import current_app
from sqlalchemy.exc import OperationalError

from app import clock
from app.config import Settings
from app.db import Busy, db, write
from app.domain.actions.bullhorn import applications, astray, batch, holding, notes, patience, people, record
from app.domain.actions.bullhorn.batch import Changes
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Human, Note, Placement, Submission, Told
from app.domain.candidates.crm_id import Crm
from app.domain.custody import erasure, forgotten, known_by
from jobs import bullhorn_reading as reading

ORDER = {entity: place for place, entity in enumerate(Entity)}
log = structlog.get_logger()


class Look(NamedTuple):
    """What one look at a record showed: what it says, why it could not be seen, or that there is no such record.

    `whom`: the candidate whom it is about, asked for while nobody here has their number, or only people say who has it;
    `nobody`: there was none. `forgotten`: whether they were forgotten here, by the newest `erasure` then.
    """

    told: Told | Reason | None
    whom: Human | None = None
    nobody: bool = False
    forgotten: bool = False
    erasure: int | None = None


def decided(look: Look) -> Look:
    """With what it takes long to find out, before anybody has to wait for it."""
    if not isinstance(look.told, Human) or people.known(look.told.number) is not None:
        return look
    newest = _newest_erasure()
    return look._replace(forgotten=_is_forgotten(look.told), erasure=newest)


def _newest_erasure() -> int:
    return next((each.id for each in erasure.latest(1)), 0)


def settle(entity: Entity, number: int, look: Look, changes: Changes) -> None:
    """Let it have its effect; `changes`: what happened to it there, when an event told."""
    new, gone = batch.INSERTED in changes, batch.DELETED in changes
    try:
        with db.session.begin_nested():
            holding.begin_of(entity, number, look.told, look.whom)
            row = record.hold(entity, number, clock.now(), new=new, gone=gone)
            _take_in(row, look, clock.now(), told_gone=gone)
    except (Busy, OperationalError):  # nothing is known of it: the next run finds it as it is
        raise
    except Exception as fault:  # noqa: BLE001 - one that cannot be understood must not keep the others waiting
        log.warning("bullhorn_record_failed", entity=str(entity), number=number, fault=type(fault).__name__)
        record.left_out(record.hold(entity, number, clock.now(), new=new, gone=gone), Reason.FAULT)


def _take_in(row: BullhornRecord, look: Look, now: datetime, *, told_gone: bool) -> None:
    tries, told = row.tries, look.told
    if look.whom is not None and not look.whom.deleted:
        people.meet(look.whom, now)
    if isinstance(told, Reason):
        _set_aside(row, told, now)
    elif told is not None:
        _follow(look, told, row, now)
        _look_once_more(row, now, told_gone=told_gone)
    elif row.gone:
        _end(Entity(row.entity), row, now)
    else:  # nobody said that it was deleted: somebody in between may have answered, or it is read too soon
        record.postponed(row, Reason.MISSING, now)
    if look.nobody and row.reason == Reason.UNKNOWN_CANDIDATE:
        record.later(row, tries, now)


def come_off(until: datetime) -> None:
    """What was told of numbers that were taken away comes off, each by itself, whether Bullhorn answers or not."""
    last = 0
    while (row_ids := astray.waiting(after=last)) and clock.now() <= until:
        for last in row_ids:
            write()
            try:
                with db.session.begin_nested():
                    astray.come_off(last, clock.now())
            except (Busy, OperationalError):
                raise
            except Exception as fault:  # noqa: BLE001 - one that cannot come off must not keep the others waiting
                log.warning("bullhorn_record_failed", row=last, fault=type(fault).__name__)
            db.session.commit()


def _set_aside(row: BullhornRecord, reason: Reason, now: datetime) -> None:
    if reason is Reason.FAULT:
        record.postponed(row, reason, now)
    else:
        record.left_out(row, reason)


def _follow(look: Look, told: Told, row: BullhornRecord, now: datetime) -> None:
    """Let it be here as it is there; whoever was forgotten is so by what was found, unless somebody was since."""
    match told:
        case Human():
            found = look.erasure is not None and look.erasure == _newest_erasure()
            forgotten_here = (lambda _: look.forgotten) if found else _is_forgotten
            people.settle(told, row.number, now, new=row.new, forgotten=forgotten_here)
        case Note() if row.action_id is None and _is_of_the_forgotten(told):
            record.left_out(row, Reason.FORGOTTEN)
        case Note():
            notes.settle(told, row.number, now)
        case Submission():
            applications.settle_submission(told, row.number, now)
        case Placement():
            applications.settle_placement(told, row.number, now)


def _end(entity: Entity, row: BullhornRecord, now: datetime) -> None:
    """It is there no more."""
    match entity:
        case Entity.CANDIDATE:
            people.settle(None, row.number, now, new=row.new, forgotten=_is_forgotten)
        case Entity.NOTE:
            notes.settle(None, row.number, now)
        case Entity.SUBMISSION:
            applications.settle_submission(None, row.number, now)
        case Entity.PLACEMENT:
            applications.settle_placement(None, row.number, now)


def _look_once_more(row: BullhornRecord, now: datetime, *, told_gone: bool) -> None:
    """What is shown though its deletion was just told may have been read too soon."""
    row.gone = told_gone
    if told_gone and row.reason not in {Reason.DELETED, Reason.GONE_THERE}:
        row.again_at = row.again_at or now + patience.FIRST


def _is_of_the_forgotten(told: Note) -> bool:
    """Whether somebody had its candidate forgotten here after it was written, though they are here again."""
    them = people.known(told.about) if told.about is not None else None
    if them is None:
        return False
    settings: Settings = current_app.config["SETTINGS"]
    return bool(forgotten.since(Crm.BULLHORN, {str(told.about): them}, told.at, settings.key.encode()))


def _is_forgotten(told: Human) -> bool:
    """Whether somebody had them forgotten here after Bullhorn knew them: a batch may wait longer than that takes."""
    settings: Settings = current_app.config["SETTINGS"]
    number, addresses = str(told.number), people.addresses_of(told)
    marks = known_by.marks_of_told(Crm.BULLHORN, number, told.name, addresses, settings.key.encode())
    return erasure.was_erased(marks, told.added_at)


def concerned(events: Iterable[Mapping[str, Any]]) -> dict[tuple[Entity, int], set[str]]:
    """The records that events are about, candidates first, and what happened to each."""
    found: dict[tuple[Entity, int], set[str]] = {}
    for event in events:
        name, number = event.get("entityName"), event.get("entityId")
        if name in list(Entity) and isinstance(number, int) and 0 < number < reading.LARGEST:
            found.setdefault((Entity(name), number), set()).add(str(event.get("entityEventType")))
    return dict(sorted(found.items(), key=lambda each: ORDER[each[0][0]]))
