"""What counts as a rescue, a referral and our word, said in SQL once: for figures and for the rows behind them."""

import typing
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from app.domain.actions import rescue
from app.domain.actions.engagement_action import EngagementAction
from app.domain.candidates.candidate import Candidate
from app.domain.game.ledger_entry import BONUS, LedgerEntry
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind
from app.domain.oversight.contact import IS_CONTACT
from app.domain.program.action_kind import ActionKind


def rescues(*columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of the entry that paid for it
    """Applications that had stopped and were completed after a recruiter was in touch, while that stands."""
    entry, undone = LedgerEntry, aliased(LedgerEntry)
    return (
        select(*columns)
        .select_from(entry)
        .outerjoin(undone, undone.reverses_id == entry.id)
        .where(entry.source_kind == rescue.SOURCE, entry.kind == BONUS, undone.id.is_(None))
    )


def rescued_id() -> ColumnElement[int]:
    """Of an entry that paid for a rescue: who the candidate is by now, because the ledger does not know of merges."""
    them = aliased(Candidate)
    by_now = select(them.merged_into_id).where(them.id == LedgerEntry.candidate_id).correlate(LedgerEntry)
    return typing.cast("ColumnElement[int]", func.coalesce(by_now.scalar_subquery(), LedgerEntry.candidate_id))


def was_referred(them: type[Candidate] = Candidate) -> ColumnElement[bool]:
    """They came because a candidate referred them; two who turned out to be one came once."""
    return and_(them.referred_by_id.is_not(None), them.merged_into_id.is_(None))


def turned() -> ColumnElement[bool]:
    """Of a touchpoint: the candidate turned to us by it, which was no machine and stands."""
    they = Touchpoint
    turning = select(TouchpointKind.code).where(TouchpointKind.role.in_((KindRole.INBOUND, KindRole.FORM)))
    return and_(they.kind.in_(turning), they.verdict == "human", they.reversed_at.is_(None))


def first_word() -> ColumnElement[datetime | None]:
    """Of a touchpoint: when one of us was first in contact after it."""
    they, action = Touchpoint, EngagementAction
    stands = action.undone_at.is_(None), action.person_id.is_not(None), IS_CONTACT
    word = (
        select(action.occurred_at)
        .join(ActionKind, ActionKind.id == action.kind_id)
        .where(action.candidate_id == they.candidate_id, action.occurred_at >= they.occurred_at, *stands)
        .order_by(action.occurred_at)
        .limit(1)
        .correlate(they)
        .scalar_subquery()
    )
    return typing.cast("ColumnElement[datetime | None]", word)
