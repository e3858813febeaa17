"""What a contact settles: promises that were due, a new one that was made, and what had gone wrong."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from app.domain.actions import alerting, contact_start, keeping, owed, promise, recovering, rescue, verification
from app.domain.actions.contact import Contact
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import TWO_WAY, Outcome
from app.domain.actions.promise import Due
from app.domain.candidates.contact_state import ContactState
from app.domain.program.kind_rule import KindRule


def settle(contact: Contact, rule: KindRule, state: ContactState, due: Sequence[Due], action_id: int) -> int | None:
    """A two-way contact keeps what was due; a new date replaces what was due and not kept. Answers the new promise."""
    put_right(contact, rule, state, action_id)
    if not contact.is_imported:
        alerting.acted(cast("int", contact.person_id), contact.candidate_id, contact.at, contact.now)
    if due and contact.outcome in TWO_WAY:
        promise.keep(contact.candidate_id, due, action_id, contact.at)
        verification.kept([one.promise_id for one in due], contact.now, except_of=contact.person_id)
    elif due and contact.promise_at:
        promise.replace(contact.candidate_id, due, contact.now)
    if contact.promise_at is None:
        return None
    return promise.make(
        contact.candidate_id,
        cast("int", contact.person_id),
        contact.promise_at,
        channel=contact.promise_channel or contact.channel,
        action_id=action_id,
        now=contact.now,
    )


def put_right(contact: Contact, rule: KindRule, state: ContactState, action_id: int) -> None:
    """Whoever speaks with a candidate puts right what had gone wrong; the held row tells most that nothing had.

    Any word of ours is also the word about their application for which they wait.
    """
    if state.application_owed_at is not None:
        owed.tell(contact.candidate_id, contact.now)
    two_way = contact.outcome in TWO_WAY or (contact.outcome is Outcome.DONE and rule.two_way)
    if state.recovery_due_at is not None and two_way:
        recovering.close(contact.candidate_id, action_id, contact.at)


def undo(found: EngagementAction, by_id: int, now: datetime) -> None:
    """The contact never was: what it settled is open again, what it promised is withdrawn, what it rescued was not."""
    rescue.take_back(found.id, by_id, now)
    owed.tell(found.candidate_id, now)
    keeping.take_back(found, by_id, now)
    promise.undo_of(found.id, found.candidate_id, found.recorded_at, now)
    recovering.undo_of(found.id, found.candidate_id)
    if found.person_id is not None:
        contact_start.reopen(found.person_id, found.candidate_id, found.recorded_at)
