"""Logging one thing that was done for several candidates at once, such as an event; it is taken back as a whole."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, select

from app import clock
from app.db import db
from app.domain.actions import action, bulk
from app.domain.actions.attendance import SEVERAL
from app.domain.actions.contact import Contact, NotLoggable, check_whose
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.actions.verification import Verification
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.program import season
from app.domain.program.kind_rule import rules_on

MOST = 400
PORTION = 200
"""So many are held at once: whoever logs for more gives them in portions, each in a transaction of its own."""
UNDONE_AT_ONCE = 40
"""Taking one back asks some thirty questions: so few hold the write lock for a second at most."""

DAYS_AGO = 6
"""So many at most: what was done is logged within a week."""

NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, on which day; `key` makes it count once however often it arrives."""

    program_id: int
    kind: str
    day: date
    note: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Result:
    """For how many it is logged, what it earned, how many earned less, by the reason, and what proofs will pay.

    `too_late_for` names the season that was closed before it was recorded.
    """

    logged: int = 0
    points: int = 0
    less: Counter[str] = field(default_factory=Counter)
    owing: int = 0
    too_late_for: str | None = None


class OtherDay(NotLoggable):
    """It is still to come, or more than six days ago."""


def log(person: Person, candidate_ids: Sequence[int], deed: Deed, now: datetime) -> Result:
    """Log it for those of the candidates whom the person may see, in one transaction, with the caps as ever.

    Raises:
        NotLoggable: nothing was written.
    """
    done = _done(person, deed, now)
    rules = {deed.day: rules_on(deed.program_id, deed.day)}
    check_whose(rules[deed.day], deed.kind, person.role)
    for ids in _portions(person, candidate_ids):
        if ids:
            bulk.record_many(
                [replace(done, candidate_id=one, external_id=f"{deed.key.hex()}:{one}") for one in ids], rules
            )
    closed = season.closed_for(deed.program_id, deed.day, now)
    return replace(result(person, deed.key), too_late_for=closed.name if closed else None)


def result(person: Person, key: bytes) -> Result:
    """What stands of what a person logged under a key."""
    row = EngagementAction
    waits = and_(Verification.action_id == row.id, Verification.evidence.is_(None))
    sums = func.count(), func.sum(row.points), func.coalesce(func.sum(Verification.owing), 0)
    query = select(row.award_reason, *sums).outerjoin(Verification, waits).group_by(row.award_reason)
    rows = db.session.execute(query.where(*_standing(person, key))).all()
    less = Counter({reason: count for reason, count, *_ in rows if reason})
    points, owing = sum(row[2] for row in rows), sum(row[3] for row in rows)
    return Result(sum(count for _, count, *_ in rows), points, less, owing)


def names(person: Person, candidate_ids: Sequence[int]) -> Sequence[str]:
    """The names of those of the candidates whom the person may see."""
    query = visible(person).where(Candidate.id.in_(candidate_ids)).with_only_columns(Candidate.name)
    return db.session.scalars(query.order_by(Candidate.sort_name, Candidate.id)).all()


def undo(person: Person, key: bytes, now: datetime, limit: int = UNDONE_AT_ONCE) -> int:
    """Take back some of what a person logged under a key, by ascending candidate; 0 when nothing is left."""
    row = EngagementAction
    query = select(row.id).where(*_standing(person, key)).order_by(row.candidate_id).limit(limit)
    return len([one for one in db.session.scalars(query).all() if action.undo(person, one, now)])


def _moment(day: date, now: datetime, zone: ZoneInfo) -> datetime:
    """Today it is now; an earlier day had its noon."""
    today = clock.local_day(now, zone)
    if not today - DAYS_AGO * clock.DAY <= day <= today:
        raise OtherDay
    return now if day == today else clock.wall(day, NOON, zone)


def _portions(person: Person, candidate_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    ids = sorted(set(candidate_ids))[:MOST]
    seen = visible(person).with_only_columns(Candidate.id).order_by(Candidate.id)
    for start in range(0, len(ids), PORTION):
        yield db.session.scalars(seen.where(Candidate.id.in_(ids[start : start + PORTION]))).all()


def _done(person: Person, deed: Deed, now: datetime) -> Contact:
    """The deed for one of them; whom it is for is filled in."""
    zone = the_zone()
    return Contact(
        person_id=person.id,
        team_id=person.team_id,
        candidate_id=0,
        outcome=Outcome.DONE,
        kind=deed.kind,
        at=_moment(deed.day, now, zone),
        now=now,
        day=deed.day,
        zone=zone,
        program_id=deed.program_id,
        note=deed.note,
        source=SEVERAL,
    )


def _standing(person: Person, key: bytes) -> tuple[ColumnElement[bool], ...]:
    row = EngagementAction
    return (
        row.source == SEVERAL,
        row.external_id.startswith(f"{key.hex()}:"),
        row.person_id == person.id,
        row.undone_at.is_(None),
    )
