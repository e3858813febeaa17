"""Importing a log that another system kept: whoever and whatever it names is made first, then it is recorded."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert, select

from app import clock
from app.db import db
from app.domain.actions import bulk
from app.domain.actions.contact import Contact
from app.domain.actions.log_file import LogRow
from app.domain.actions.log_map import LogMap
from app.domain.actions.response import take_in_many
from app.domain.agency import person
from app.domain.agency.agency import UNCLAIMED, found_agency, the_agency
from app.domain.agency.naming import sort_name
from app.domain.agency.person import Person, Role
from app.domain.candidates.candidate import Candidate, Stage, branch_of
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import Hit
from app.domain.program import beginning, program
from app.domain.program.action_kind import unknown_kind
from app.domain.program.kind_rule import KindRule
from app.domain.program.program import the_program
from app.domain.scoring import rules

SOURCE = "import"
CANDIDATE = cast("Table", Candidate.__table__)
STATE = cast("Table", ContactState.__table__)
MAKE = insert(CANDIDATE).returning(CANDIDATE.c.id, sort_by_parameter_order=True)
NO_COUNCIL = "imported log"


class Colleague(NamedTuple):
    person_id: int
    team_id: int | None
    branch_id: int | None


@dataclass(frozen=True, slots=True)
class Import:
    """Who and what the rows name, found or made."""

    zone: ZoneInfo
    program_id: int
    now: datetime
    meanings: LogMap
    people: dict[str, Colleague] = field(default_factory=dict)
    candidates: dict[str, int] = field(default_factory=dict)
    rules: dict[date, Mapping[str, KindRule]] = field(default_factory=dict)


def begin(meanings: LogMap, first: datetime, now: datetime) -> Import:
    """The agency and its program; made, with the presets, when this is the first that the installation hears.

    Only then it is recorded that there is no works council for these people, whose days lie in another system.
    """
    agency, made = the_agency(), False
    if agency is None:
        agency, made = found_agency(meanings.agency, timezone=meanings.timezone, language="nl", at=now), True
        agency.setup_step = UNCLAIMED
    found = the_program()
    if found is None:
        found = beginning.begin(meanings.program, clock.local_day(first, agency.zone), None, now)
    if made:
        program.record_consent(found.id, exists=False, reason=NO_COUNCIL, by_id=None, at=now)
    rules.install_preset(None, now)
    db.session.flush()
    return Import(agency.zone, found.id, now, meanings)


def name_people(log: Import, rows: Sequence[LogRow]) -> int:
    """Find every recruiter by mail address or name; who is not there is made. Returns how many were made."""
    firsts: dict[str, datetime] = {}
    for row in rows:
        if row.recruiter:
            firsts.setdefault(row.recruiter, row.occurred_at)
    made = 0
    for name, first in firsts.items():
        found = _colleague(name)
        if found is None:
            joined = clock.local_day(first, log.zone)
            found, made = person.add(name, None, Role.RECRUITER, team_id=None, today=joined, at=log.now), made + 1
        db.session.flush()
        log.people[name] = Colleague(found.id, found.team_id, branch_of(found.id))
    return made


def _colleague(name: str) -> Person | None:
    if "@" in name and (found := person.by_email(name)):
        return found
    named = db.session.scalars(select(Person).where(Person.name == name).order_by(Person.id)).all()
    return next(iter(sorted(named, key=lambda one: not one.is_active)), None)


def name_kinds(log: Import, rows: Iterable[LogRow]) -> list[str]:
    """Keep kinds that the program does not know, worth nothing; returns their names."""
    meanings = {log.meanings.meaning(kind) for kind in {row.kind for row in rows}}
    codes = sorted({meaning.kind for meaning in meanings if meaning.kind})
    return [code for code in codes if not unknown_kind(log.program_id, code, log.now).known]


class Newcomer(NamedTuple):
    """A candidate as the log shows them: when they first appear, and who had them most often."""

    external_id: str
    since: datetime
    recruiter: str


def newcomers(actions: Sequence[LogRow], touchpoints: Sequence[LogRow]) -> list[Newcomer]:
    """Every candidate that the log names, by first appearance."""
    since: dict[str, datetime] = {}
    had: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in actions:
        had[row.candidate][row.recruiter] += bool(row.recruiter)
    for row in (*actions, *touchpoints):
        since[row.candidate] = min(row.occurred_at, since.get(row.candidate, row.occurred_at))
    return [
        Newcomer(external_id, first, _most_often(had[external_id]))
        for external_id, first in sorted(since.items(), key=lambda one: one[::-1])
    ]


def _most_often(times: Counter[str]) -> str:
    """Of those who are equal the first by name, so that every run finds the same owner."""
    return min((name for name in times if name), key=lambda name: (-times[name], name), default="")


def name_candidates(log: Import, found: Sequence[Newcomer]) -> int:
    """Find some hundreds of candidates by their number elsewhere and make who is not there; returns how many."""
    numbers = [one.external_id for one in found]
    known = select(Candidate.external_id, Candidate.id).where(Candidate.external_id.in_(numbers))
    here = {str(number): row_id for number, row_id in db.session.execute(known)}
    rows = [_candidate(one, log) for one in found if one.external_id not in here]
    log.candidates.update(here)
    if not rows:
        return 0
    connection = db.session.connection()
    ids = connection.execute(MAKE, rows).scalars().all()
    made = list(zip(ids, rows, strict=True))
    connection.execute(insert(STATE), [_state(row_id, row) for row_id, row in made])
    log.candidates.update({str(row["external_id"]): row_id for row_id, row in made})
    return len(made)


def _candidate(one: Newcomer, log: Import) -> dict[str, object]:
    owner = log.people.get(one.recruiter)
    return {
        "name": one.external_id,
        "sort_name": sort_name(one.external_id),
        "given_name": "",
        "role_sought": "",
        "region": "",
        "stage": Stage.ATTRACT,
        "origin": SOURCE,
        "external_id": one.external_id,
        "owner_id": owner.person_id if owner else None,
        "branch_id": owner.branch_id if owner else None,
        "registered_at": one.since,
        "updated_at": log.now,
    }


def _state(candidate_id: int, row: dict[str, object]) -> dict[str, object]:
    counters = {"last_attempt_answered": False, "attempts": 0, "answers": 0}
    return {"candidate_id": candidate_id, "owner_id": row["owner_id"]} | counters


def record_actions(log: Import, rows: Sequence[LogRow]) -> int:
    """Record at most some hundreds of actions, earliest first; returns how many were new."""
    return bulk.record_many([_contact(log, row) for row in rows], log.rules)


def _contact(log: Import, row: LogRow) -> Contact:
    meaning = log.meanings.meaning(row.kind)
    by = log.people.get(row.recruiter)
    return Contact(
        person_id=by.person_id if by else None,
        team_id=by.team_id if by else None,
        candidate_id=log.candidates[row.candidate],
        outcome=meaning.outcome,
        kind=meaning.kind,
        at=row.occurred_at,
        now=log.now,
        day=clock.local_day(row.occurred_at, log.zone),
        zone=log.zone,
        program_id=log.program_id,
        source=SOURCE,
        external_id=row.external_id,
    )


def record_touchpoints(log: Import, rows: Sequence[LogRow]) -> int:
    """Take in at most five hundred touchpoints; returns how many were new."""
    hits = [
        Hit(log.candidates[row.candidate], log.meanings.touchpoint(row.kind), row.occurred_at, SOURCE, row.external_id)
        for row in rows
    ]
    return sum(taken.fresh for taken in take_in_many(hits, log.now, silent=True))


def unknown_touchpoints(log: Import, rows: Iterable[LogRow]) -> list[str]:
    """The kinds of touchpoint that count for nothing in the score, by the log's names."""
    counted = rules.live().ruleset.kinds
    return sorted(kind for kind in {row.kind for row in rows} if log.meanings.touchpoint(kind) not in counted)
