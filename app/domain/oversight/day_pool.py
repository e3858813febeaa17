"""How the pool stands: who was contacted in time, who waits too long and who waits for our word, by team."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, select, true

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import PRESENT, Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.oversight.contact import IS_CONTACT, contacts_until, due_since, reachable, terms
from app.domain.oversight.coverage import OWNED, late, on_time_now
from app.domain.oversight.day_events import NO_TEAM
from app.domain.oversight.tally import tally
from app.domain.oversight.window import MOST_REACHED
from app.domain.program.action_kind import ActionKind


class Part(NamedTuple):
    """What is counted, as `late:engage`, and the team that looks after them."""

    measure: str
    team_id: int


Pool = Counter[Part]
Counted = Select[Stage, int | None, int, int, int, int]
POOL = ("candidates", "unowned", "on_time", "late")
ATTENTION = timedelta(days=28)


def pool_now(now: datetime, whose: Select[int] | None = None) -> Pool:
    """As the running row of every candidate says."""
    within = terms()
    on_time = on_time_now(now, within)
    return _counted(_everybody(on_time, late(now, on_time, within), now, whose))


def pool_at(then: datetime, whose: Select[int] | None = None) -> Pool:
    """As it was at an earlier moment, from the contacts themselves; owners and stages are those of today."""
    within = terms()
    contacts = contacts_until(then, within).subquery()
    latest = select(contacts.c.candidate_id, func.max(contacts.c.occurred_at).label("at"))
    last = latest.group_by(contacts.c.candidate_id).subquery()
    on_time = func.coalesce(last.c.at >= due_since(then, within), false())
    query = _everybody(on_time, late(then, on_time, within), then, whose)
    known = Candidate.registered_at <= then
    return _counted(query.outerjoin(last, last.c.candidate_id == Candidate.id).where(known))


def waiting_of(owners: Iterable[int | None]) -> Pool:
    """How many wait for our word, by the team of who looks after them."""
    return Counter(Part("waiting", team_id or NO_TEAM) for team_id in owners)


def reached(now: datetime, whose: Select[int] | None = None) -> Pool:
    """How many candidates we were in contact with so many times in the last four weeks."""
    action = EngagementAction
    whom = action.candidate_id + 0  # by the days, and not in the order of candidates through all the years
    times = (
        select(whom.label("candidate_id"), func.count().label("times"))
        .join(ActionKind, ActionKind.id == action.kind_id)
        .where(
            IS_CONTACT,
            action.undone_at.is_(None),
            action.local_date > (now - ATTENTION).date(),
            action.occurred_at <= now,
        )
        .group_by(whom)
        .subquery()
    )
    query = (
        select(times.c.times, Person.team_id, func.count())
        .join(Candidate, Candidate.id == times.c.candidate_id)
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .where(PRESENT, true() if whose is None else Candidate.id.in_(whose))
        .group_by(times.c.times, Person.team_id)
    )
    found: Pool = Counter()
    for number, team_id, candidates in db.session.execute(query):
        found[Part(f"reached:{min(number, MOST_REACHED)}", team_id or NO_TEAM)] += candidates
    return found


def _everybody(
    on_time: ColumnElement[bool], too_late: ColumnElement[bool], at: datetime, whose: Select[int] | None
) -> Counted:
    query = (
        select(
            Candidate.stage,
            Person.team_id,
            func.count(),
            tally(~OWNED),
            tally(and_(OWNED, reachable(at), on_time)),
            tally(too_late),
        )
        .select_from(Candidate)
        .join(ContactState, ContactState.candidate_id == Candidate.id)
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .where(PRESENT)
        .group_by(Candidate.stage, Person.team_id)
    )
    return query if whose is None else query.where(Candidate.id.in_(whose))


def _counted(query: Counted) -> Pool:
    found: Pool = Counter()
    for stage, team_id, *numbers in db.session.execute(query):
        for name, number in zip(POOL, numbers, strict=True):
            found[Part(f"{name}:{stage}", team_id or NO_TEAM)] += number
    return found
