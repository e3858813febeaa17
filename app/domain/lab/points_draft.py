"""A draft of points: what each action kind would be worth; published as versions of the kinds, from next Monday on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.db import db
from app.domain.actions import game_rules
from app.domain.lab import draft
from app.domain.lab.draft import LabDraft, Outdated, Rules
from app.domain.program import action_kind, rulebook
from app.domain.program.action_kind import MOST_POINTS, ActionKind
from app.domain.program.program import Program


class NothingChanged(Exception):  # noqa: N818 - it says what there is to publish
    """The points are what they are already."""


def present(program_id: int) -> Rules:
    """The points that hold now, or from next Monday on, as a draft has them."""
    newest = action_kind.newest_rules(program_id)
    return written({kind.id: newest[kind.id].points for kind in kinds(program_id)})


def kinds(program_id: int) -> list[ActionKind]:
    """The kinds that can be logged."""
    return [kind for kind in action_kind.kinds_of(program_id) if kind.retired_at is None]


def written(points: Mapping[int, int]) -> Rules:
    """Points by kind as they are kept; only whole numbers that a kind may have.

    Raises:
        ValueError: a kind would be worth less than nothing, or too much.
    """
    if not all(0 <= worth <= MOST_POINTS for worth in points.values()):
        raise ValueError(points)
    return {"points": {str(kind_id): worth for kind_id, worth in points.items()}}


def read(rules: Mapping[str, Any]) -> dict[int, int]:
    """The points of a draft by kind."""
    return {int(kind_id): int(worth) for kind_id, worth in rules.get("points", {}).items()}


def changed_at(program_id: int) -> datetime | None:
    """When the points of any kind changed last."""
    return max((each.made_at for each in action_kind.newest_rules(program_id).values()), default=None)


def publish(row: LabDraft, program: Program, zone: ZoneInfo, *, note: str, by_id: int, now: datetime) -> int:
    """Make the versions that count from next Monday, and the edition that says so; answers the edition's number.

    Raises:
        NothingChanged: there is nothing to publish.
        Outdated: the points changed after the draft was last saved.
    """
    if draft.is_outdated(row, changed_at(program.id)):
        raise Outdated
    wanted, newest = read(row.rules), action_kind.newest_rules(program.id)
    others = [
        kind for kind in kinds(program.id) if wanted.get(kind.id, newest[kind.id].points) != newest[kind.id].points
    ]
    if not others:
        raise NothingChanged
    for kind in others:
        action_kind.change_points(kind, wanted[kind.id], by_id, now, zone)
    made = game_rules.publish(program, by_id, now)
    number = made.number if made else db.session.scalar(select(func.max(rulebook.RulesEdition.number))) or 0
    draft.mark_published(row, number, note, by_id, now)
    return number
