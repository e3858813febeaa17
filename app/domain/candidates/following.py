"""Who does not want to be followed: what they look at is not kept; what they do towards us is."""

from collections.abc import Collection
from typing import cast

from sqlalchemy import Table, func, select, union

from app.db import db
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.contact_state import ContactState

CONSENTS = cast("Table", Consent.__table__)
STATES = cast("Table", ContactState.__table__)


def unfollowed(candidate_ids: Collection[int]) -> set[int]:
    """Those of at most some hundreds who objected to a score, or took their consent to being followed back."""
    newest = (
        select(func.max(CONSENTS.c.id))
        .where(
            CONSENTS.c.candidate_id.in_(candidate_ids),
            CONSENTS.c.purpose == ConsentPurpose.TRACKING,
            CONSENTS.c.channel.is_(None),
        )
        .group_by(CONSENTS.c.candidate_id)
    )
    withdrew = select(CONSENTS.c.candidate_id).where(CONSENTS.c.id.in_(newest), CONSENTS.c.given.is_(False))
    objected = select(STATES.c.candidate_id).where(
        STATES.c.candidate_id.in_(candidate_ids), STATES.c.objected_at.is_not(None)
    )
    return set(db.session.connection().execute(union(withdrew, objected)).scalars())
