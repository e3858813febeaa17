"""Alerting: who should hear at once what a candidate did, and when they may hear it."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, select

from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.candidates.candidate import Candidate
from app.domain.notices import alert
from app.domain.notices.alert import Alert, AlertKind, AlertState
from app.domain.scoring.agency_calendar import calendar_at

NUDGES = frozenset({AlertKind.UNFINISHED_APPLICATION, AlertKind.KEEPS_COMING_BACK, AlertKind.FAN})
"""What only tells that this is a good moment; whoever objects or wants to be left alone is not a moment."""
MOST = 20
LONGEST = 80


def tell_owner(
    candidate_id: int,
    kind: AlertKind,
    *,
    period: str,
    facts: Mapping[str, Any],
    now: datetime,
    knows_id: int | None = None,
) -> int:
    """Tell whoever looks after a candidate, at the next working hour; when nobody does, who leads their branch.

    `period` is what makes it the same alert about this candidate: saying it twice tells it once. `facts` are the
    kind's own, for its sentence. The person `knows_id` told us of it. Answers for how many others it is new.
    """
    listening = [recipient(person_id) for person_id in listeners(candidate_id) if person_id != knows_id]
    same = _short(f"{candidate_id}:{period}")
    due_at = next_opening(now)
    return alert.put(kind, listening, about(candidate_id), period=same, facts=facts, now=now, due_at=due_at)


def withdraw(candidate_id: int, kinds: Collection[AlertKind], now: datetime) -> None:
    """What was said by now is no longer so: whoever was not told yet is not told."""
    alert.withdraw(about(candidate_id), kinds, now)


def _short(period: str) -> str:
    return period if len(period) <= LONGEST else sha256(period.encode()).hexdigest()


def pass_on(gone: Alert, now: datetime) -> None:
    """Who was to hear it does not look after the candidate any more, or they are one with another: tell who does."""
    them = db.session.get(Candidate, whom(gone))
    if them is not None and them.merged_into_id is not None:
        gone.about, gone.state = about(them.merged_into_id), AlertState.WAITING
        return
    listening = [recipient(person_id) for person_id in listeners(them.id)] if them is not None else [gone.recipient]
    if gone.recipient not in listening:
        kind, raised_at = AlertKind(gone.kind), gone.raised_at
        alert.put(kind, listening, gone.about, period=gone.period, facts=gone.facts, now=raised_at, due_at=now)


def listeners(candidate_id: int) -> list[int]:
    """The owner; without one who is there, the leads of the branch, and without those whoever administers."""
    them = db.session.get_one(Candidate, candidate_id)
    owner = db.session.get(Person, them.owner_id) if them.owner_id else None
    if owner is not None and owner.is_active:
        return [owner.id]
    leads = _active(Role.LEAD)
    if them.branch_id is not None:
        leads = leads.join(Team, Team.id == Person.team_id).where(Team.branch_id == them.branch_id)
    return list(db.session.scalars(leads)) or list(db.session.scalars(_active(Role.ADMIN)))


def _active(role: Role) -> Select[int]:
    active = select(Person.id).where(Person.role == role, Person.deactivated_at.is_(None))
    return active.order_by(Person.id).limit(MOST)


def next_opening(now: datetime) -> datetime:
    """Now during the agency's working hours, else when they begin again."""
    opens = calendar_at(now).next_opening(now.timestamp())
    return now if opens is None or opens <= now.timestamp() else datetime.fromtimestamp(opens, UTC)


def about(candidate_id: int) -> str:
    """How an alert names a candidate."""
    return f"candidate:{candidate_id}"


def whom(alert: Alert) -> int:
    """The candidate whom an alert is about."""
    return int(alert.about.removeprefix("candidate:"))


def recipient(person_id: int) -> str:
    """How an alert names a person."""
    return f"person:{person_id}"
