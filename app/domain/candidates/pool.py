"""The talent pool as a list: searched by name, role, phone or mail, narrowed by stage and owner, and sorted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import Page, db
from app.domain.agency.person import Person
from app.domain.candidates import narrowing, ordering
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.ordering import Span, all_of_few, page_of_many
from app.domain.candidates.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a list tells of a candidate besides their own facts."""

    owner: str | None
    tau: float | None
    contact_at: datetime | None


def listed(person: Person, wanted: Wanted, number: int = 1, size: int = 50) -> Page[Candidate]:
    """One page of the candidates that a person may see and asked for; a number outside the list is the nearest."""
    few, total = _few_or_total(person, wanted)
    number = min(max(1, number), max(1, -(-total // size)))
    start = (number - 1) * size
    page = page_of_many(person, wanted, Span(total, size, start)) if few is None else few[start : start + size]
    return Page(_rows(page), number, size, total)


def count(person: Person, wanted: Wanted) -> int:
    """How many candidates a person may see and asked for."""
    return narrowing.count(narrowing.narrowed(person, wanted))


def counts(person: Person, questions: Sequence[Wanted]) -> list[int]:
    """The same for several questions, asked together."""
    return narrowing.counts([narrowing.narrowed(person, wanted) for wanted in questions])


def ids(person: Person, wanted: Wanted, limit: int) -> list[int]:
    """Who they are, in the order asked for, at most so many."""
    few, total = _few_or_total(person, wanted)
    return page_of_many(person, wanted, Span(total, limit)) if few is None else few[:limit]


def _few_or_total(person: Person, wanted: Wanted) -> tuple[list[int] | None, int]:
    """All of them when they are few, and how many they are; what finds many is counted first."""
    few = all_of_few(person, wanted) if narrowing.leaves_few(wanted) else None
    if few is not None:
        return few, len(few)
    total = count(person, wanted)
    return (all_of_few(person, wanted) if total <= ordering.FEW else None), total


def found(person: Person, text: str, most: int = 10) -> list[Candidate]:
    """The first few candidates whom a text means, by name; nobody for an empty text."""
    return _rows(ids(person, Wanted(text=text.strip()), most)) if text.strip() else []


def glimpses(candidate_ids: Collection[int]) -> dict[int, Glimpse]:
    """What a list tells of each of some candidates, in one question."""
    query = (
        select(ContactState, Person.name)
        .outerjoin(Person, Person.id == ContactState.owner_id)
        .where(ContactState.candidate_id.in_(candidate_ids))
    )
    return {
        state.candidate_id: Glimpse(owner, state.tau, state.contact_at) for state, owner in db.session.execute(query)
    }


def _rows(candidate_ids: Sequence[int]) -> list[Candidate]:
    """The candidates, in the order of their ids here."""
    rows = {row.id: row for row in db.session.scalars(select(Candidate).where(Candidate.id.in_(candidate_ids)))}
    return [rows[each] for each in candidate_ids if each in rows]
