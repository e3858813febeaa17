"""A verdict that changes afterwards: a machine gave itself away, or a person showed to be one."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, Table, func, select, update

from app.db import db
from app.domain.journey.machine import Verdict
from app.domain.journey.touchpoint import Scored, Touchpoint
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind

TABLE = cast("Table", Touchpoint.__table__)
SHARE = {Verdict.MACHINE: 0, Verdict.UNKNOWN: 1, Verdict.HUMAN: 2}


class Changed(NamedTuple):
    """A touchpoint with its new verdict; `lower`: it counts for less than before."""

    scored: Scored
    role: KindRole
    lower: bool


def change(touchpoint_ids: Collection[int], verdict: Verdict, *, was: Iterable[Verdict] = Verdict) -> list[Changed]:
    """Judge touchpoints again that stand and whose verdict was one of those; answers what changed, by candidate."""
    held = (
        select(
            TABLE.c.id,
            TABLE.c.candidate_id,
            TABLE.c.kind,
            TABLE.c.occurred_at,
            TABLE.c.local_date,
            TABLE.c.verdict,
            TouchpointKind.role,
        )
        .join(TouchpointKind, TouchpointKind.code == TABLE.c.kind)
        .where(*_of(touchpoint_ids, {*was} - {verdict}), TABLE.c.reversed_at.is_(None))
        .order_by(TABLE.c.candidate_id, TABLE.c.id)
        .with_for_update(of=TABLE)
    )
    rows = db.session.execute(held).all()
    if rows:
        db.session.execute(update(TABLE).where(TABLE.c.id.in_([row.id for row in rows])).values(verdict=verdict))
    return [
        Changed(Scored(id_, who, kind, at, day, str(verdict)), KindRole(role), SHARE[verdict] < SHARE[Verdict(before)])
        for id_, who, kind, at, day, before, role in rows
    ]


def whose(touchpoint_ids: Collection[int]) -> set[int]:
    """The candidates of touchpoints."""
    return set(db.session.scalars(select(TABLE.c.candidate_id).where(TABLE.c.id.in_(touchpoint_ids))))


def _of(touchpoint_ids: Collection[int], verdicts: Collection[Verdict]) -> tuple[ColumnElement[bool], ...]:
    return TABLE.c.id.in_(touchpoint_ids), TABLE.c.verdict.in_([str(verdict) for verdict in verdicts])


def unknown_within(candidate_ids: Collection[int], first: datetime, last: datetime) -> list[tuple[int, int, datetime]]:
    """Clicks and visits of candidates that may have been anybody's: number, candidate, moment."""
    query = (
        select(TABLE.c.id, TABLE.c.candidate_id, TABLE.c.occurred_at)
        .join(TouchpointKind, TouchpointKind.code == TABLE.c.kind)
        .where(
            TABLE.c.candidate_id.in_(candidate_ids),
            TABLE.c.occurred_at.between(first, last),
            TABLE.c.verdict == Verdict.UNKNOWN,
            TouchpointKind.role == KindRole.VISIT,
        )
    )
    return [(id_, candidate_id, at) for id_, candidate_id, at in db.session.execute(query)]


def newest_form(candidate_id: int) -> datetime | None:
    """When a person last sent a form of this candidate that stands."""
    query = (
        select(func.max(TABLE.c.occurred_at))
        .join(TouchpointKind, TouchpointKind.code == TABLE.c.kind)
        .where(
            TABLE.c.candidate_id == candidate_id,
            TouchpointKind.role == KindRole.FORM,
            TABLE.c.verdict == Verdict.HUMAN,
            TABLE.c.reversed_at.is_(None),
        )
    )
    newest: datetime | None = db.session.scalar(query)
    return newest
