"""Addresses that a mail server refused for good: whose they are, and writing to them again."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, Select, delete, exists, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import contact_state, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.identity import Identity, IdentityState
from app.domain.notices.preference import FlaggedAddress

BOUNCED, TOLD_BY = "bounce", "recruiter"
"""Who said that an address fails, and in whose name it is opened again: somebody here knows better."""


def listed() -> Select[FlaggedAddress]:
    """All of them, the latest first."""
    return select(FlaggedAddress).order_by(FlaggedAddress.at.desc(), FlaggedAddress.address)


def candidates_of(addresses: Collection[str]) -> dict[str, int]:
    """Which candidate has an address."""
    found = select(Identity.address, Identity.candidate_id).where(
        Identity.channel == Channel.EMAIL, Identity.address.in_(addresses)
    )
    return {row.address: row.candidate_id for row in db.session.execute(found.order_by(Identity.id))}


def lift(address: str, now: datetime) -> bool:
    """Write to an address again; False when it was not refused, or somebody lifted it meanwhile."""
    contact_state.hold_many(db.session.scalars(_bounced(address).with_only_columns(Identity.candidate_id)).all())
    gone = cast(
        "CursorResult[object]", db.session.execute(delete(FlaggedAddress).where(FlaggedAddress.address == address))
    )
    if not gone.rowcount:
        return False
    for row in db.session.scalars(_bounced(address)).all():
        identity.mark(row, IdentityState.UNVERIFIED, origin=TOLD_BY, now=now)
    return True


def forget_of_nobody() -> int:
    """Addresses that were erased, changed or taken away are not kept for having failed once; answers how many went."""
    mine = exists().where(Person.email == FlaggedAddress.address)
    theirs = exists().where(Identity.channel == Channel.EMAIL, Identity.address == FlaggedAddress.address)
    gone = delete(FlaggedAddress).where(~mine, ~theirs).execution_options(synchronize_session=False)
    return cast("CursorResult[object]", db.session.execute(gone)).rowcount


def _bounced(address: str) -> Select[Identity]:
    return select(Identity).where(
        Identity.channel == Channel.EMAIL,
        Identity.address == address,
        Identity.state == IdentityState.INVALID,
        Identity.state_origin == BOUNCED,
    )
