"""What the past proposes: a half-life and a card of points, learned on what is older and judged on what came later."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from app.domain.lab import card, outcomes, quality, score_draft
from app.domain.lab.card import Chance, Moment
from app.domain.lab.outcomes import WITHIN, Known
from app.domain.scoring import fanhood, tuning
from app.domain.scoring.rules import live
from app.domain.scoring.ruleset import KindRule, Ruleset
from app.domain.scoring.tuning import Quality

BLOCKS, NEWEST = 10, 2
"""The contacts in ten blocks by time: learned on the older eight, judged on the newest two."""
CLEAR = 0.9
"""A kind stays that far below where one day alone would make a fan."""


class Learned(NamedTuple):
    """Other rules, and how well they and the present ones told who acted in what they were learned from."""

    rules: Ruleset
    quality: Quality
    present: Quality
    changed: tuple[str, ...]


class Proposal(NamedTuple):
    """`learned` None: not enough data. `then` and `present` are the qualities on later moments, of `newest` chances.

    `chance` is the AUC that a score without any meaning stays below on those, 39 times of 40.
    """

    chances: int
    acted: int
    learned: Learned | None = None
    newest: int = 0
    then: Quality | None = None
    present: Quality | None = None
    chance: float = 1.0

    @property
    def foretells(self) -> bool:
        """Whether there is anything to learn: the score says something of who acts."""
        return self.then is not None and self.then.auc > self.chance

    @property
    def is_better(self) -> bool:
        """Whether it would have told the newest better than the rules that hold."""
        return bool(self.foretells and self.then and self.present and self.then.both > self.present.both)


def learn(moments: Sequence[Moment], rules: Ruleset) -> Learned | None:
    """A half-life, and then a card, from these moments alone; None where they are too few."""
    present = card.card_of(rules, moments)
    occasions = [moment.occasion(present) for moment in moments if moment.tells]
    found = tuning.search(occasions, rules.half_life_days)
    if found is None:
        return None
    highest = CLEAR * fanhood.points(rules.fan_from, rules.s50)
    better = card.search(moments, present, found.days, highest)
    own = {code: better.points[code] for code in (*rules.kinds, *better.changed)}
    kinds = {code: replace(rules.rule(code), points=points) for code, points in own.items()}
    drafted = replace(rules, half_life_days=found.days, kinds=kinds, since=None, before=None)
    return Learned(drafted, better.quality, found.present, better.changed)


def propose(moments: Sequence[Moment], rules: Ruleset, newest: int = NEWEST) -> Proposal:
    """Learned on the older moments, judged on so many newest ones."""
    chances = [chance for moment in moments for chance in moment.chances]
    acted = sum(each.acted for each in chances)
    older = [moment for moment in moments[:-newest] if moment.tells]
    later = [moment for moment in moments[-newest:] if moment.tells]
    learned = learn(older, rules) if later and older else None
    if learned is None:
        return Proposal(len(chances), acted)
    known = [chance.acted for moment in later for chance in moment.chances]
    then, present = (_judged(later, each) for each in (learned.rules, rules))
    chance = quality.without_meaning(sum(known), len(known) - sum(known))
    return Proposal(len(chances), acted, learned, len(known), then, present, chance)


def _judged(moments: Sequence[Moment], rules: Ruleset) -> Quality:
    return card.judge(moments, card.card_of(rules, moments), rules.half_life_days)


def from_own_past(now: datetime) -> Proposal:
    """What fits the agency's own contacts best; nothing changes by it."""
    rules = live().ruleset
    return propose(moments_of(outcomes.past(now).contacts, rules), rules)


def moments_of(contacts: Sequence[Known], rules: Ruleset) -> list[Moment]:
    """The contacts in ten blocks by time."""
    chances = [Chance(card.signals(each.hits, each.at.timestamp(), rules), each.answered) for each in contacts]
    edges = [len(chances) * number // BLOCKS for number in range(BLOCKS + 1)]
    return [
        Moment(contacts[start].at.timestamp(), (contacts[end - 1].at + WITHIN).timestamp(), chances[start:end])
        for start, end in pairwise(edges)
        if start < end
    ]


def shuffled(moments: Sequence[Moment], seed: int) -> list[Moment]:
    """The same people with each other's outcomes: nothing can be learned from those."""
    dice, found = random.Random(seed), []  # noqa: S311 - a control is no secret
    for moment in moments:
        acted = [each.acted for each in moment.chances]
        dice.shuffle(acted)
        chances = [each._replace(acted=did) for each, did in zip(moment.chances, acted, strict=True)]
        found.append(moment._replace(chances=chances))
    return found


def written(found: Proposal, rules: Ruleset) -> dict[str, Any]:
    """As a run keeps it; the rules as a draft has them."""
    told: dict[str, Any] = {"contacts": found.chances, "answered": found.acted}
    if found.learned is None or found.then is None or found.present is None:
        return told
    return told | {
        "rules": score_draft.written(found.learned.rules),
        "half_life": [rules.half_life_days, found.learned.rules.half_life_days],
        "points": {kind: _points(rules.rule(kind), found.learned.rules.rule(kind)) for kind in found.learned.changed},
        "learned": [_both(found.learned.present), _both(found.learned.quality)],
        "newest": found.newest,
        "judged": [_both(found.present), _both(found.then)],
        "chance": round(found.chance, 4),
        "foretells": found.foretells,
        "is_better": found.is_better,
    }


def _points(was: KindRule, then: KindRule) -> list[float]:
    return [was.points, then.points]


def _both(found: Quality) -> list[float]:
    return [round(figure, 4) for figure in found]
