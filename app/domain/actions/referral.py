"""A candidate refers a friend, who comes into the pool with whoever looks after the one who refers them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db import db
from app.domain.actions import own_act
from app.domain.candidates import candidate, identity, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Facts
from app.domain.candidates.link import CandidateLink
from app.domain.journey.touchpoint import Touchpoint

REFERRAL = "referral"
MOST_FRIENDS = 10


class TooManyFriends(Exception):  # noqa: N818 - it names what is the case
    """More friends than somebody has who may be asked."""


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
    them = own_act.holder(visit)
    if _referred(visit) >= MOST_FRIENDS:
        raise TooManyFriends
    if not own_act.acted(visit, them, f"refer:{key}", now, kind=REFERRAL):
        return
    if identity.find_known((), (friend.address,)).by_address:
        return
    row = candidate.add(None, Facts(name=friend.name, origin=REFERRAL, owner_id=them.owner_id), now)
    row.referred_by_id, row.branch_id = them.id, row.branch_id or them.branch_id
    identity.add(row, friend.channel, friend.address, now, REFERRAL)
    retention.begin(row.id, now)


def _referred(visit: CandidateLink) -> int:
    """How many friends were referred by this link."""
    these = select(func.count()).where(
        Touchpoint.source == own_act.SOURCE, Touchpoint.external_id.startswith(f"{visit.mark}:refer:", autoescape=True)
    )
    return db.session.scalar(these) or 0
