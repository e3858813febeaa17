"""The order of a list: few are gathered and sorted at once, a page out of many is met by walking an index."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.narrowing import Plan, count, narrowed
from app.domain.candidates.wanted import Order, Wanted

FEW = 5_000


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a list that is so long is shown."""

    total: int
    limit: int
    offset: int = 0


def all_of_few(person: Person, wanted: Wanted) -> list[int] | None:
    """Everybody in the order asked for, found in one pass that also tells how many they are; None when they are many.

    They are gathered first: a database that sees an index in the order asked for walks all of it, even for three rows.
    """
    query = narrowed(person, wanted, Plan.GATHER)
    columns = [Candidate.id, Candidate.sort_name, Candidate.registered_at]
    if wanted.order == Order.WARMEST:
        query = query.outerjoin(ContactState, ContactState.candidate_id == Candidate.id)
        columns.append(ContactState.tau)
    gathered = query.with_only_columns(*columns).limit(FEW + 1).cte("gathered").prefix_with("MATERIALIZED")
    order: tuple[Any, ...] = (gathered.c.sort_name, gathered.c.id)
    if wanted.order == Order.NEWEST:
        order = (gathered.c.registered_at.desc(), gathered.c.id.desc())
    elif wanted.order == Order.WARMEST:
        order = (gathered.c.tau.desc().nulls_last(), *order)
    found = list(db.session.scalars(select(gathered.c.id).order_by(*order)))
    return found if len(found) <= FEW else None


def page_of_many(person: Person, wanted: Wanted, span: Span) -> list[int]:
    """The ids of a page; whole rows would be dear to pass by."""
    query = narrowed(person, wanted, Plan.WALK)
    if wanted.order == Order.NEWEST:
        return _walk(query, Candidate.registered_at, span, backwards=True)
    if wanted.order == Order.WARMEST:
        return _warmest(query, span)
    return _walk(query, Candidate.sort_name, span)


def _warmest(query: Select[Candidate], span: Span) -> list[int]:
    """Those with a score by the index on it, then the others by name: one sort of all would cost a second."""
    scored = query.join(ContactState, ContactState.candidate_id == Candidate.id).where(ContactState.tau.is_not(None))
    before = count(scored) if span.offset else span.total
    first = _walk(scored, ContactState.tau, span, backwards=True) if span.offset < before else []
    if len(first) == min(span.limit, span.total - span.offset):
        return first
    has_score = exists().where(ContactState.candidate_id == Candidate.id, ContactState.tau.is_not(None))
    rest = replace(span, limit=span.limit - len(first), offset=max(0, span.offset - before))
    return first + _walk(query.where(~has_score.correlate(Candidate)), Candidate.sort_name, rest)


def _walk(
    query: Select[Candidate], by: InstrumentedAttribute[Any], span: Span, *, backwards: bool = False
) -> list[int]:
    order = (by.desc(), Candidate.id.desc()) if backwards else (by, Candidate.id)
    ids = query.with_only_columns(Candidate.id).order_by(*order)
    return list(db.session.scalars(ids.limit(span.limit).offset(span.offset)))
