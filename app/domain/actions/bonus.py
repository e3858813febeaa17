"""Bonuses of a two-way contact: on the channel they prefer, in one's own block, with somebody who waited too long."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.game.ledger import LedgerEntry

PREFERRED, IN_BLOCK, NEGLECTED = "preferred", "in_block", "neglected"
POINTS = {PREFERRED: 10, IN_BLOCK: 10, NEGLECTED: 20}


class Bonus(NamedTuple):
    """What an action earned beside what its kind is worth; `reason` is preferred, in_block, neglected or proof."""

    reason: str
    points: int


def of_action(action_id: int) -> Sequence[Bonus]:
    """The bonuses that were decided when an action was logged, in their order; also of one that was undone."""
    return of_actions([action_id]).get(action_id, ())


def of_actions(action_ids: Iterable[int]) -> dict[int, tuple[Bonus, ...]]:
    """The same of some actions, by the action's id; those without any are not there."""
    entry = LedgerEntry
    query = select(entry.source_id, entry.reason, entry.points).where(
        entry.source_kind == "action", entry.source_id.in_(list(action_ids)), entry.kind == "bonus"
    )
    found: dict[int, tuple[Bonus, ...]] = {}
    for action_id, reason, points in db.session.execute(query.order_by(entry.id)):
        found[action_id] = (*found.get(action_id, ()), Bonus(reason, points))
    return found
