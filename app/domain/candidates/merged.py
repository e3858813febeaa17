"""Merged: who a candidate is by now, when two were found to be one."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from app.db import db
from app.domain.candidates.candidate import Candidate


def into(candidate_ids: Collection[int]) -> Mapping[int, int]:
    """With whom those of these who were merged are one; the others are missing."""
    rows = select(Candidate.id, Candidate.merged_into_id).where(Candidate.id.in_(candidate_ids))
    found = rows.where(Candidate.merged_into_id.is_not(None))
    return {gone: kept for gone, kept in db.session.execute(found) if kept} if candidate_ids else {}
