"""Warm candidates whom nobody looks after, for those who could: fans, who keeps coming back, and the warmest."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select, union

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.candidates.contact_state import ContactState
from app.domain.scoring import coming_back, engagement, fanhood, score
from app.domain.scoring.engagement import Score, score_at
from app.domain.scoring.rules import Rules, live

MOST = 3
LOOKED_AT = 200
"""Of the warmest of all branches: enough to find those of one's own among them."""


class Unowned(NamedTuple):
    """A candidate to take over, and how warm they are."""

    candidate: Candidate
    score: Score
    fan: bool
    coming_back: bool


def warm_for(person: Person, now: datetime, most: int = MOST) -> list[Unowned]:
    """Those whom a person may see, whoever keeps coming back first, and then the warmest."""
    rules, lately = live(), now - coming_back.LATELY
    state, back = ContactState, ContactState.coming_back_at > lately
    free = state.do_not_contact_at.is_(None), state.objected_at.is_(None)
    rested = state.paused_until.is_(None) | (state.paused_until <= now)
    query = (
        visible(person)
        .add_columns(state.tau, state.fan_since, back)
        .join(state, state.candidate_id == Candidate.id)
        .where(Candidate.owner_id.is_(None), Candidate.id.in_(_near(now, rules)), *free, rested)
        .order_by(back.is_(True).desc(), state.tau.desc().nulls_last())
    )
    found = db.session.execute(query.limit(most))
    return [
        Unowned(row, score_at(tau, now, rules), fan_since is not None, bool(is_back))
        for row, tau, fan_since, is_back in found
    ]


def _near(now: datetime, rules: Rules) -> Select[int]:
    state = ContactState
    warm = score.leaves(now.timestamp(), 1 / fanhood.points(engagement.WARM, rules.ruleset.s50), rules.half_life)
    mine = select(state.candidate_id).where(state.owner_id.is_(None))
    warmest = mine.where(state.tau >= warm).order_by(state.tau.desc()).limit(LOOKED_AT)
    back = mine.where(state.coming_back_at > now - coming_back.LATELY)
    back = back.order_by(state.coming_back_at.desc()).limit(LOOKED_AT)
    return select(union(*(select(each.subquery()) for each in (warmest, back))).subquery())
