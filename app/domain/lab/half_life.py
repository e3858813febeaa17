"""A half-life from the agency's own past: how well the score foretold who answered within a week of a contact."""

import math
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from app.domain.lab import outcomes
from app.domain.lab.outcomes import WITHIN, Known
from app.domain.scoring import occasions, tuning
from app.domain.scoring.rules import live
from app.domain.scoring.ruleset import Ruleset
from app.domain.scoring.tuning import Case, Found, Occasion, Quality

BLOCKS, NEWEST = 10, 2
"""The contacts in ten blocks by time: chosen on the older eight, judged on the newest two."""


class Proposal(NamedTuple):
    """`found` None: not enough data. `then` and `present` are the qualities on the newest contacts.

    `chance` is the AUC that a score without any meaning stays below on those, 39 times of 40.
    """

    outcomes: int
    answered: int
    found: Found | None = None
    newest: int = 0
    then: Quality | None = None
    present: Quality | None = None
    chance: float = 1.0

    @property
    def foretells(self) -> bool:
        """Whether the score says anything of who answers."""
        return self.then is not None and self.then.auc > self.chance

    @property
    def is_better(self) -> bool:
        """Whether it would have foretold the newest answers, and better than what is in use."""
        return bool(self.foretells and self.then and self.present and self.then.both > self.present.both)


def propose(now: datetime) -> Proposal:
    """What fits the agency's own past best; nothing changes by it."""
    rules = live().ruleset
    blocks = blocks_of(outcomes.past(now).contacts, rules)
    contacts, answered = sum(len(each.cases) for each in blocks), sum(each.acted for each in blocks)
    older, newest = [each for each in blocks[:-NEWEST] if each.tells], [each for each in blocks[-NEWEST:] if each.tells]
    found = tuning.search(older, rules.half_life_days) if tuning.enough(blocks) and older and newest else None
    if found is None:
        return Proposal(contacts, answered)
    then, present = (tuning.mean(newest, days) for days in (found.days, rules.half_life_days))
    known, acted = sum(len(each.cases) for each in newest), sum(each.acted for each in newest)
    return Proposal(contacts, answered, found, known, then, present, by_chance(acted, known - acted))


def by_chance(acted: int, idle: int) -> float:
    """The AUC below which a score without meaning stays, 39 times of 40.

    Half, and twice the standard error of the rank sum (Mann and Whitney, 1947).
    """
    return 0.5 + 2 * math.sqrt((acted + idle + 1) / (12 * acted * idle))


def blocks_of(contacts: Sequence[Known], rules: Ruleset) -> list[Occasion]:
    """The contacts in ten blocks by time, with what counted of everybody just before."""
    cases = [Case(occasions.parts(each.hits, each.at.timestamp(), rules), each.answered) for each in contacts]
    edges = [len(cases) * number // BLOCKS for number in range(BLOCKS + 1)]
    return [
        Occasion(contacts[start].at.timestamp(), (contacts[end - 1].at + WITHIN).timestamp(), cases[start:end])
        for start, end in pairwise(edges)
        if start < end
    ]
