"""A friend is referred and comes into the pool, by a candidate or by somebody outside."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.db import db
from app.domain.actions import own_act
from app.domain.candidates import candidate, identity, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Facts
from app.domain.candidates.identity import Identity
from app.domain.candidates.link import CandidateLink
from app.domain.journey.touchpoint import Touchpoint

REFERRAL, OUTSIDE = "referral", "outside"
"""Where an address came from: from a candidate, or from somebody on the page for everybody."""
MOST_FRIENDS = 10
MOST_A_DAY = 100
DAY = timedelta(days=1)


class TooManyFriends(Exception):  # noqa: N818 - it names what is the case
    """More friends than somebody has who may be asked, or than come in a day from outside."""


@dataclass(frozen=True, slots=True)
class Friend:
    """Whom a candidate refers, with one address that is normalised already."""

    name: str
    channel: Channel
    address: str


def refer(visit: CandidateLink, friend: Friend, key: str, now: datetime) -> None:
    """A friend comes into the pool, with whoever looks after the one who refers; one whom we know stays as they are.

    `key` names the form that was sent, so that a second press refers nobody twice.

    Raises:
        TooManyFriends: this link has brought enough.
    """
    them = own_act.held(visit)
    if _referred(visit) >= MOST_FRIENDS:
        raise TooManyFriends
    if not own_act.acted(visit, them, f"refer:{key}", now, kind=REFERRAL):
        return
    row = _come_in(friend, REFERRAL, them.owner_id, now)
    if row:
        row.referred_by_id, row.branch_id = them.id, row.branch_id or them.branch_id


def refer_from_outside(friend: Friend, now: datetime) -> None:
    """Somebody whom we need not know refers a friend, whom nobody looks after yet; one whom we know stays as they are.

    Raises:
        TooManyFriends: the day brought as many as people send.
    """
    if _from_outside(now - DAY) >= MOST_A_DAY:
        raise TooManyFriends
    _come_in(friend, OUTSIDE, None, now)


def _come_in(friend: Friend, told_by: str, owner_id: int | None, now: datetime) -> Candidate | None:
    """A candidate of their own, unless their address is somebody's already."""
    if identity.find_known((), (friend.address,)).by_address:
        return None
    row = candidate.add(None, Facts(name=friend.name, origin=REFERRAL, owner_id=owner_id), now)
    identity.add(row, friend.channel, friend.address, now, told_by)
    retention.begin(row.id, now)
    return row


def _from_outside(since: datetime) -> int:
    """How many came in by the page for everybody since then."""
    theirs = select(Identity.id).where(Identity.candidate_id == Candidate.id, Identity.origin == OUTSIDE).exists()
    these = select(func.count()).where(Candidate.registered_at > since, theirs)
    return db.session.scalar(these) or 0


def _referred(visit: CandidateLink) -> int:
    """How many friends were referred by this link."""
    these = select(func.count()).where(
        Touchpoint.source == own_act.SOURCE, Touchpoint.external_id.startswith(f"{visit.mark}:refer:", autoescape=True)
    )
    return db.session.scalar(these) or 0
