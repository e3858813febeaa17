"""What counts as contact in SQL is what one action's effect says."""

from itertools import product

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Effect, Outcome
from app.domain.oversight.contact import ANSWERED, IS_CONTACT
from app.domain.program.action_kind import ActionKind
from tests.domain.oversight.scene import CONTACT, NOW, Scene, scene


@pytest.fixture
def every(session: None) -> Scene:
    """Every outcome with every kind, once."""
    made = scene()
    made.actions = [
        EngagementAction(
            candidate_id=made.candidates[0].id,
            kind_id=kind_id,
            outcome=outcome,
            occurred_at=NOW,
            local_date=NOW.date(),
            recorded_at=NOW,
            source="every",
        )
        for kind_id, outcome in product(made.kinds, Outcome)
    ]
    db.session.add_all(made.actions)
    db.session.flush()
    return made


def ids(condition: object) -> set[int]:
    query = select(EngagementAction.id).join(ActionKind, ActionKind.id == EngagementAction.kind_id)
    return set(db.session.scalars(query.where(condition, EngagementAction.source == "every")))  # type: ignore[arg-type] # a condition


def test_contact_is_contact(every: Scene) -> None:
    assert ids(IS_CONTACT) == {action.id for action in every.actions if every.effect(action) in CONTACT}


def test_answered_is_answered(every: Scene) -> None:
    took_part = (Effect.ANSWERED, Effect.HEARD)
    assert ids(ANSWERED) == {action.id for action in every.actions if every.effect(action) in took_part}
