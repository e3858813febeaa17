"""A half-life from the agency's own past: how well the score foretold who answered within a week of a contact."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import TWO_WAY, UNANSWERED, Outcome
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import Scored, Touchpoint, history
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind
from app.domain.scoring import occasions, tuning
from app.domain.scoring.book import hit_of
from app.domain.scoring.rules import live
from app.domain.scoring.ruleset import Ruleset
from app.domain.scoring.tuning import Case, Found, Occasion, Quality

WITHIN = timedelta(days=7)
MOST = 4_000
BLOCKS, NEWEST = 10, 2
"""The contacts in ten blocks by time: chosen on the older eight, judged on the newest two."""
CONTACTS = (TWO_WAY | UNANSWERED) - {Outcome.REPLIED}


class Attempt(NamedTuple):
    """A contact of ours whose outcome is known."""

    candidate_id: int
    at: datetime


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
    blocks = _blocks(_attempts(now), rules)
    outcomes, answered = sum(len(each.cases) for each in blocks), sum(each.acted for each in blocks)
    older, newest = [each for each in blocks[:-NEWEST] if each.tells], [each for each in blocks[-NEWEST:] if each.tells]
    found = tuning.search(older, rules.half_life_days) if tuning.enough(blocks) and older and newest else None
    if found is None:
        return Proposal(outcomes, answered)
    then, present = (tuning.mean(newest, days) for days in (found.days, rules.half_life_days))
    known, acted = sum(len(each.cases) for each in newest), sum(each.acted for each in newest)
    return Proposal(outcomes, answered, found, known, then, present, _by_chance(acted, known - acted))


def _by_chance(acted: int, idle: int) -> float:
    """Half, and twice the standard error of the rank sum (Mann and Whitney, 1947)."""
    return 0.5 + 2 * math.sqrt((acted + idle + 1) / (12 * acted * idle))


def _attempts(now: datetime) -> list[Attempt]:
    """The newest contacts that could have been answered by now, oldest first; not with who objected to a score."""
    action, state = EngagementAction, ContactState
    query = (
        select(action.candidate_id, action.occurred_at)
        .join(state, state.candidate_id == action.candidate_id)
        .where(action.outcome.in_(CONTACTS), action.undone_at.is_(None), state.objected_at.is_(None))
        .where(action.occurred_at <= now - WITHIN)
        .order_by(action.occurred_at.desc(), action.id.desc())
        .limit(MOST)
    )
    return [Attempt(*row) for row in reversed(db.session.execute(query).all())]


def _blocks(attempts: Sequence[Attempt], rules: Ruleset) -> list[Occasion]:
    ids = sorted({attempt.candidate_id for attempt in attempts})
    answers, did = _answers(ids), defaultdict[int, list[Scored]](list)
    for touchpoint in history(ids):
        did[touchpoint.candidate_id].append(touchpoint)
    cases = [_case(attempt, did[attempt.candidate_id], answers[attempt.candidate_id], rules) for attempt in attempts]
    edges = [len(cases) * number // BLOCKS for number in range(BLOCKS + 1)]
    return [
        Occasion(attempts[start].at.timestamp(), (attempts[end - 1].at + WITHIN).timestamp(), cases[start:end])
        for start, end in pairwise(edges)
        if start < end
    ]


def _case(attempt: Attempt, did: Sequence[Scored], answers: Sequence[datetime], rules: Ruleset) -> Case:
    """What had counted just before the contact, and whether an answer came with it or within a week."""
    hits = [hit_of(touchpoint) for touchpoint in did if touchpoint.occurred_at < attempt.at]
    next_ = bisect_left(answers, attempt.at)
    answered = next_ < len(answers) and answers[next_] <= attempt.at + WITHIN
    return Case(occasions.parts(hits, attempt.at.timestamp(), rules), answered)


def _answers(ids: Sequence[int]) -> defaultdict[int, list[datetime]]:
    """When each of them spoke with us or turned to us, oldest first."""
    action, touchpoint, kind = EngagementAction, Touchpoint, TouchpointKind
    spoke = select(action.candidate_id, action.occurred_at).where(
        action.candidate_id.in_(ids), action.outcome.in_(TWO_WAY), action.undone_at.is_(None)
    )
    came = (
        select(touchpoint.candidate_id, touchpoint.occurred_at)
        .join(kind, kind.code == touchpoint.kind)
        .where(touchpoint.candidate_id.in_(ids), touchpoint.reversed_at.is_(None))
        .where(kind.role.in_((KindRole.INBOUND, KindRole.FORM)))
    )
    found = defaultdict[int, list[datetime]](list)
    for candidate_id, at in sorted([*db.session.execute(spoke), *db.session.execute(came)], key=lambda row: row[1]):
        found[candidate_id].append(at)
    return found
