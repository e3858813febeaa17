"""Gone quiet: the candidates who wait too long for us, longest first."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select, true, union_all

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import PRESENT, Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.wanted import AsOf
from app.domain.oversight.contact import LAST_CONTACT, NEVER, terms
from app.domain.oversight.coverage import late, on_time_now
from app.domain.scoring import warmth

TOP = 10
OWNER = Person.name, Person.id


class Quiet(NamedTuple):
    """`contact_at` None: never yet. `owner` None: people may not be named."""

    candidate_id: int
    name: str
    stage: Stage
    contact_at: datetime | None
    registered_at: datetime
    owner: str | None
    owner_id: int | None = None


def as_of(now: datetime, zone: ZoneInfo) -> AsOf:
    """What a list of candidates has to know of the moment for which it is asked, also who waits too long then."""
    within = terms()
    return replace(warmth.as_of(now, zone), late=late(now, on_time_now(now, within), within))


def gone_quiet(
    now: datetime,
    limit: int = TOP,
    *,
    named: bool,
    owners: Collection[int] | None = None,
    whose: Select[int] | None = None,
) -> list[Quiet]:
    """Never contacted first, by registration; then by the last contact. `named`: with the owner's name.

    `owners`: only whom these people look after; `whose`: only these candidates.
    """
    last, state = ContactState.last_contact_at, ContactState
    waits = (*_waits(now, owners), state.owner_id.is_not(None), true() if whose is None else Candidate.id.in_(whose))
    them = select(Candidate.id).join(state, state.candidate_id == Candidate.id)
    never = them.where(*waits, last.is_(None)).order_by(Candidate.registered_at, Candidate.id).limit(limit)
    before = them.where(*waits, last.is_not(None)).order_by(last, Candidate.registered_at, Candidate.id).limit(limit)
    longest = union_all(*(select(each.subquery()) for each in (never, before))).subquery()
    query = (
        select(Candidate.id, Candidate.name, Candidate.stage, LAST_CONTACT, Candidate.registered_at, *OWNER)
        .join(longest, longest.c.id == Candidate.id)
        .join(state, state.candidate_id == Candidate.id)
        .join(Person, Person.id == Candidate.owner_id)
        .order_by(LAST_CONTACT, Candidate.registered_at, Candidate.id)
        .limit(limit)
    )
    return [
        Quiet(id_, name, Stage(stage), None if at == NEVER else at, registered_at, owner if named else None, owner_id)
        for id_, name, stage, at, registered_at, owner, owner_id in db.session.execute(query)
    ]


def how_many(now: datetime, owners: Collection[int]) -> int:
    """How many of the candidates of these people there are."""
    query = select(func.count(Candidate.id)).join(ContactState, ContactState.candidate_id == Candidate.id)
    return db.session.scalar(query.where(*_waits(now, owners))) or 0


def _waits(now: datetime, owners: Collection[int] | None) -> tuple[ColumnElement[bool], ...]:
    within = terms()
    whose = (Candidate.owner_id.in_(owners),) if owners is not None else ()
    return PRESENT, late(now, on_time_now(now, within), within), *whose
