"""How the pool stands: who was contacted in time, who waits too long and who waits for our word, by team."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, false, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import PRESENT, Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.stage_move import StageMove
from app.domain.oversight.contact import IS_CONTACT, contacts_until, due_since, reachable, terms
from app.domain.oversight.coverage import OWNED, late, late_since, on_time_now
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
    """As it was at an earlier moment, from the contacts and moves themselves; owners are those of today."""
    within, moved = terms(), _moved_since(then)
    stage = func.coalesce(moved.c.stage, Candidate.stage)
    since = due_since(then, within, stage)
    contacts = contacts_until(then, within).subquery()
    latest = select(contacts.c.candidate_id, func.max(contacts.c.occurred_at).label("at"))
    last = latest.group_by(contacts.c.candidate_id).subquery()
    on_time = func.coalesce(last.c.at >= since, false())
    query = _everybody(on_time, late_since(then, on_time, since), then, whose, stage)
    query = query.outerjoin(moved, and_(moved.c.candidate_id == Candidate.id, moved.c.nth == 1))
    known = Candidate.registered_at <= then
    return _counted(query.outerjoin(last, last.c.candidate_id == Candidate.id).where(known))


def _moved_since(then: datetime) -> Subquery:
    """From which stage everybody who has moved since then came at the first of those moves."""
    move = StageMove
    in_turn = func.row_number().over(partition_by=move.candidate_id, order_by=(move.moved_at, move.id))
    stage = func.coalesce(move.from_stage, move.to_stage)
    return select(move.candidate_id, stage.label("stage"), in_turn.label("nth")).where(move.moved_at > then).subquery()


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
    on_time: ColumnElement[bool],
    too_late: ColumnElement[bool],
    at: datetime,
    whose: Select[int] | None,
    stage: ColumnElement[Stage] | InstrumentedAttribute[Stage] = Candidate.stage,
) -> Counted:
    query = (
        select(
            stage,
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
        .group_by(stage, Person.team_id)
    )
    return query if whose is None else query.where(Candidate.id.in_(whose))


def _counted(query: Counted) -> Pool:
    found: Pool = Counter()
    for stage, team_id, *numbers in db.session.execute(query):
        for name, number in zip(POOL, numbers, strict=True):
            found[Part(f"{name}:{stage}", team_id or NO_TEAM)] += number
    return found
