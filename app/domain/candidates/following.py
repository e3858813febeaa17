"""Who does not want to be followed: what they look at is not kept; what they do towards us is."""

from collections.abc import Collection
from typing import cast

from sqlalchemy import BindParameter, Table, bindparam, func, select, union

from app.db import db
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.contact_state import ContactState

CONSENTS = cast("Table", Consent.__table__)
STATES = cast("Table", ContactState.__table__)
THESE: BindParameter[int] = bindparam("ids", expanding=True)
SAID_LAST = (
    select(func.max(CONSENTS.c.id))
    .where(
        CONSENTS.c.candidate_id.in_(THESE),
        CONSENTS.c.purpose == ConsentPurpose.TRACKING,
        CONSENTS.c.channel.is_(None),
    )
    .group_by(CONSENTS.c.candidate_id)
)
WITHDREW = select(CONSENTS.c.candidate_id).where(CONSENTS.c.id.in_(SAID_LAST), CONSENTS.c.given.is_(False))
OBJECTED = select(STATES.c.candidate_id).where(STATES.c.candidate_id.in_(THESE), STATES.c.objected_at.is_not(None))
UNFOLLOWED = union(WITHDREW, OBJECTED)


def unfollowed(candidate_ids: Collection[int]) -> set[int]:
    """Those of at most some hundreds who objected to a score, or took their consent to being followed back."""
    return set(db.session.connection().execute(UNFOLLOWED, {"ids": list(candidate_ids)}).scalars())
