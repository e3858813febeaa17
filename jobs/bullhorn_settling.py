"""Lets a record of Bullhorn's have its effect, each by itself; one that nobody understands holds up no other."""

from typing import Any

import structlog
from flask import current_app
from sqlalchemy.exc import OperationalError

from app import clock
from app.config import Settings
from app.db import Busy, db
from app.domain.actions.bullhorn import applications, batch, notes, people, record
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import Entity
from app.domain.actions.bullhorn.told import Human, Note, Placement, Submission
from app.domain.candidates.crm_id import Crm
from app.domain.custody import erasure, known_by
from jobs import bullhorn_reading as reading

ORDER = {entity: place for place, entity in enumerate(Entity)}
log = structlog.get_logger()


def settle(entity: Entity, number: int, told: Any, whom: Human | None, *, new: bool) -> None:  # noqa: ANN401 - as above
    try:
        with db.session.begin_nested():
            _take_in(entity, number, told, whom, new=new)
    except (Busy, OperationalError):  # nothing is known of it: the next run finds it as it is
        raise
    except Exception as fault:  # noqa: BLE001 - one that cannot be understood must not keep the others waiting
        log.warning("bullhorn_record_failed", entity=str(entity), number=number, fault=type(fault).__name__)
        record.unread(record.hold(entity, number, clock.now(), new=new), Reason.FAULT)


def _take_in(entity: Entity, number: int, told: Any, whom: Human | None, *, new: bool) -> None:  # noqa: ANN401 - as above
    now = clock.now()
    if whom is not None and not whom.deleted:
        people.meet(whom, now)
    if isinstance(told, Reason):
        row = record.hold(entity, number, now, new=new)
        if told is Reason.FAULT:
            record.postponed(row, told, now)
        else:
            record.unread(row, told)
    elif entity is Entity.CANDIDATE:
        people.settle(told, number, now, new=new, forgotten=_is_forgotten)
    elif entity is Entity.NOTE:
        notes.settle(told, number, now)
    elif entity is Entity.SUBMISSION:
        applications.settle_submission(told, number, now)
    else:
        applications.settle_placement(told, number, now)
    if isinstance(told, Note | Submission | Placement) and told.about is not None:
        record.waits_for(entity, number, told.about)


def _is_forgotten(told: Human) -> bool:
    """Whether somebody had them forgotten here after Bullhorn knew them: a batch may wait longer than that takes."""
    settings: Settings = current_app.config["SETTINGS"]
    number, addresses = str(told.number), people.addresses_of(told)
    marks = known_by.marks_of_told(Crm.BULLHORN, number, told.name, addresses, settings.key.encode())
    return erasure.was_erased(marks, told.added_at)


def concerned(events: list[dict[str, Any]]) -> dict[tuple[Entity, int], bool]:
    """The records that events are about, candidates first, and whether Bullhorn has them since now."""
    found: dict[tuple[Entity, int], bool] = {}
    for event in events:
        name, number = event.get("entityName"), event.get("entityId")
        if name in list(Entity) and isinstance(number, int) and 0 < number < reading.LARGEST:
            key = Entity(name), number
            found[key] = found.get(key, False) or event.get("entityEventType") == batch.INSERTED
    return dict(sorted(found.items(), key=lambda each: ORDER[each[0][0]]))
