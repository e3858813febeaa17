"""Two candidates side by side, for whoever decides whether they are one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates import identity, label
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import Identity
from app.domain.candidates.label import Told
from app.domain.journey.touchpoint import Touchpoint


@dataclass(frozen=True, slots=True)
class Profile:
    """What tells a candidate from another one; `acts` counts what both sides did, `last_at` is the newest of it."""

    candidate: Candidate
    owner: str
    referred_by: str
    identities: Sequence[Identity]
    labels: Sequence[Told]
    acts: int
    last_at: datetime | None


def profile_of(candidate: Candidate) -> Profile:
    """One of the two."""
    owner, referrer = _names(candidate)
    counts = [_count(table, candidate.id) for table in (EngagementAction, Touchpoint)]
    return Profile(
        candidate=candidate,
        owner=owner or "",
        referred_by=referrer or "",
        identities=identity.identities_of(candidate.id),
        labels=label.of([candidate.id]).get(candidate.id, []),
        acts=sum(count for count, _ in counts),
        last_at=max((at for _, at in counts if at), default=None),
    )


def _names(candidate: Candidate) -> tuple[str | None, str | None]:
    referrer = aliased(Candidate)
    query = (
        select(Person.name, referrer.name)
        .select_from(Candidate)
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .outerjoin(referrer, referrer.id == Candidate.referred_by_id)
    )
    owner, referred_by = db.session.execute(query.where(Candidate.id == candidate.id)).one()
    return owner, referred_by


def _count(table: type[EngagementAction] | type[Touchpoint], candidate_id: int) -> tuple[int, datetime | None]:
    query = select(func.count(), func.max(table.occurred_at)).where(table.candidate_id == candidate_id)
    count, newest = db.session.execute(query).one()
    return count, newest


def likely_kept(first: Candidate, second: Candidate) -> tuple[Candidate, Candidate]:
    """Who would be kept of two: the one whom the agency's own system knows, else the older record."""
    if second.external_id and not first.external_id:
        return second, first
    return first, second
