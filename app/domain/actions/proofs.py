"""What became of the proofs that some actions wait for, or waited for."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.actions.verification import Verification


class Proof(NamedTuple):
    """`evidence` None: it still pays `owing`, unless somebody said that it will not."""

    owing: int
    evidence: str | None
    declined: bool


def proofs_of(action_ids: Collection[int]) -> Mapping[int, Proof]:
    """By the action's id; those without any are not there."""
    if not action_ids:
        return {}
    facts = select(Verification.action_id, Verification.owing, Verification.evidence, Verification.declined_at)
    rows = db.session.execute(facts.where(Verification.action_id.in_(action_ids)))
    return {row.action_id: Proof(row.owing, row.evidence, row.declined_at is not None) for row in rows}
