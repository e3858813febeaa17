"""Behind a figure of the journey map: the candidates whom it counts, as far as somebody may see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, case, func, or_, select

from app.db import db, rows_before
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, Stage, visible
from app.domain.candidates.contact_state import ContactState
from app.domain.oversight.contact_point import Side, passed, stage_then
from app.domain.oversight.journey_scope import Scope
from app.domain.oversight.stage_flow import STAGES, goes_on, last_stays

SIZE = 50


class Fate(StrEnum):
    """What became of those who entered a stage; ENTERED are all of them."""

    ENTERED = "entered"
    ON = "on"
    HERE = "here"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Step:
    """A figure of the map: a stage with a fate, or a contact point (a side with its code) in a stage."""

    stage: Stage
    fate: Fate | None = None
    side: Side | None = None
    code: str = ""


class Passer(NamedTuple):
    """Somebody whom a figure counts, and when they passed."""

    candidate_id: int
    name: str
    stage: Stage
    owner: str | None
    at: datetime


class Passers(NamedTuple):
    """One page of them, the latest first; `more`: there is another."""

    rows: list[Passer]
    more: bool


def passers(person: Person, scope: Scope, step: Step, number: int = 1) -> Passers:
    """Who they are."""
    rows = _stayed(scope, step) if step.fate else _passed(scope, step)
    query = (
        visible(person)
        .join(rows, rows.c.candidate_id == Candidate.id)
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .with_only_columns(Candidate.id, Candidate.name, Candidate.stage, Person.name, rows.c.at)
        .order_by(rows.c.at.desc(), Candidate.id)
        .limit(SIZE + 1)
        .offset(rows_before(number, SIZE))
    )
    found = [Passer(id_, name, Stage(stage), owner, at) for id_, name, stage, owner, at in db.session.execute(query)]
    return Passers(found[:SIZE], len(found) > SIZE)


def _passed(scope: Scope, step: Step) -> Subquery:
    rows = passed(scope, step.side or Side.THEY).subquery()
    there = select(rows.c.candidate_id, rows.c.at).join(Candidate, Candidate.id == rows.c.candidate_id)
    return there.where(rows.c.code == step.code, stage_then(rows) == step.stage).subquery()


def _stayed(scope: Scope, step: Step) -> Subquery:
    stays = last_stays(scope)
    query: Select[int, datetime] = (
        select(stays.c.candidate_id, stays.c.moved_at.label("at"))
        .join(ContactState, ContactState.candidate_id == stays.c.candidate_id)
        .where(stays.c.stage == step.stage)
    )
    fate = _fate(stays, step.stage)
    return query.where(*([] if step.fate is Fate.ENTERED else [fate == step.fate])).subquery()


def _fate(stays: Subquery, stage: Stage) -> ColumnElement[str]:
    """The same as a flow counts."""
    ahead = [str(to) for to in STAGES if goes_on(stage, to)]
    behind = or_(stays.c.went_to.is_not(None), ContactState.do_not_contact_at.is_not(None))
    return func.coalesce(case((stays.c.went_to.in_(ahead), Fate.ON.value), (behind, Fate.LOST.value)), Fate.HERE.value)
