"""What the keeping of a promise earned, once the action that made the promise never was: it goes too."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promise import Promise
from app.domain.game import ledger
from app.domain.program.action_kind import ActionKind
from app.domain.program.preset import PROMISE_KEPT

_other = aliased(Promise)


def take_back(found: EngagementAction, by_id: int, now: datetime) -> None:
    """Whoever kept only what this action promised kept nothing; what they logged stands without points."""
    another = exists().where(
        _other.kept_by_action_id == Promise.kept_by_action_id, _other.made_by_action_id.is_distinct_from(found.id)
    )
    kept = (
        select(Promise.kept_by_action_id)
        .join(EngagementAction, EngagementAction.id == Promise.kept_by_action_id)
        .join(ActionKind, ActionKind.id == EngagementAction.kind_id)
        .where(Promise.made_by_action_id == found.id, ActionKind.code == PROMISE_KEPT, ~another)
    )
    for action_id in db.session.scalars(kept).all():
        if action_id is not None:
            ledger.reverse("action", action_id, by_id=by_id, now=now)
