"""Forgotten: since when nothing may come back of what another system told of somebody before."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.candidates.crm_id import Crm
from app.domain.custody import known_by
from app.domain.custody.erasure import Erasure


def since(crm: Crm, holders: Mapping[str, int], after: datetime, key: bytes) -> dict[str, datetime]:
    """When whoever had a number of a system, or is known here as its holder is, was forgotten last.

    `holders`: who has these numbers here by now. Who was not forgotten after that moment is missing.
    """
    done = select(Erasure.marks, Erasure.erased_at).where(Erasure.erased_at >= after).order_by(Erasure.erased_at)
    last = {mark: at for marks, at in db.session.execute(done) for mark in marks}
    if not last:
        return {}
    known = known_by.marks_of(set(holders.values()), key)
    found: dict[str, datetime] = {}
    for number, candidate_id in holders.items():
        theirs = known_by.marks_of_told(crm, number, "", (), key) | known.get(candidate_id, set())
        if forgotten := [last[mark] for mark in theirs & last.keys()]:
            found[number] = max(forgotten)
    return found
