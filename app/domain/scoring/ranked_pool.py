"""A talent pool in the order of contact at the first working hour from a moment on, and what lists need of it."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nlargest
from typing import Any, NamedTuple

from app.domain.program import cadence
from app.domain.program.program import the_program
from app.domain.scoring import demand, engagement, hindrance, pool_facts, rhythm, shortlist, survey, terms
from app.domain.scoring.agency_calendar import calendar_at
from app.domain.scoring.card import Known, NextUp, Reachable, cards
from app.domain.scoring.pool_facts import Asked, PoolFacts
from app.domain.scoring.priority import Moment, lag_of, trigger_open
from app.domain.scoring.ranking import Ranked, Ranking, rank_part
from app.domain.scoring.rules import live
from app.domain.scoring.shortlist import WARMEST, Wanted
from app.domain.scoring.situation import Situation
from app.domain.scoring.survey import Survey
from app.domain.scoring.working_time import WorkingCalendar


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
    """`at`: now, or when the agency opens again, as of which it is ranked. `seed`: whose pool it is, 0 is nobody's.

    `facts` and `ranking` hold those who could be shown, and who was asked about. `waiting` counts, of the whole
    pool, who may be contacted for whom something is due.
    """

    facts: PoolFacts
    ranking: Ranking
    calendar: WorkingCalendar
    at: datetime
    seed: int
    waiting: Callable[[], int] = int

    def cards(
        self, shown: Collection[Ranked], now: datetime, reachable: Mapping[int, Reachable] | None = None
    ) -> list[NextUp]:
        facts = self.facts
        return cards(shown, Known(facts.taus, facts.fans, facts.coming_back, self.calendar, self.at), now, reachable)

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
            if situation.welcome and (situation.score > warm or situation.candidate_id in self.facts.coming_back)
        ]

    def hot(self, since: datetime, most: int) -> list[Ranked]:
        """Of whom was asked about, who did something after `since` that asks for a contact, behind an open gate."""
        ranking, after = self.ranking, since.timestamp()
        hot = [
            (situation.trigger_at, candidate_id)
            for candidate_id in ranking.eligible
            for situation in [ranking.situations[candidate_id]]
            if situation.trigger_at and after < situation.trigger_at and trigger_open(situation, ranking.moment)
        ]
        return [ranking.why(candidate_id) for _, candidate_id in nlargest(most, hot)]


@dataclass(frozen=True, slots=True)
class Setting:
    """For whom, when and by which rules a pool is ranked."""

    person_id: int
    at: datetime
    moment: Moment
    half_life: float

    def fetch(self, usual: float | None) -> shortlist.Fetch:
        asked = Asked(self.person_id, self.moment.now, self.moment.calendar, self.half_life, usual)
        return lambda ids: pool_facts.some(ids, asked)

    def survey(self, owner_id: int) -> Survey:
        return survey.of(owner_id, self.person_id, self.at, self.moment.calendar, self.moment.model)


def of_owner(owner_id: int, person_id: int, now: datetime, k: int, also: Collection[int] = ()) -> RankedPool:
    """The pool of an owner, as it is for somebody who may be another person; `also` are asked about in any case."""
    setting = _setting(person_id, *_opening(now))
    pool = setting.survey(owner_id)
    usual = pool_facts.usual_reach(pool.answers, pool.attempts)
    moment = setting.moment._replace(pool=len(pool.rows))
    wanted = Wanted(moment, setting.half_life, usual, owner_id, k, also)
    fetch = setting.fetch(usual)
    found = shortlist.of(pool, wanted, fetch)

    def waiting() -> int:
        return demand.count(
            pool,
            moment,
            lambda: hindrance.of_owner(owner_id).closed_for(moment.now, moment.calendar),
            lambda ids: _situations(ids, found.facts, fetch),
        )

    return RankedPool(found.facts, found.ranking, moment.calendar, setting.at, owner_id, waiting)


def _situations(ids: Sequence[int], facts: PoolFacts, fetch: shortlist.Fetch) -> list[Situation]:
    """Who was asked about before is not asked about again."""
    known = {int(one.candidate_id): one for one in facts.situations}
    others = fetch([each for each in ids if each not in known]).situations
    return [known[each] for each in ids if each in known] + others


def of_one(candidate_id: int, person_id: int, now: datetime) -> RankedPool:
    """A pool of one candidate: of somebody whom nobody owns, or when only their gate is asked."""
    setting = _setting(person_id, *_opening(now))
    facts, moment = setting.fetch(None)([candidate_id]), setting.moment._replace(pool=1)
    lags = [lag_of(situation, moment) for situation in facts.situations]
    ranking = rank_part(facts.situations, moment, lags, 1)
    return RankedPool(facts, ranking, moment.calendar, setting.at, 0, lambda: len(ranking.eligible))


def asks(owner_id: int, person_id: int, until: datetime, calendar: WorkingCalendar) -> int:
    """For how many something is due at a moment to come and no gate stays closed until then."""
    setting = _setting(person_id, calendar, until)
    fetch = setting.fetch(None)
    return demand.count(
        setting.survey(owner_id),
        setting.moment,
        lambda: hindrance.of_owner(owner_id).for_good,
        lambda ids: [one._replace(channel_opens_at=None) for one in fetch(ids).situations],
    )


def _opening(now: datetime) -> tuple[WorkingCalendar, datetime]:
    calendar = calendar_at(now)
    return calendar, datetime.fromtimestamp(calendar.next_opening(now.timestamp()) or now.timestamp(), UTC)


def _setting(person_id: int, calendar: WorkingCalendar, at: datetime) -> Setting:
    program, rules = the_program(), live()
    model = rhythm.model(rules.ruleset.s50, cadence.rules_of(program) if program else {})
    moment = Moment(at.timestamp(), calendar.local_date(at.timestamp()), calendar, model, 0)
    return Setting(person_id, at, moment, rules.half_life)
