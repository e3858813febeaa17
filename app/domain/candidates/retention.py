"""The retention clock: why we may keep somebody's data, until when, and what starts it again."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Select, Table, bindparam, func, select, update

from app import clock
from app.db import Page, db, page_of
from app.domain.agency.agency import the_zone
from app.domain.candidates import consent, privacy_terms
from app.domain.candidates.candidate import PRESENT, Candidate, Retention, Stage
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.privacy_terms import PrivacyTerms
from app.domain.candidates.stage_move import StageMove

WARNINGS = (60, 21, 7)
NOTICE = WARNINGS[1] * clock.DAY
PORTION = 500
PLACED = frozenset((Stage.CONVERT, Stage.REDEPLOY))
TABLE = cast("Table", Candidate.__table__)
SAVED = (
    update(TABLE)
    .where(TABLE.c.id == bindparam("this"), TABLE.c.merged_into_id.is_(None), TABLE.c.anonymised_at.is_(None))
    .values(retention=bindparam("ground"), keep_until=bindparam("end"), acted_at=bindparam("acted"))
)
"""Of whoever is merged or anonymised between the question and this there is no clock any more."""


class Acts(NamedTuple):
    """What the journey knows: when a candidate last did something towards us, and whether they applied."""

    last: datetime | None = None
    applied: bool = False


class Asked(NamedTuple):
    """By which terms, when and in which zone."""

    terms: PrivacyTerms
    now: datetime
    zone: ZoneInfo


class Facts(NamedTuple):
    """What the clock reads of a candidate."""

    id: int
    stage: Stage
    retention: Retention
    keep_until: datetime | None
    registered_at: datetime
    acted_at: datetime | None
    last_inbound_at: datetime | None
    moved_at: datetime | None


class Ground(NamedTuple):
    """Why we may keep somebody's data, and until when."""

    category: Retention
    keep_until: datetime


class Reckoning(NamedTuple):
    """What the facts say of one candidate; `is_new` when something else is stored."""

    candidate_id: int
    now: Ground
    acted_at: datetime | None
    is_new: bool


def begin(candidate_id: int, now: datetime) -> None:
    """Start the clock of somebody who was registered."""
    begin_many([candidate_id], now)


def begin_many(candidate_ids: Iterable[int], now: datetime) -> None:
    """Start the clock of everybody whom a registration or an import brought."""
    ids = list(candidate_ids)
    for start in range(0, len(ids), PORTION):
        reckon_many(ids[start : start + PORTION], now)


def restart(candidate_id: int, at: datetime) -> None:
    """The candidate did something themselves, or consented anew: the clock starts again at that moment."""
    reckon_many([candidate_id], at, {candidate_id: Acts(at)})


def reckon(candidate_id: int, now: datetime) -> None:
    """Set the ground and the end as the facts say: after a move of stage, a merge, a withdrawn consent."""
    reckon_many([candidate_id], now)


def reckon_many(candidate_ids: Collection[int], now: datetime, acts: Mapping[int, Acts] | None = None) -> int:
    """The same for at most some hundreds; `acts` is what the journey knows. Answers how many got another end.

    An end never comes nearer than `NOTICE` at once, so that nobody's data go without a warning.
    """
    changed = [
        {"this": one.candidate_id, "ground": one.now.category, "end": one.now.keep_until, "acted": one.acted_at}
        for one in reckonings(candidate_ids, now, acts)
        if one.is_new
    ]
    if changed:
        db.session.flush()
        db.session.connection().execute(SAVED, changed)
        _forget_copies(changed)
    return len(changed)


def reckonings(
    candidate_ids: Collection[int], now: datetime, acts: Mapping[int, Acts] | None = None
) -> list[Reckoning]:
    """The same without writing it: for a rehearsal. Whoever was merged or anonymised has no clock."""
    asked, consents = Asked(privacy_terms.in_force(), now, the_zone()), consent.current_of(candidate_ids)
    found = []
    for facts in _facts(candidate_ids):
        pool = consents.get(facts.id, {}).get((ConsentPurpose.POOL, None))
        known = (acts or {}).get(facts.id, Acts())
        acted_at = max(filter(None, (facts.acted_at, known.last)), default=None)
        ground = _announced(facts, _ground(facts, pool, known, asked), pool, now)
        is_new = (*ground, acted_at) != (facts.retention, facts.keep_until, facts.acted_at)
        found.append(Reckoning(facts.id, ground, acted_at, is_new))
    return found


def _facts(candidate_ids: Collection[int]) -> list[Facts]:
    moved = select(func.max(StageMove.moved_at)).where(StageMove.candidate_id == Candidate.id)
    rows = (
        select(
            Candidate.id,
            Candidate.stage,
            Candidate.retention,
            Candidate.keep_until,
            Candidate.registered_at,
            Candidate.acted_at,
            ContactState.last_inbound_at,
            moved.correlate(Candidate).scalar_subquery(),
        )
        .outerjoin(ContactState, ContactState.candidate_id == Candidate.id)
        .where(Candidate.id.in_(candidate_ids), PRESENT)
        .order_by(Candidate.id)
    )
    return [Facts(*row) for row in db.session.execute(rows)]


def _ground(facts: Facts, pool: Consent | None, acts: Acts, asked: Asked) -> Ground:
    """Why and until when, from the facts alone."""
    terms = asked.terms
    acted = _latest(facts.registered_at, facts.last_inbound_at, facts.acted_at, acts.last)
    if facts.stage in PLACED:
        left = asked.now if facts.stage == Stage.CONVERT else _latest(acted, facts.moved_at)
        return Ground(Retention.PLACED, _fiscal_end(left, terms.placed_years, asked.zone))
    if pool is not None and pool.given:
        agreed = pool.until or pool.at + timedelta(days=terms.pool_days)
        since = timedelta(days=terms.pool_days) if acted > pool.at else timedelta()
        return Ground(Retention.POOL, max(agreed, acted + since))
    if pool is not None:
        return Ground(Retention.APPLICANT, _latest(acted, pool.at) + timedelta(days=terms.applicant_days))
    if facts.stage == Stage.ATTRACT and (acts.applied or facts.retention == Retention.APPLICANT):
        return Ground(Retention.APPLICANT, acted + timedelta(days=terms.applicant_days))
    return Ground(Retention.REGISTERED, acted + timedelta(days=terms.registered_days))


def _latest(*moments: datetime | None) -> datetime:
    return max(moment for moment in moments if moment is not None)


def _fiscal_end(left: datetime, years: int, zone: ZoneInfo) -> datetime:
    """Tax records are kept for so many full years after the year in which the work ended."""
    year = clock.local_day(left, zone).year
    return clock.midnight(date(year + years + 1, 1, 1), zone)


def _announced(facts: Facts, ground: Ground, pool: Consent | None, now: datetime) -> Ground:
    """An end that comes nearer leaves time for a warning; whoever took their consent back waits no longer."""
    soonest = now + NOTICE
    withdrawn = pool is not None and not pool.given
    if withdrawn or ground.keep_until >= soonest or ground.keep_until >= (facts.keep_until or soonest):
        return ground
    return ground._replace(keep_until=min(facts.keep_until or soonest, soonest))


def _forget_copies(changed: Iterable[Mapping[str, Any]]) -> None:
    """Candidates that this session holds show the new end."""
    for row in changed:
        held = db.session.identity_map.get(db.session.identity_key(Candidate, row["this"]))
        if held is not None:
            db.session.expire(held, ["retention", "keep_until", "acted_at"])


def ending(now: datetime, number: int = 1) -> Page[Candidate]:
    """Whose data end within the first warning's days, soonest first."""
    soon = now + WARNINGS[0] * clock.DAY
    return page_of(_running().where(Candidate.keep_until <= soon).order_by(Candidate.keep_until, Candidate.id), number)


def counts() -> dict[Retention, int]:
    """How many candidates are kept on each ground."""
    of = select(Candidate.retention, func.count()).where(PRESENT)
    found = {Retention(ground): count for ground, count in db.session.execute(of.group_by(Candidate.retention))}
    return {ground: found[ground] for ground in Retention if ground in found}


def _running() -> Select[Candidate]:
    return select(Candidate).where(PRESENT)
