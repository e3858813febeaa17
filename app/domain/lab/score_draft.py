"""A draft of the score's rules: published as a numbered ruleset, which counts once the history was counted by it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.db import db
from app.domain.lab import draft
from app.domain.lab.draft import LabDraft, Outdated, Rules
from app.domain.scoring import publication
from app.domain.scoring.rules import RulesetRow, live
from app.domain.scoring.ruleset import KindRule, Ruleset

VALUES = ("half_life_days", "s50", "unknown_points", "fan_from", "fan_until")


def written(rules: Ruleset) -> Rules:
    """A ruleset as a draft has it, without the day from which it holds."""
    kinds = {code: [rule.points, rule.week_days, rule.strong] for code, rule in rules.kinds.items()}
    return {name: getattr(rules, name) for name in VALUES} | {"kinds": kinds}


def read(rules: Mapping[str, Any]) -> Ruleset:
    """The ruleset of a draft.

    Raises:
        ValueError: it is none that could hold.
    """
    kinds = {code: KindRule(points, days, strong) for code, (points, days, strong) in rules["kinds"].items()}
    return Ruleset(kinds=kinds, **{name: rules[name] for name in VALUES})


def changed_at() -> datetime | None:
    """When the version that counts began to; None for the rules that Fanfare begins with."""
    row = db.session.get(RulesetRow, live().id)
    return row.live_at if row and row.before_id is not None else None


def publish(row: LabDraft, *, note: str, by_id: int, now: datetime) -> int:
    """Begin to count the whole history by it; answers the version's number.

    Raises:
        AlreadyBuilding, NothingChanged, TooStrong: as `publication.publish` has it.
        Outdated: another version began to count after the draft was last saved.
    """
    if draft.is_outdated(row, changed_at()):
        raise Outdated
    made = publication.publish(read(row.rules), since=None, note=note, by_id=by_id, now=now)
    draft.mark_published(row, made.version, note, by_id, now)
    return made.version
