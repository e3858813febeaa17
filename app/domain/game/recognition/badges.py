"""Badges: what each asks for, when it was earned, and what is missing; other candidates count, not more of the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

RESCUE = "rescue"
WON = "won"


class Badge(StrEnum):
    """BREADTH: every kind of the preset once; TEAM: took part in what a team won."""

    BREADTH = "breadth"
    KINDNESS = "kindness"
    RESCUE = "rescue"
    LISTENER = "listener"
    REDEPLOYER = "redeployer"
    TEAM = "team"


class Deed(NamedTuple):
    """Something that somebody did first on a day: a kind of action, a rescue, or a competition that their team won.

    `subject_id` is the candidate or the competition.
    """

    kind: str
    subject_id: int
    on: date


ASKED: Mapping[Badge, tuple[str, int]] = {
    Badge.KINDNESS: ("status_update", 10),
    Badge.RESCUE: (RESCUE, 5),
    Badge.LISTENER: ("preference", 10),
    Badge.REDEPLOYER: ("reengaged", 3),
    Badge.TEAM: (WON, 1),
}
"""Which deed, for how many different candidates (or in how many competitions)."""
COUNTED = frozenset(kind for kind, _ in ASKED.values())


@dataclass(frozen=True, slots=True)
class Progress:
    """`have` of `needed`; `earned_on` is the day on which it was enough; `missing` are the kinds still to be done."""

    badge: Badge
    have: int
    needed: int
    earned_on: date | None = None
    missing: tuple[str, ...] = ()


def progress(deeds: Iterable[Deed], kinds: Collection[str]) -> list[Progress]:
    """How far somebody is with every badge; `kinds` are the codes of the preset in their order."""
    by_kind: dict[str, dict[int, date]] = defaultdict(dict)
    for deed in deeds:
        first = by_kind[deed.kind].get(deed.subject_id)
        by_kind[deed.kind][deed.subject_id] = min(first, deed.on) if first else deed.on
    return [_breadth(by_kind, kinds), *(_counted(badge, by_kind) for badge in ASKED)]


def _breadth(by_kind: Mapping[str, Mapping[int, date]], kinds: Collection[str]) -> Progress:
    done = {kind: min(by_kind[kind].values()) for kind in kinds if by_kind.get(kind)}
    missing = tuple(kind for kind in kinds if kind not in done)
    earned_on = max(done.values()) if done and not missing else None
    return Progress(Badge.BREADTH, len(done), len(kinds), earned_on, missing)


def _counted(badge: Badge, by_kind: Mapping[str, Mapping[int, date]]) -> Progress:
    kind, needed = ASKED[badge]
    days = sorted(by_kind.get(kind, {}).values())
    return Progress(badge, min(len(days), needed), needed, days[needed - 1] if len(days) >= needed else None)
