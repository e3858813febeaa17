"""The order of a list: the ids of one page of it, found in the way that costs least for how many there are."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.narrowing import count, narrowed
from app.domain.candidates.wanted import Order, Wanted

FEW = 5_000


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a list that is so long is shown."""

    total: int
    limit: int
    offset: int = 0

    @property
    def few(self) -> bool:
        """Few are gathered and sorted; a page out of many is met by walking an index in the order wanted."""
        return self.total <= FEW


def page(person: Person, wanted: Wanted, span: Span) -> list[int]:
    """The ids of a page; whole rows would be dear to sort."""
    query = narrowed(person, wanted, walking=not span.few)
    if wanted.order == Order.NEWEST:
        return _ids(query, Candidate.registered_at, span, backwards=True)
    if wanted.order == Order.WARMEST:
        return _warmest(query, span)
    return _ids(query, Candidate.sort_name, span)


def _warmest(query: Select[Candidate], span: Span) -> list[int]:
    """Those with a score by the index on it, then the others by name: one sort of all would cost a second."""
    scored = query.join(ContactState, ContactState.candidate_id == Candidate.id).where(ContactState.tau.is_not(None))
    before = count(scored) if span.offset else span.total
    first = _ids(scored, ContactState.tau, span, backwards=True) if span.offset < before else []
    if len(first) == min(span.limit, span.total - span.offset):
        return first
    has_score = exists().where(ContactState.candidate_id == Candidate.id, ContactState.tau.is_not(None))
    has_score = has_score.correlate(Candidate)
    rest = replace(span, limit=span.limit - len(first), offset=max(0, span.offset - before))
    return first + _ids(query.where(~has_score), Candidate.sort_name, rest)


def _ids(query: Select[Candidate], by: InstrumentedAttribute[Any], span: Span, *, backwards: bool = False) -> list[int]:
    """A database that sees an index in the order wanted walks all of it, even for three rows: few are gathered."""
    chosen: Select[Any] = query.with_only_columns(by.label("place"), Candidate.id.label("id"))
    order: tuple[Any, ...] = (by, Candidate.id)
    if span.few:
        gathered = chosen.cte("gathered").prefix_with("MATERIALIZED")
        chosen, order = select(gathered), (gathered.c.place, gathered.c.id)
    if backwards:
        order = tuple(each.desc() for each in order)
    return [row.id for row in db.session.execute(chosen.order_by(*order).limit(span.limit).offset(span.offset))]
