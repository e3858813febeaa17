"""Candidates in the order in which they came, for software that reads them in portions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import ONE_OF_ALL, Candidate, Stage, visible


@dataclass(frozen=True, slots=True)
class Which:
    """Whom somebody asks for; without anything everybody they may see. `since`: what is known of them was changed."""

    external_id: str = ""
    owner_id: int | None = None
    stage: Stage | None = None
    since: datetime | None = None


def present(candidate_id: int) -> Candidate | None:
    """One of them, whoever asks: for who just did something for them."""
    return db.session.scalar(ONE_OF_ALL, {"one": candidate_id})


def after(person: Person, which: Which, candidate_id: int | None, limit: int) -> Sequence[Candidate]:
    """The candidates that a person may see and asked for, after one of them."""
    query = visible(person)
    if candidate_id is not None:
        query = query.where(Candidate.id > candidate_id)
    if which.external_id:
        query = query.where(Candidate.external_id == which.external_id)
    if which.owner_id is not None:
        query = query.where(Candidate.owner_id == which.owner_id)
    if which.stage is not None:
        query = query.where(Candidate.stage == which.stage)
    if which.since is not None:
        query = query.where(Candidate.updated_at >= which.since)
    return db.session.scalars(query.order_by(Candidate.id).limit(limit)).all()
