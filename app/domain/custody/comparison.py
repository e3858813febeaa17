"""Two candidates side by side, for whoever decides whether they are one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates import label
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import MOST, Identity
from app.domain.candidates.label import Told
from app.domain.custody import choice
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


def side_by_side(one: Candidate, two: Candidate) -> tuple[Profile, Profile]:
    """Both profiles, in three questions."""
    ids = (one.id, two.id)
    told, labels = {row.id: row for row in db.session.execute(_told(ids))}, label.of(ids)
    addresses: dict[int, list[Identity]] = {each: [] for each in ids}
    query = select(Identity).where(Identity.candidate_id.in_(ids)).order_by(Identity.id)
    for row in db.session.scalars(query.limit(2 * MOST)):
        addresses[row.candidate_id].append(row)
    first, second = (_profile(each, told[each.id], addresses[each.id], labels.get(each.id, [])) for each in (one, two))
    return first, second


def _profile(candidate: Candidate, row: Row[Any], identities: Sequence[Identity], labels: Sequence[Told]) -> Profile:
    return Profile(
        candidate=candidate,
        owner=row.owner or "",
        referred_by=row.referrer or "",
        identities=identities,
        labels=labels,
        acts=row.actions + row.touchpoints,
        last_at=choice.latest(row.last_action, row.last_touchpoint),
    )


def _told(ids: Sequence[int]) -> Select[Any]:
    referrer = aliased(Candidate)
    return (
        select(
            Candidate.id,
            Person.name.label("owner"),
            referrer.name.label("referrer"),
            _of(EngagementAction, func.count()).label("actions"),
            _of(Touchpoint, func.count()).label("touchpoints"),
            _of(EngagementAction, func.max(EngagementAction.occurred_at)).label("last_action"),
            _of(Touchpoint, func.max(Touchpoint.occurred_at)).label("last_touchpoint"),
        )
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .outerjoin(referrer, referrer.id == Candidate.referred_by_id)
        .where(Candidate.id.in_(ids))
    )


def _of(table: type[EngagementAction] | type[Touchpoint], asked: ColumnElement[Any]) -> ScalarSelect[Any]:
    return select(asked).where(table.candidate_id == Candidate.id).correlate(Candidate).scalar_subquery()


def likely_kept(first: Candidate, second: Candidate) -> tuple[Candidate, Candidate]:
    """Who would be kept of two: the one whom the agency's own system knows, else the older record."""
    if second.external_id and not first.external_id:
        return second, first
    return first, second
