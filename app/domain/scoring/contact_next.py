"""Who to contact next, why, and through which channel; and why somebody is not among them."""

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from heapq import nlargest
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible_to
from app.domain.candidates.identity import Channel, Identity, Way, ways
from app.domain.candidates.preference import ChannelPreference
from app.domain.journey.application import Application, ApplicationState
from app.domain.scoring import engagement, pool_facts
from app.domain.scoring.engagement import Score, score_at
from app.domain.scoring.pool_facts import PoolFacts, calendar_at
from app.domain.scoring.priority import lag_of
from app.domain.scoring.ranking import Ranked, Ranking, rank
from app.domain.scoring.rules import live
from app.domain.scoring.situation import Model, Situation
from app.domain.scoring.working_time import WorkingCalendar

WARMEST = 3
NEWEST = (
    select(func.max(ChannelPreference.id))
    .where(ChannelPreference.candidate_id == Candidate.id, ChannelPreference.purpose == "contact")
    .correlate(Candidate)
    .scalar_subquery()
)
PLACED = (
    select(func.max(Application.id))
    .where(Application.candidate_id == Candidate.id, Application.state == ApplicationState.PLACED)
    .correlate(Candidate)
    .scalar_subquery()
)
SHOWN = (
    select(
        Candidate,
        Identity,
        ChannelPreference.channel,
        ChannelPreference.channels,
        Application.starts_on,
        Application.ends_on,
    )
    .outerjoin(Application, Application.id == PLACED)
    .outerjoin(Identity, Identity.candidate_id == Candidate.id)
    .outerjoin(ChannelPreference, ChannelPreference.id == NEWEST)
    .where(Candidate.id.in_(bindparam("ids", expanding=True)))
    .order_by(Identity.id)
)


class Placement(NamedTuple):
    """From when to when somebody works where we placed them; open-ended without an end."""

    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class NextUp:
    """A candidate with their place in the ranking. `links` are the open ways to reach them, the best one first.

    `channel` is that of the first; None when we have no address: then the agency's own system has it. `again_from` is
    the first working hour after the gate opens, in UTC.
    """

    candidate: Candidate
    ranked: Ranked
    channel: Channel | None
    links: tuple[Way, ...]
    score: Score
    again_from: datetime | None
    asked_at: datetime
    zone: ZoneInfo
    placement: Placement | None = None
    fan: bool = False
    coming_back: bool = False

    @property
    def today(self) -> date:
        """The local day on which this is read."""
        return self.asked_at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A person's list. `pool` counts everybody they look after.

    `waiting` counts those whom nothing keeps from being contacted and for whom something is due: a promise, an answer,
    something that they did since our last attempt, or the rhythm of their stage. `warm` are who keeps coming back and
    the warmest of the pool, also those who have to be left alone for now. `opens_at`: nobody should be contacted
    before; the list is of then.
    """

    rows: list[NextUp]
    waiting: int
    pool: int
    warm: list[NextUp]
    opens_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Pool:
    facts: PoolFacts
    ranking: Ranking
    calendar: WorkingCalendar
    at: datetime


def for_person(person: Person, now: datetime, k: int = 10) -> Upcoming:
    """The k of a person's own candidates to contact next, at the first moment from now on that is a working hour."""
    pool = _ranked(person.id, person.id, None, now, k)
    back, taus = pool.facts.coming_back, pool.facts.taus
    warm = nlargest(WARMEST, _approachable(pool), key=lambda who: (who in back, taus.get(who, -math.inf)))
    shown = [*pool.ranking.shown, *(pool.ranking.why(candidate_id) for candidate_id in warm)]
    found = _next_ups(shown, pool, now)
    count = len(pool.ranking.shown)
    return Upcoming(
        rows=found[:count],
        waiting=sum(_is_due(pool.ranking, candidate_id) for candidate_id in pool.ranking.eligible),
        pool=pool.ranking.pool_size,
        warm=found[count:],
        opens_at=pool.at if pool.at > now else None,
    )


def why(person: Person, candidate_id: int, now: datetime, k: int = 10) -> NextUp | None:
    """Why a candidate is, or is not, on the list of their owner; None when this person may not see them.

    Without a gate and without a slot, others go first.
    """
    candidate = visible_to(person, candidate_id)
    return why_of(person, candidate, now, k) if candidate else None


def why_of(person: Person, candidate: Candidate, now: datetime, k: int = 10) -> NextUp:
    """The same for a candidate whom this person was found to see."""
    pool = _ranked(candidate.owner_id, person.id, candidate.id, now, k)
    return _next_ups([pool.ranking.why(candidate.id)], pool, now)[0]


def _ranked(owner_id: int | None, person_id: int, candidate_id: int | None, now: datetime, k: int) -> _Pool:
    calendar = calendar_at(now)
    at = datetime.fromtimestamp(calendar.next_opening(now.timestamp()) or now.timestamp(), UTC)
    if owner_id is None and candidate_id is not None:
        facts = pool_facts.one(candidate_id, person_id, at, calendar)
    else:
        facts = pool_facts.pool_of(owner_id or 0, person_id, at, calendar)
    model = Model(s50=live().ruleset.s50)
    ranking = rank(facts.situations, at.timestamp(), calendar, k, seed=owner_id or 0, model=model)
    return _Pool(facts, ranking, calendar, at)


def _approachable(pool: _Pool) -> list[int]:
    """Whoever is warm or keeps coming back, and did not ask to be left alone for good."""
    warm = engagement.WARM * pool.ranking.moment.model.s50 / (100 - engagement.WARM)
    return [
        int(situation.candidate_id)
        for situation in pool.facts.situations
        if _welcome(situation) and (situation.score > warm or situation.candidate_id in pool.facts.coming_back)
    ]


def _welcome(situation: Situation) -> bool:
    open_to_us = situation.permitted_channels is None and not situation.consent_withdrawn
    return open_to_us and not situation.do_not_contact and not situation.retention_over


def _is_due(ranking: Ranking, candidate_id: int | str) -> bool:
    situation, moment = ranking.situations[candidate_id], ranking.moment
    if situation.word_due(moment.now, moment.today):
        return True
    trigger = situation.trigger_at
    if trigger is not None and (situation.last_attempt_at is None or situation.last_attempt_at < trigger):
        return True
    return lag_of(situation, moment) >= 1


def _next_ups(shown: list[Ranked], pool: _Pool, now: datetime) -> list[NextUp]:
    known = _reachable({int(ranked.candidate_id) for ranked in shown}) if shown else {}
    rules = live()
    return [
        NextUp(
            candidate=found.candidate,
            ranked=ranked,
            channel=next((way.channel for way in found.links), None),
            links=found.links,
            score=score_at(pool.facts.taus.get(found.candidate.id), pool.at, rules),
            again_from=_again_from(ranked, pool.calendar),
            asked_at=now,
            zone=pool.calendar.zone,
            placement=found.placement,
            fan=found.candidate.id in pool.facts.fans,
            coming_back=found.candidate.id in pool.facts.coming_back,
        )
        for ranked in shown
        for found in [known[int(ranked.candidate_id)]]
    ]


def _again_from(ranked: Ranked, calendar: WorkingCalendar) -> datetime | None:
    if ranked.gate is None or ranked.gate.again_from is None:
        return None
    opens = ranked.gate.again_from
    return datetime.fromtimestamp(calendar.next_opening(opens) or opens, UTC)


class _Reachable(NamedTuple):
    candidate: Candidate
    links: tuple[Way, ...]
    placement: Placement | None


def _reachable(ids: Collection[int]) -> dict[int, _Reachable]:
    """Some candidates with their open channels, the preferred ones first and in their order, in one query."""
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(SHOWN, {"ids": list(ids)}):
        rows[row.Candidate.id].append(row)
    return {candidate_id: _of(rows[candidate_id]) for candidate_id in rows}


def _of(rows: Sequence[Any]) -> _Reachable:
    """One candidate, of whom there is a row for each address."""
    first = rows[0]
    placement = Placement(first.starts_on, first.ends_on) if first.starts_on else None
    wished: list[str] = first.channels or [first.channel]
    found = ways([row.Identity for row in rows if row.Identity])
    places = {channel: wished.index(channel) if channel in wished else len(wished) for channel in found}
    links = tuple(sorted(found.values(), key=lambda way: places[way.channel]))
    return _Reachable(first.Candidate, links, placement)
