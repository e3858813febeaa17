"""The agency's own outcomes: contacts of which it is known whether they were answered, with what was known before."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zlib import crc32

from sqlalchemy import ColumnElement, func, or_, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import TWO_WAY, UNANSWERED, Outcome
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import Scored, Touchpoint, history
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind
from app.domain.scoring.book import hit_of
from app.domain.scoring.score import Hit

WITHIN = timedelta(days=7)
PAST = timedelta(days=365)
MOST = 8_000
CONTACTS = (TWO_WAY | UNANSWERED) - {Outcome.REPLIED}


class Known(NamedTuple):
    """A contact of ours: `hits` are what the candidate had done by then, `waited` the days since the contact before.

    `answered`: they spoke with us or turned to us then or within seven days.
    """

    candidate_id: int
    by_id: int | None
    at: datetime
    hits: tuple[Hit, ...]
    waited: float
    answered: bool


class Past(NamedTuple):
    """The contacts, oldest first; of many colleagues those of a fixed sample."""

    contacts: Sequence[Known]
    looked_at: int
    everybody: int


def past(now: datetime, most: int = MOST) -> Past:
    """The contacts of the last year that could have been answered by now; not with who objected to a score."""
    chosen, everybody = _sample(now, most)
    rows = _attempts(now, chosen)
    ids = sorted({row[0] for row in rows})
    answers, did, tried = _answers(ids), _did(ids), _tried(ids)
    since = _registered(ids)
    found = []
    for candidate_id, by_id, at in rows:
        before = bisect_left(tried[candidate_id], at)
        last = tried[candidate_id][before - 1] if before else since[candidate_id]
        hits = tuple(hit_of(each) for each in did[candidate_id] if each.occurred_at < at)
        waited = (at - last) / timedelta(days=1)
        found.append(Known(candidate_id, by_id, at, hits, waited, _is_answered(answers[candidate_id], at)))
    return Past(found, len(chosen), everybody)


def _is_answered(answers: Sequence[datetime], at: datetime) -> bool:
    next_ = bisect_left(answers, at)
    return next_ < len(answers) and answers[next_] <= at + WITHIN


def _of_interest(now: datetime) -> tuple[ColumnElement[bool], ...]:
    action = EngagementAction
    return (
        action.outcome.in_(CONTACTS),
        action.undone_at.is_(None),
        action.occurred_at <= now - WITHIN,
        action.occurred_at > now - PAST,
    )


def _sample(now: datetime, most: int) -> tuple[list[int | None], int]:
    """Whose contacts are looked at: everybody's, or those of as many as fit, in an order without meaning."""
    action = EngagementAction
    counts = select(action.person_id, func.count()).where(*_of_interest(now)).group_by(action.person_id)
    rows = sorted(db.session.execute(counts), key=lambda row: crc32(f"{row[0]}".encode()))
    chosen: list[int | None] = []
    left = most
    for person_id, contacts in rows:
        if contacts <= left or not chosen:
            chosen.append(person_id)
            left -= contacts
    return chosen, len(rows)


def _attempts(now: datetime, chosen: Sequence[int | None]) -> list[tuple[int, int | None, datetime]]:
    action, state = EngagementAction, ContactState
    named = [each for each in chosen if each is not None]
    whose = [action.person_id.in_(named), *([action.person_id.is_(None)] if None in chosen else [])]
    query = (
        select(action.candidate_id, action.person_id, action.occurred_at)
        .join(state, state.candidate_id == action.candidate_id)
        .where(*_of_interest(now), or_(*whose), state.objected_at.is_(None))
        .order_by(action.occurred_at.desc(), action.id.desc())
        .limit(2 * MOST)
    )
    return [(who, by, at) for who, by, at in reversed(db.session.execute(query).all())]


def _did(ids: Sequence[int]) -> defaultdict[int, list[Scored]]:
    found = defaultdict[int, list[Scored]](list)
    for each in history(ids):
        found[each.candidate_id].append(each)
    return found


def _tried(ids: Sequence[int]) -> defaultdict[int, list[datetime]]:
    """When we contacted each of them, oldest first."""
    action, found = EngagementAction, defaultdict[int, list[datetime]](list)
    query = select(action.candidate_id, action.occurred_at).where(
        action.candidate_id.in_(ids), action.outcome.in_(CONTACTS), action.undone_at.is_(None)
    )
    for candidate_id, at in db.session.execute(query.order_by(action.occurred_at)):
        found[candidate_id].append(at)
    return found


def _registered(ids: Sequence[int]) -> dict[int, datetime]:
    query = select(Candidate.id, Candidate.registered_at).where(Candidate.id.in_(ids))
    return dict(db.session.execute(query).all())


def _answers(ids: Sequence[int]) -> defaultdict[int, list[datetime]]:
    """When each of them spoke with us or turned to us, oldest first."""
    action, touchpoint, kind = EngagementAction, Touchpoint, TouchpointKind
    spoke = select(action.candidate_id, action.occurred_at).where(
        action.candidate_id.in_(ids), action.outcome.in_(TWO_WAY), action.undone_at.is_(None)
    )
    came = (
        select(touchpoint.candidate_id, touchpoint.occurred_at)
        .join(kind, kind.code == touchpoint.kind)
        .where(touchpoint.candidate_id.in_(ids), touchpoint.reversed_at.is_(None))
        .where(kind.role.in_((KindRole.INBOUND, KindRole.FORM)))
    )
    found = defaultdict[int, list[datetime]](list)
    for candidate_id, at in sorted([*db.session.execute(spoke), *db.session.execute(came)], key=lambda row: row[1]):
        found[candidate_id].append(at)
    return found
