"""Touchpoints of one candidate in the order in which they came in, for software that reads them."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.journey.touchpoint import Touchpoint


def after(candidate_id: int, touchpoint_id: int | None, limit: int) -> Sequence[Touchpoint]:
    """What a candidate did, after one of these."""
    theirs = select(Touchpoint).where(Touchpoint.candidate_id == candidate_id, Touchpoint.id > (touchpoint_id or 0))
    return db.session.scalars(theirs.order_by(Touchpoint.id).limit(limit)).all()


def visible_to(person: Person, touchpoint_id: int) -> Touchpoint | None:
    """One of a candidate whom somebody may see."""
    theirs = visible(person).with_only_columns(Candidate.id)
    one = select(Touchpoint).where(Touchpoint.id == touchpoint_id, Touchpoint.candidate_id.in_(theirs))
    return db.session.scalar(one, execution_options={"populate_existing": True})


def under(source: str, external_id: str) -> Touchpoint | None:
    """The one that a source told under this id."""
    told = select(Touchpoint).where(Touchpoint.source == source, Touchpoint.external_id == external_id)
    return db.session.scalar(told)
