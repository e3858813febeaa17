"""A talent pool in the order of contact at the first working hour from a moment on, and what lists need of it."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nlargest
from typing import Any, NamedTuple

from app.domain.program import cadence
from app.domain.program.program import the_program
from app.domain.scoring import engagement, pool_facts, rhythm, terms
from app.domain.scoring.agency_calendar import calendar_at
from app.domain.scoring.card import Known, NextUp, cards
from app.domain.scoring.gate import gate
from app.domain.scoring.pool_facts import PoolFacts
from app.domain.scoring.priority import Moment, lag_of, trigger_open
from app.domain.scoring.ranking import Ranked, Ranking, rank
from app.domain.scoring.rules import live
from app.domain.scoring.situation import Situation
from app.domain.scoring.working_time import WorkingCalendar

WARMEST = 3


class ListedRow(NamedTuple):
    """A row with all that is needed to rank it again; `lower`: how many of the pool had waited less.

    `propensity` is the chance with which it was shown here: 1 for what follows from the rules alone.
    """

    ranked: Ranked
    situation: Situation
    lower: int
    propensity: float


@dataclass(frozen=True, slots=True)
class Listing:
    """How a list came about; `ranked_for` is its moment, `owner_id` whose pool it is, `seed` what broke the ties."""

    ranked_for: datetime
    owner_id: int
    seed: int
    pool_size: int
    ruleset_id: int
    settings: dict[str, Any]
    rows: tuple[ListedRow, ...]


@dataclass(frozen=True, slots=True)
class RankedPool:
    """`at`: now, or when the agency opens again, as of which it is ranked. `seed`: whose pool it is, 0 is nobody's."""

    facts: PoolFacts
    ranking: Ranking
    calendar: WorkingCalendar
    at: datetime
    seed: int

    def cards(self, shown: Collection[Ranked], now: datetime) -> list[NextUp]:
        facts = self.facts
        return cards(shown, Known(facts.taus, facts.fans, facts.coming_back, self.calendar, self.at), now)

    def listing(self) -> Listing:
        """The shown rows with what it takes to rank them again."""
        ranking, rules = self.ranking, live()
        return Listing(
            ranked_for=self.at,
            owner_id=self.seed,
            seed=self.seed,
            pool_size=ranking.pool_size,
            ruleset_id=rules.id,
            settings=terms.kept(ranking.moment.model, self.calendar, rules.half_life),
            rows=tuple(
                ListedRow(one, ranking.situations[one.candidate_id], ranking.lower(one.candidate_id), 1.0)
                for one in ranking.shown
            ),
        )

    def warmest(self) -> list[Ranked]:
        """Who keeps coming back and the warmest, also those who have to be left alone for now, but not for good."""
        back, taus = self.facts.coming_back, self.facts.taus
        found = nlargest(WARMEST, self._approachable(), key=lambda who: (who in back, taus.get(who, -math.inf)))
        return [self.ranking.why(candidate_id) for candidate_id in found]

    def _approachable(self) -> list[int]:
        """Whoever is warm or keeps coming back, and did not ask to be left alone for good."""
        warm = engagement.WARM * self.ranking.moment.model.s50 / (100 - engagement.WARM)
        return [
            int(situation.candidate_id)
            for situation in self.facts.situations
            if _welcome(situation) and (situation.score > warm or situation.candidate_id in self.facts.coming_back)
        ]

    def waiting(self) -> int:
        """How many may be contacted for whom something is due."""
        situations, moment = self.ranking.situations, self.ranking.moment
        return sum(_due(situations[candidate_id], moment) for candidate_id in self.ranking.eligible)

    def asks(self, until: datetime) -> int:
        """For how many something is due before a moment and no gate stays closed until then."""
        moment = self.ranking.moment
        then = moment._replace(now=until.timestamp(), today=moment.calendar.local_date(until.timestamp()))
        return sum(_open_before(one, moment, then.now) and _due(one, then) for one in self.facts.situations)

    def hot(self, since: datetime, most: int) -> list[Ranked]:
        """Who did something after `since` that asks for a contact now, behind an open gate; the newest first."""
        ranking, after = self.ranking, since.timestamp()
        hot = [
            (situation.trigger_at, candidate_id)
            for candidate_id in ranking.eligible
            for situation in [ranking.situations[candidate_id]]
            if situation.trigger_at and after < situation.trigger_at and trigger_open(situation, ranking.moment)
        ]
        return [ranking.why(candidate_id) for _, candidate_id in nlargest(most, hot)]


def _due(situation: Situation, moment: Moment) -> bool:
    """A promise, an answer, something that they did since our last attempt, or their rhythm asks for a contact."""
    if situation.word_due(moment.now, moment.today) or situation.untried_trigger:
        return True
    return lag_of(situation, moment) >= 1


def _open_before(situation: Situation, moment: Moment, until: float) -> bool:
    found = gate(situation, moment.now, moment.today)
    return found is None or (found.again_from is not None and found.again_from < until)


def _welcome(situation: Situation) -> bool:
    open_to_us = situation.permitted_channels is None and not situation.consent_withdrawn
    return open_to_us and not situation.do_not_contact and not situation.retention_over


def of_owner(owner_id: int, person_id: int, now: datetime, k: int) -> RankedPool:
    """The pool of an owner, as it is for somebody who may be another person."""
    calendar, at = _opening(now)
    return _ranked(pool_facts.pool_of(owner_id, person_id, at, calendar), owner_id, calendar, at, k)


def of_one(candidate_id: int, person_id: int, now: datetime) -> RankedPool:
    """A pool of one candidate: of somebody whom nobody owns, or when only their gate is asked."""
    calendar, at = _opening(now)
    return _ranked(pool_facts.one(candidate_id, person_id, at, calendar), 0, calendar, at, 1)


def _opening(now: datetime) -> tuple[WorkingCalendar, datetime]:
    calendar = calendar_at(now)
    return calendar, datetime.fromtimestamp(calendar.next_opening(now.timestamp()) or now.timestamp(), UTC)


def _ranked(facts: PoolFacts, seed: int, calendar: WorkingCalendar, at: datetime, k: int) -> RankedPool:
    program = the_program()
    model = rhythm.model(live().ruleset.s50, cadence.rules_of(program.id) if program else {})
    return RankedPool(
        facts, rank(facts.situations, at.timestamp(), calendar, k, seed=seed, model=model), calendar, at, seed
    )
