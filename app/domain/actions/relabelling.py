"""Signals of the past follow when an event's name is mapped: they become the new kind, and the score follows."""

from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Table, and_, func, or_, select, update

from app.db import db
from app.domain.actions import applying, history
from app.domain.actions.response import TURNING_TO_US
from app.domain.candidates import contact_state
from app.domain.journey import event_name, touchpoint_kind, unknown_kind
from app.domain.journey.application_steps import APPLYING
from app.domain.journey.event_name import EventName
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.visit import Visit
from app.domain.scoring import engagement, fan

WINDOW = 20_000
PORTION = 200


def advance(now: datetime) -> int | None:
    """Bring the next signals under the kind that their name has now; answers how many, None when all are."""
    row = event_name.relabelling()
    if row is None or row.relabel_until is None or row.kind is None:
        return None
    touchpoints, visits = (cast("Table", each.__table__) for each in (Touchpoint, Visit))
    if row.relabelled == 0:
        db.session.execute(update(visits).where(_named(row, visits)).values(kind=row.kind))
    end = min(row.relabelled + WINDOW, row.relabel_until)
    within = touchpoints.c.id > row.relabelled, touchpoints.c.id <= end, _named(row, touchpoints)
    columns = touchpoints.c.id, touchpoints.c.candidate_id, touchpoints.c.kind
    found = db.session.execute(select(*columns).where(*within).order_by(touchpoints.c.id).limit(PORTION)).all()
    ids = [each.id for each in found]
    contact_state.hold_many({each.candidate_id for each in found})  # first, as whoever judges touchpoints again does
    db.session.execute(update(touchpoints).where(touchpoints.c.id.in_(ids)).values(kind=row.kind))
    _follow({each.candidate_id for each in found}, {row.kind, *(each.kind for each in found)}, now)
    row.relabelled = ids[-1] if len(ids) == PORTION else end
    if row.relabelled >= row.relabel_until:
        row.relabel_until = None
    db.session.flush()
    return len(ids)


def _named(row: EventName, table: Table) -> ColumnElement[bool]:
    """What is kept under the event's own name, or under a kind that the name had before."""
    called = func.lower(table.c.payload["event"].as_string())
    before = [kind for kind in row.was if kind != row.kind]
    return or_(
        table.c.kind.in_(unknown_kind.codes_of(row.name)),
        and_(table.c.kind.in_(before), called == row.name),
    )


def _follow(candidate_ids: set[int], kinds: set[str], now: datetime) -> None:
    """Score, fans, applications and contact state as if it had been known at the time; nobody is told of the past."""
    roles = {meaning.role for meaning in touchpoint_kind.meanings(kinds).values()}
    for candidate_id in sorted(candidate_ids):
        engagement.replay(candidate_id, now)
        if roles & TURNING_TO_US:
            history.rebuild(candidate_id)
    if kinds & APPLYING:
        applying.again(candidate_ids, now)
    fan.rejudge(candidate_ids, now)
