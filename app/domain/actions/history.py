"""The contact state as a candidate's whole history says: for an action that is undone, and to check the running row."""

from datetime import datetime

from sqlalchemy import Select, select

from app.db import db
from app.domain.actions import promise
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Effect, Outcome, effect_of
from app.domain.agency.agency import the_zone
from app.domain.candidates import contact_state, reach
from app.domain.candidates.contact_state import HISTORY, ContactState
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind
from app.domain.program.action_kind import ActionKind

Acted = Select[str, datetime, int | None, datetime | None, str | None, str, str | None, bool]


def apply(state: ContactState, effect: Effect, at: datetime, by_id: int | None, where: str) -> None:
    """Change the contact state as one action does; `where` is its channel and part of the day (see reach)."""
    if effect in (Effect.ANSWERED, Effect.UNANSWERED):
        contact_state.attempted(state, at, by_id, answered=effect is Effect.ANSWERED, where=where)
    elif effect is Effect.HEARD:
        contact_state.heard(state, at)
        contact_state.spoke(state, at)
    elif effect is Effect.TOLD:
        contact_state.told(state, at, by_id)


def rebuild(candidate_id: int) -> None:
    """Write the contact state anew from the actions that stand and the touchpoints.

    A refusal stays unless it was an action that was undone: candidates also refuse in other ways.
    """
    held = contact_state.hold(candidate_id)
    state = ContactState(candidate_id=candidate_id, do_not_contact_at=held.do_not_contact_at)
    refusals: dict[bool, list[datetime]] = {True: [], False: []}
    zone = the_zone()
    for outcome, at, by_id, undone_at, channel, code, place_class, two_way in db.session.execute(
        _actions(candidate_id)
    ):
        if outcome == Outcome.DO_NOT_CONTACT:
            refusals[undone_at is None].append(at)
        if undone_at is None:
            effect = effect_of(Outcome(outcome), code, place_class, two_way=two_way)
            apply(state, effect, at, by_id, reach.place(channel, at, zone))
    for at in _inbound(candidate_id):
        contact_state.heard(state, at)
    if held.do_not_contact_at in refusals[False]:
        state.do_not_contact_at = min(refusals[True], default=None)
    contact_state.save(state)
    promise.tell_next(candidate_id)


def differences(candidate_id: int) -> list[str]:
    """The columns in which the running row differs from the history; the row is then as the history says."""
    before = contact_state.hold(candidate_id)
    rebuild(candidate_id)
    after = contact_state.hold(candidate_id)
    return [name for name in HISTORY if getattr(before, name) != getattr(after, name)]


def _actions(candidate_id: int) -> Acted:
    action, kind = EngagementAction, ActionKind
    return (
        select(
            action.outcome,
            action.occurred_at,
            action.person_id,
            action.undone_at,
            action.channel,
            kind.code,
            kind.place_class,
            kind.two_way,
        )
        .join(kind, kind.id == action.kind_id)
        .where(action.candidate_id == candidate_id)
        .order_by(action.id)
    )


def _inbound(candidate_id: int) -> list[datetime]:
    query = (
        select(Touchpoint.occurred_at)
        .join(TouchpointKind, TouchpointKind.code == Touchpoint.kind)
        .where(
            Touchpoint.candidate_id == candidate_id,
            TouchpointKind.role.in_((KindRole.INBOUND, KindRole.FORM)),
            Touchpoint.verdict == "human",
            Touchpoint.reversed_at.is_(None),
        )
    )
    return list(db.session.scalars(query))
