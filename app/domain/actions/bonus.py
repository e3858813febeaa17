"""Bonuses of a two-way contact: on the channel they prefer, in one's own block, with somebody who waited too long."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import streak
from app.domain.actions.attendance import SEVERAL
from app.domain.actions.circumstances import Circumstances
from app.domain.actions.contact import Contact
from app.domain.actions.outcome import Effect
from app.domain.agency.person import Person
from app.domain.candidates.contact_state import ContactState
from app.domain.game.ledger import BONUS, LedgerEntry
from app.domain.program import occurrence
from app.domain.scoring import rhythm
from app.domain.scoring.agency_calendar import calendar_at
from app.domain.scoring.priority import is_neglected, lag
from app.domain.scoring.situation import Cadence, waiting_since

PREFERRED, IN_BLOCK, NEGLECTED = "preferred", "in_block", "neglected"
POINTS = {PREFERRED: 10, IN_BLOCK: 10, NEGLECTED: 20}
TWO_WAY = frozenset((Effect.ANSWERED, Effect.HEARD))


class Bonus(NamedTuple):
    """What an action earned beside what its kind is worth; `reason` is preferred, in_block, neglected or proof."""

    reason: str
    points: int


def decide(contact: Contact, effect: Effect, state: ContactState, given: Circumstances) -> Sequence[Bonus]:
    """What a two-way contact that earned something earns besides; `state` is that from before it."""
    if effect not in TWO_WAY or not _is_of_its_own(contact) or contact.person_id is None:
        return ()
    found = (
        (PREFERRED, contact.channel is not None and contact.channel == given.channel),
        (IN_BLOCK, bool(given.around) and _in_block(contact, contact.person_id)),
        (NEGLECTED, effect is Effect.ANSWERED and _neglected(contact, state, given)),
    )
    return tuple(Bonus(reason, POINTS[reason]) for reason, holds in found if holds)


def _is_of_its_own(contact: Contact) -> bool:
    """Whether it was logged contact by contact, as it happened."""
    return contact.source != SEVERAL and not contact.is_imported


def _in_block(contact: Contact, person_id: int) -> bool:
    """Within one's own block of the week, as the streak counts it, and said on that day."""
    if contact.now != contact.at and clock.local_day(contact.now, contact.zone) != contact.day:
        return False
    block, side = occurrence.in_week(db.session.get_one(Person, person_id), contact.day), streak.EITHER_SIDE
    return block is not None and block.starts - side <= contact.at < block.ends + side


def _neglected(contact: Contact, state: ContactState, given: Circumstances) -> bool:
    """As the list has it: as long without an attempt of ours as the cadence allows, whatever they said meanwhile."""
    tried = state.last_attempt_at.timestamp() if state.last_attempt_at else None
    since, now = waiting_since(tried, given.registered_at.timestamp()), contact.at.timestamp()
    agreed = Cadence(state.cadence_days) if state.cadence_days is not None else None
    cadence = agreed or rhythm.usual(given.stage, state.application_state)
    return is_neglected(lag(since, now, cadence, calendar_at(contact.at)))


def of_action(action_id: int) -> Sequence[Bonus]:
    """The bonuses that were decided when an action was logged, in their order; also of one that was undone."""
    return of_actions([action_id]).get(action_id, ())


def of_actions(action_ids: Iterable[int]) -> dict[int, tuple[Bonus, ...]]:
    """The same of some actions, by the action's id; those without any are not there."""
    entry = LedgerEntry
    query = select(entry.source_id, entry.reason, entry.points).where(
        entry.source_kind == "action", entry.source_id.in_(list(action_ids)), entry.kind == BONUS
    )
    found: dict[int, tuple[Bonus, ...]] = {}
    for action_id, reason, points in db.session.execute(query.order_by(entry.id)):
        found[action_id] = (*found.get(action_id, ()), Bonus(reason, points))
    return found
