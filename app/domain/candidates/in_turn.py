"""Candidates in the order in which they came, for software that reads them in portions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import ONE_OF_ALL, Candidate, Stage, visible

EVER: Select[Candidate] = select(Candidate)
"""Also who is somebody else since, or was forgotten: whoever reads only what changed must hear of that."""


@dataclass(frozen=True, slots=True)
class Which:
    """Whom somebody asks for; without anything everybody they may see.

    `since`: of whom something was written down from then on, or who were merged or forgotten.
    """

    external_id: str = ""
    owner_id: int | None = None
    stage: Stage | None = None
    since: datetime | None = None


def present(candidate_id: int) -> Candidate | None:
    """One of them, whoever asks: for who just did something for them."""
    return db.session.scalar(ONE_OF_ALL, {"one": candidate_id})


def after(person: Person, which: Which, candidate_id: int | None, limit: int) -> Sequence[Candidate]:
    """The candidates that a person may see and asked for, after one of them."""
    if which.since is None:
        query = visible(person).where(Candidate.id > (candidate_id or 0))
    else:
        query = visible(person, EVER).where(Candidate.id.in_(_changed(which.since, candidate_id or 0)))
    if which.external_id:
        query = query.where(Candidate.external_id == which.external_id)
    if which.owner_id is not None:
        query = query.where(Candidate.owner_id == which.owner_id)
    if which.stage is not None:
        query = query.where(Candidate.stage == which.stage)
    return db.session.scalars(query.order_by(Candidate.id).limit(limit)).all()


def owners(person_id: int | None, limit: int) -> Sequence[Person]:
    """Who may look after candidates, in the order in which they came, after one of them."""
    active = select(Person).where(Person.deactivated_at.is_(None), Person.id > (person_id or 0))
    return db.session.scalars(active.order_by(Person.id).limit(limit)).all()


def _changed(since: datetime, candidate_id: int) -> Select[int]:
    """Asked apart, so that it is read from its index and not by looking through the pool."""
    them = aliased(Candidate)
    return select(them.id).where(them.updated_at >= since, them.id > candidate_id)
