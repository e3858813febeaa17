"""Once a week: how everybody logged in the last four weeks is looked at, each beside what is usual."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.oversight import anomaly, unusual
from app.domain.oversight.unusual import Evidence, Limits, Logged, Yield
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import the_program, works_council_ok

WEEKS = 4
PAST = 3
"""So many times four weeks before tell what is usual in this agency."""
ELSEWHERE = ("import", "api", "bullhorn", "system")
"""Recorded elsewhere, at moments that say nothing of how somebody works."""
PROVEN = ("proof", "reply")
SAMPLED = 20


class Checked(NamedTuple):
    """An action to ask about, chosen by lot."""

    action_id: int
    person_id: int
    candidate_id: int


def look(week: Period, now: datetime, zone: ZoneInfo, host: str) -> int:
    """Find what was unusual in a week that is over; answers how much is new. Without consent nobody is looked at."""
    program = the_program()
    if program is None or not works_council_ok(program.id):
        return 0
    return anomaly.keep(found(week, zone), week.start, now, host)


def found(week: Period, zone: ZoneInfo) -> Mapping[int, Mapping[str, Evidence]]:
    """What is unusual, by person and kind."""
    span = Period(week.end - clock.WEEK * WEEKS, week.end)
    starts, earned, limits = _midnight(week.start, zone), _yields(span), usual_limits(span, zone)
    kinds = {person_id: unusual.find(rows, starts, limits) for person_id, rows in _logged(span, zone).items()}
    for person_id, own in earned.items():
        low = unusual.low_yield(own, [each for who, each in earned.items() if who != person_id])
        if low:
            kinds.setdefault(person_id, {})["low_yield"] = low
    return {person_id: each for person_id, each in kinds.items() if each}


def usual_limits(span: Period, zone: ZoneInfo) -> Limits:
    """From where on something stands out here, by the twelve weeks before."""
    months = []
    for number in range(1, PAST + 1):
        earlier = Period(*(day - clock.WEEK * WEEKS * number for day in (span.start, span.end)))
        starts = _midnight(earlier.start, zone)
        months += [unusual.find(rows, starts, unusual.NONE) for rows in _logged(earlier, zone).values()]
    return unusual.limits_of(months)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), zone)


def sample(span: Period, seed: str, size: int = SAMPLED) -> Sequence[Checked]:
    """Actions of a period that earned points, chosen by lot to ask about before a prize; a seed chooses the same."""
    logged = (
        select(EngagementAction.id, Person.id, EngagementAction.candidate_id)
        .join_from(EngagementAction, Person, Person.id == EngagementAction.person_id)
        .where(
            EngagementAction.local_date >= span.start,
            EngagementAction.local_date < span.end,
            EngagementAction.undone_at.is_(None),
            EngagementAction.points > 0,
        )
    )
    drawn = sorted(db.session.execute(logged).all(), key=lambda row: _lot(seed, row[0]))
    return [Checked(*row) for row in drawn[:size]]


def _lot(seed: str, action_id: int) -> bytes:
    return hashlib.blake2b(f"{seed} {action_id}".encode(), digest_size=8).digest()


def _logged(span: Period, zone: ZoneInfo) -> Mapping[int, Sequence[Logged]]:
    """What everybody who works here logged here themselves, and did not take back."""
    action, kind = EngagementAction, ActionKind
    query = (
        select(Person.id, action.candidate_id, action.occurred_at, action.recorded_at, kind.two_way, action.note)
        .join(kind, kind.id == action.kind_id)
        .join(Person, Person.id == action.person_id)
        .where(
            action.local_date >= span.start,
            action.local_date < span.end,
            action.undone_at.is_(None),
            action.source.not_in(ELSEWHERE),
            Person.deactivated_at.is_(None),
        )
    )
    rows: dict[int, list[Logged]] = defaultdict(list)
    for person_id, candidate_id, occurred, recorded, two_way, note in db.session.execute(query):
        moments = occurred.astimezone(zone), recorded.astimezone(zone)
        rows[person_id].append(Logged(candidate_id, *moments, two_way, note or ""))
    return rows


def _yields(span: Period) -> Mapping[int, Yield]:
    """Points and proven outcomes of everybody, what was taken back left out."""
    entry = LedgerEntry
    proven = case((entry.reason.in_(PROVEN), case((entry.kind == "reversal", -1), else_=1)), else_=0)
    query = (
        select(entry.person_id, func.sum(entry.points), func.sum(proven))
        .join(Person, Person.id == entry.person_id)
        .where(entry.local_date >= span.start, entry.local_date < span.end, Person.deactivated_at.is_(None))
        .where(entry.kind != "adjust")
        .group_by(entry.person_id)
    )
    return {person_id: Yield(points, proven) for person_id, points, proven in db.session.execute(query)}
